import { now } from "../clock";
import { db } from "../db";

/**
 * Keeps that somebody has seen a finding, and what they know of it; the later word takes the earlier one's place.
 *
 * @param by an operator's number; null of a program
 * @returns whether there is such a finding
 */
export async function acknowledgeFinding(
  id: string,
  note: string | null,
  by: string | null,
): Promise<boolean> {
  const { count } = await db().alert.updateMany({
    where: { id },
    data: { acknowledgedAt: now(), acknowledgedBy: by, note },
  });
  return count > 0;
}
