/** The sample history, as commands load it: how much of it, and what to say meanwhile. */
import { now } from "@/lib/clock";
import { loadSampleHistory, type Occupied } from "@/demo/history/load";
import { Fault } from "./fault";
import { QUARTER } from "@/lib/terms/durations";

/** Without `SAMPLE_HISTORY`. */
export const DEFAULT_MESSAGES = 200_000;
const MOST_MESSAGES = 10_000_000;

/**
 * How many messages of sample history are wanted: `SAMPLE_HISTORY`, 0 for none.
 *
 * @throws {Fault} when it is no such number.
 */
export function wantedHistory(): number {
  const text = process.env["SAMPLE_HISTORY"] || String(DEFAULT_MESSAGES);
  const messages = Number(text);
  if (Number.isInteger(messages) && messages >= 0 && messages <= MOST_MESSAGES) return messages;
  throw new Fault(
    `SAMPLE_HISTORY must be how many messages to load, from 0 (none) to ${grouped(MOST_MESSAGES)}; it is "${text}".`,
  );
}

/**
 * Loads the history that ends with the last full quarter-hour.
 *
 * @returns why nothing was loaded, if so.
 */
export async function fillDatabase(
  { url, messages, signal }: { url: string; messages: number; signal?: AbortSignal },
  report: (line: string) => void,
): Promise<Occupied | undefined> {
  const moment = now().getTime();
  const loaded = await loadSampleHistory({
    url,
    messages,
    until: new Date(moment - (moment % QUARTER)),
    signal,
    onProgress: (count) =>
      report(`Loading the sample history: ${grouped(count)} of ${grouped(messages)} messages.`),
    onCounting: (count) => report(`Counting the ${grouped(count)} messages of the sample history.`),
  });
  if (typeof loaded === "string") return loaded;
  report(
    `The sample history is loaded: ${grouped(loaded.messages)} messages to ${loaded.countries} countries over 90 days.`,
  );
  return undefined;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
