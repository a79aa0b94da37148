/** The dimensions that hold of a message or do not. */
import type { FlagName } from "./dimensions";

/** What a flag says of a message, and what it says of the others; as a choice, where it is one. */
export const FLAGS = {
  confirmed: {
    holds: "Confirmed",
    not: "Not confirmed",
    describes: "messages whose secret came back",
    choices: [true, false],
  },
  failed: {
    holds: "Failed, undelivered or refused",
    not: "Neither failed nor refused",
    describes: "messages that were not delivered (`failed`, `undelivered`) or that Twilio refused",
    choices: [true],
  },
  late: {
    holds: "Confirmed late",
    not: "Not confirmed late",
    describes: "messages whose secret came back after its expiry",
    choices: [true],
  },
  resent: {
    holds: "Sent again",
    not: "The first of a verification",
    describes: "messages that were sent again: all but the first of their verification",
    choices: [true],
  },
  unreported: {
    holds: "Not reported to Twilio",
    not: "Reported, or nothing to report",
    describes: "confirmed messages whose feedback Twilio has not taken",
    choices: [true],
  },
} as const satisfies Record<FlagName, FlagTerms>;

interface FlagTerms {
  holds: string;
  not: string;
  /** After “only”. */
  describes: string;
  /** Which of its sides are offered where one of all is chosen. */
  choices: readonly boolean[];
}
