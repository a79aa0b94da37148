/**
 * Whether what is shown is made up: the demo's sample history, loaded once into an empty database.
 */
import { db } from "../../db";

export interface SampleHistory {
  messages: number;
  /** Half-open: messages before `to` are sample, later ones were sent. */
  from: Date;
  to: Date;
}

/** The sample history in the database; null when there is none. */
export async function readSampleHistory(): Promise<SampleHistory | null> {
  return db().sampleHistory.findFirst({ select: { messages: true, from: true, to: true } });
}
