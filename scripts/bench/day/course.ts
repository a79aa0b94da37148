/** What people do in a day, and what comes of it. */
import { z } from "zod";
import { namesOf, tableOf } from "@/lib/terms/names";

export type Course = "right at once" | "wrong, then right" | "another message, then right" | "gone" | "late";

/** The calls, and what each is to be answered. */
export const CALLS = {
  start: { status: 201, says: '"pending"' },
  resend: { status: 201, says: '"pending"' },
  check: { status: 200, says: '"approved"' },
  "wrong check": { status: 200, says: '"checksLeft"' },
  "late check": { status: 410, says: '"expired"' },
};
export type CallName = keyof typeof CALLS;
export const CALL_NAMES: CallName[] = namesOf(CALLS);

export function tableOfCalls<T>(make: () => T): Record<CallName, T> {
  return tableOf(CALL_NAMES, make);
}

export const Done = z.object({
  seconds: z.number(),
  /** Of each call, in milliseconds. */
  times: z.record(z.enum(["start", "resend", "check", "wrong check", "late check"]), z.array(z.number())),
  /** Messages whose code came back, and messages that were asked for. */
  confirmed: z.number(),
  messages: z.number(),
  /** Calls that were answered otherwise than they should be, and some of them in words. */
  failed: z.number(),
  words: z.array(z.string()),
});
export type Done = z.output<typeof Done>;
