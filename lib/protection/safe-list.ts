/** The safe list: numbers and blocks of numbers that rules about destinations leave alone. */
import { now } from "../clock";
import { db } from "../db";

export interface SafeEntry {
  /** E.164, or that without the last three digits. */
  subject: string;
  reason: string;
  author: string;
  writtenAt: Date;
}

const MOST_ENTRIES = 10_000;

/** The newest first. */
export function readSafeList(): Promise<SafeEntry[]> {
  return db().safeEntry.findMany({
    orderBy: [{ writtenAt: "desc" }, { subject: "asc" }],
    take: MOST_ENTRIES,
  });
}

/** Puts one on it; one that is on it has the new reason from now on. */
export function addSafeEntry({ subject, reason, author }: Omit<SafeEntry, "writtenAt">): Promise<SafeEntry> {
  const written = { reason, author, writtenAt: now() };
  return db().safeEntry.upsert({ where: { subject }, create: { subject, ...written }, update: written });
}

/** @returns whether it was on it */
export async function removeSafeEntry(subject: string): Promise<boolean> {
  const { count } = await db().safeEntry.deleteMany({ where: { subject } });
  return count > 0;
}
