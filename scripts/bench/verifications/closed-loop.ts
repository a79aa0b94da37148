/** Calls made by so many at a time, each followed by the next as soon as it is answered. */
import { z } from "zod";

export const Call = z.object({
  method: z.enum(["GET", "POST"]),
  path: z.string(),
  body: z.string().optional(),
});
export type Call = z.output<typeof Call>;

/** How calls are made. */
export const Pace = z.object({
  connections: z.number(),
  /** No call begins later than this after the first, in milliseconds. */
  ms: z.number(),
  calls: z.array(Call),
  /** Whether the calls begin anew when all have been made. */
  repeat: z.boolean().default(false),
  /** Whether the answers are to be told. */
  keep: z.boolean().default(false),
});
export type Pace = z.output<typeof Pace>;
export type PaceOf = z.input<typeof Pace>;

/** What came of them. */
export const Taken = z.object({
  /** From the first call to the last answer. */
  seconds: z.number(),
  /** Of each call, in milliseconds. */
  times: z.array(z.number()),
  /** How many were answered by each status; 0 where there was no answer. */
  statuses: z.record(z.string(), z.number()),
  /** Of which call, by its place among the calls, and in which words. */
  answers: z.array(z.object({ call: z.number(), status: z.number(), body: z.string() })),
  /** Answers that were no 2xx, in their words, a few of them. */
  wrong: z.array(z.string()),
});
export type Taken = z.output<typeof Taken>;

export interface Answer {
  status: number;
  body: string;
}

/** More wrong answers than these are not told. */
const MOST_WRONG = 3;

/** @param make makes a call for one of the connections; what it throws is a call without an answer */
export async function closedLoop(
  { connections, ms, calls, repeat, keep }: Pace,
  make: (call: Call, connection: number) => Promise<Answer>,
): Promise<Taken> {
  const taken: Taken = { seconds: 0, times: [], statuses: {}, answers: [], wrong: [] };
  let next = 0;
  const begun = performance.now();
  const connection = async (n: number) => {
    while (performance.now() - begun < ms) {
      const at = next;
      const call = calls[repeat ? at % calls.length : at];
      if (!call) return;
      next += 1;
      const before = performance.now();
      const answer = await make(call, n).catch((error: unknown) => ({ status: 0, body: String(error) }));
      taken.times.push(performance.now() - before);
      taken.statuses[answer.status] = (taken.statuses[answer.status] ?? 0) + 1;
      if (keep) taken.answers.push({ call: at, ...answer });
      if ((answer.status < 200 || answer.status > 299) && taken.wrong.length < MOST_WRONG)
        taken.wrong.push(`${call.method} ${call.path} ${call.body ?? ""}: ${answer.status} ${answer.body}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, n) => connection(n)));
  taken.seconds = (performance.now() - begun) / 1000;
  return taken;
}
