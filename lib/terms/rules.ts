/**
 * Rules of protection: what each looks at, and what its threshold means.
 */
import { namesOf } from "./names";

interface RuleTerms {
  /** What it refuses, in a few words. */
  words: string;
  /** The same in a sentence. */
  explains: string;
  /** What its threshold counts. */
  threshold: string;
  /** What its threshold may be. */
  least: number;
  most: number;
}

export const RULES = {
  exposure: {
    words: "Too many unanswered",
    explains:
      "More messages are unanswered than a destination, a network, a block of numbers, a client address or everything together may have. What they may have grows with what is confirmed.",
    threshold: "times what may be unanswered",
    least: 0.1,
    most: 10,
  },
  first_destination: {
    words: "First destinations",
    explains:
      "More messages are unanswered than all countries without a confirmation in two weeks may have together.",
    threshold: "messages a day in all of them",
    least: 1,
    most: 10_000,
  },
  collapse: {
    words: "Collapsed conversion",
    explains:
      "A finding is open, conversion is below this part of what is usual there, and it is not that carriers report failures.",
    threshold: "of what is usual",
    least: 0,
    most: 1,
  },
  top_block: {
    words: "One block of numbers",
    explains: "A block with eight or more unanswered messages has this part of its country’s last hour.",
    threshold: "of the country’s messages",
    least: 0.01,
    most: 1,
  },
  sequential: {
    words: "Numbers in a row",
    explains:
      "So many numbers of a block, none of them approved and half of all there, follow one another within a day.",
    threshold: "numbers",
    least: 2,
    most: 1_000,
  },
  line_type: {
    words: "Lines that should get no codes",
    explains: "The number belongs to a VoIP range, which anybody can have by the thousand.",
    threshold: "has none",
    least: 1,
    most: 1,
  },
  spend_hour: {
    words: "Spend of an hour",
    explains: "All messages of an hour together cost more than this. It holds for everybody.",
    threshold: "US dollars an hour",
    least: 0,
    most: 1_000_000,
  },
  spend_day: {
    words: "Spend of a day",
    explains: "All messages of a day together cost more than this. It holds for everybody.",
    threshold: "US dollars a day",
    least: 0,
    most: 10_000_000,
  },
} as const satisfies Record<string, RuleTerms>;

export type RuleName = keyof typeof RULES;

export const RULE_NAMES = namesOf(RULES);

/** What a rule does: nothing, leave word of what it would refuse, or refuse. */
export const RULE_MODES = ["off", "monitor", "enforce"] as const;

export type RuleMode = (typeof RULE_MODES)[number];

/** What people say of a destination. */
export const DESTINATION_MODES = {
  allow: "No rule refuses messages there, but for the budgets.",
  monitor: "Each message there is noted as one that would be refused.",
  block: "No message is sent there, but to numbers that signed in within 90 days and to the safe list.",
  cap: "So many messages an hour are sent there, those of numbers that signed in within 90 days and of the safe list not counted.",
} as const;

export type DestinationMode = keyof typeof DESTINATION_MODES;

export const DESTINATION_MODE_NAMES = namesOf(DESTINATION_MODES);

/** What was decided of a message. */
export const VERDICTS = ["allowed", "would_refuse", "refused"] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What a breaker that is not closed does. */
export const BREAKER_STATES = {
  open: "Nothing is sent there until a message may be tried.",
  half_open: "As many messages are sent there as were answered since, and one now and then where none was.",
} as const;

export type BreakerState = keyof typeof BREAKER_STATES;

export const BREAKER_STATE_NAMES = namesOf(BREAKER_STATES);

/** The changes of a breaker. */
export const BREAKER_STEPS = ["opened", "half_open", "closed"] as const;

export type BreakerStepName = (typeof BREAKER_STEPS)[number];
