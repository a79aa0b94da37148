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

/**
 * The same of whatever is wrong, by its incident. What is said of a finding's is said of the finding.
 *
 * @returns whether there is such an incident
 */
export async function acknowledgeIncident(
  id: string,
  note: string | null,
  by: string | null,
): Promise<boolean> {
  const at = now();
  const found = await db().$queryRaw<object[]>`
    with incident_seen as materialized (
      select id, kind, subject from incident where id = ${id}::uuid
    ), of_finding as (
      update alert a set acknowledged_at = ${at}::timestamptz, acknowledged_by = ${by}, note = ${note}
      from incident_seen s where s.kind = 'finding' and a.id::text = s.subject
    ), of_others as (
      update incident i set acknowledged_at = ${at}::timestamptz, acknowledged_by = ${by}, note = ${note}
      from incident_seen s where s.kind <> 'finding' and i.id = s.id
    )
    select from incident_seen`;
  return found.length > 0;
}
