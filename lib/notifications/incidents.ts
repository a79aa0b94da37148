/**
 * Incidents: what is wrong, from when it is noticed until it is over. Each of their steps is written, with what everybody who chose it is
 * told, by the statement that takes it: a step that is in the database is told, once, whatever dies meanwhile.
 */
import { now, secondsAfter } from "../clock";
import { db, sql, type Sql } from "../db";
import { idAt } from "../ids";
import { DAY_SECONDS } from "../terms/durations";
import type { IncidentKind, IncidentStep, Severity } from "../terms/events";
import type { Said } from "./said";

export interface Incident {
  kind: IncidentKind;
  /** What it is about, such as a finding's id; empty where its kind says all. Of each, one is open at a time. */
  subject: string;
}

export interface Raised extends Incident {
  severity: Severity;
  /** How bad it is, in steps of its kind. */
  level: number;
  /** Whether somebody has said of its finding that they have seen it; of other kinds the incident knows. */
  isAcknowledged?: boolean;
  said: Said;
}

/**
 * That something is wrong. The first time opens the incident; a higher level than before is its getting worse; anything else changes
 * nothing. One that was seen is told of only when it becomes more severe.
 *
 * @returns the step that this was, or null
 */
export async function raise({
  kind,
  subject,
  severity,
  level,
  isAcknowledged = false,
  said,
}: Raised): Promise<IncidentStep | null> {
  const [at, text] = [now(), JSON.stringify(said)];
  const rows = await db().$queryRaw<{ step: IncidentStep }[]>`
    with before as materialized (
      select id, level, severity, acknowledged_at from incident
      where kind = ${kind} and subject = ${subject} and cleared_at is null for update
    ), worse as (
      update incident i set level = ${level}::int, severity = greatest(i.severity, ${severity}::severity), said = ${text}::jsonb,
        changed_at = ${at}::timestamptz
      from before b where i.id = b.id and b.level < ${level}::int
      returning i.id, i.severity, i.level,
        not (${isAcknowledged}::boolean or b.acknowledged_at is not null) or b.severity < ${severity}::severity as is_told
    ), opened as (
      insert into incident (id, kind, subject, severity, level, said, opened_at)
      select ${idAt(at)}::uuid, ${kind}, ${subject}, ${severity}::severity, ${level}::int, ${text}::jsonb, ${at}::timestamptz
      where not exists (select from before)
      on conflict (kind, subject) where cleared_at is null do nothing
      returning id, severity, level, true as is_told
    ), step as (
      select 'worse' as step, * from worse union all select 'opened', * from opened
    ), told as (${tell(kind, text, at)})
    select step from step`;
  return rows[0]?.step ?? null;
}

/**
 * That it is over.
 *
 * @param unchangedSince where it has opened or become worse later than this, it is not over yet
 * @returns whether it was open
 */
export async function clear(
  { kind, subject }: Incident,
  said: Said,
  unchangedSince: Date | null = null,
): Promise<boolean> {
  const [at, text] = [now(), JSON.stringify(said)];
  const rows = await db().$queryRaw<object[]>`
    with step as (
      update incident set cleared_at = ${at}::timestamptz, said = ${text}::jsonb
      where kind = ${kind} and subject = ${subject} and cleared_at is null
        and coalesce(coalesce(changed_at, opened_at) <= ${unchangedSince}::timestamptz, true)
      returning 'cleared' as step, id, severity, level, true as is_told
    ), told as (${tell(kind, text, at)})
    select from step`;
  return rows.length > 0;
}

export interface BreakerStep {
  id: bigint;
  place: string;
  at: Date;
  step: "opened" | "half_open" | "closed";
  unanswered: number;
  allowed: number;
  confirmed: number;
}

/** Steps of breakers that nobody was told of, in their order. */
export function untoldSteps(most: number): Promise<BreakerStep[]> {
  return db().$queryRaw<BreakerStep[]>`
    select id, place, at, step, unanswered, allowed, confirmed from breaker_step where told_at is null order by id limit ${most}::int`;
}

/**
 * Takes a step of a breaker into its incident, which lasts from its opening until it is closed; whoever comes second changes nothing. One that was
 * seen is told of only when it is closed.
 *
 * @param severity of this step; the end has the incident's
 */
export async function follow(
  { id, place, step }: BreakerStep,
  severity: Severity,
  said: Said,
): Promise<boolean> {
  const [at, text, ends] = [now(), JSON.stringify(said), step === "closed"];
  const rows = await db().$queryRaw<object[]>`
    with taken as materialized (
      update breaker_step set told_at = ${at}::timestamptz where id = ${id}::bigint and told_at is null returning id
    ), before as materialized (
      select i.id, i.acknowledged_at from incident i, taken
      where i.kind = 'breaker' and i.subject = ${place} and i.cleared_at is null for update of i
    ), followed as (
      update incident i set said = ${text}::jsonb, severity = greatest(i.severity, ${severity}::severity),
        cleared_at = case when ${ends}::boolean then ${at}::timestamptz end
      from before b where i.id = b.id
      returning i.id, case when ${ends}::boolean then i.severity else ${severity}::severity end as severity,
        ${ends}::boolean or b.acknowledged_at is null as is_told
    ), opened as (
      insert into incident (id, kind, subject, severity, level, said, opened_at)
      select ${idAt(at)}::uuid, 'breaker', ${place}, ${severity}::severity, 1, ${text}::jsonb, ${at}::timestamptz
      from taken where not ${ends}::boolean and not exists (select from before)
      on conflict (kind, subject) where cleared_at is null do nothing
      returning id, severity, true as is_told
    ), step as (
      select ${ends ? "cleared" : step} as step, ${id}::bigint as level, s.* from (select * from followed union all select * from opened) s
    ), told as (${tell("breaker", text, at)})
    select from step`;
  return rows.length > 0;
}

/**
 * A CTE body that writes what every target that chose the kind is told of the row of `step`, if it has one and that is told. A clearing has the
 * incident's severity: who was told that it began is told that it is over.
 */
function tell(kind: IncidentKind, said: string, at: Date): Sql {
  return sql`
    insert into notification (id, target_id, key, thread, type, severity, said, written_at, due_at)
    select gen_random_uuid(), t.id, step.id || ' ' || step.step || ' ' || step.level, step.id::text, ${kind} || '.' || step.step,
      step.severity, ${said}::jsonb, ${at}::timestamptz, ${at}::timestamptz
    from step, notification_target t
    where step.is_told and ${kind} = any(t.events) and step.severity >= t.min_severity`;
}

export interface OpenIncident extends Incident {
  id: string;
  severity: Severity;
  level: number;
  openedAt: Date;
}

/** What is open of a kind. */
export function openIncidents(kind: IncidentKind): Promise<OpenIncident[]> {
  return db().$queryRaw<OpenIncident[]>`
    select id, kind, subject, severity::text, level, opened_at as "openedAt" from incident where kind = ${kind} and cleared_at is null`;
}

export interface IncidentRow extends OpenIncident {
  said: Said;
  clearedAt: Date | null;
  /** When somebody said that they have seen it, and what they know of it. */
  acknowledgedAt: Date | null;
  note: string | null;
  /** Of a finding: of which country, and of which network where it is of one alone. */
  country: string | null;
  network: string | null;
  /** How many messages its usual conversion is of. */
  baselineAttempted: number | null;
}

/** How long what is over is shown. */
const SHOWN_DAYS = 7;
const MOST_SHOWN = 100;

/** What is open, the most severe first, and then what was over in the last days, the newest first. */
export function readIncidents(): Promise<IncidentRow[]> {
  const since = secondsAfter(now(), -SHOWN_DAYS * DAY_SECONDS);
  return db().$queryRaw<IncidentRow[]>`
    select i.id, i.kind, i.subject, i.severity::text, i.level, i.said, i.opened_at as "openedAt", i.cleared_at as "clearedAt",
      coalesce(a.acknowledged_at, i.acknowledged_at) as "acknowledgedAt", coalesce(a.note, i.note) as note,
      a.country, nullif(a.network, '') as network, a.baseline_attempted as "baselineAttempted"
    from incident i left join alert a on i.kind = 'finding' and a.id::text = i.subject
    where i.cleared_at is null or i.cleared_at >= ${since}::timestamptz
    order by i.cleared_at desc nulls first, i.severity desc, i.opened_at desc
    limit ${MOST_SHOWN}::int`;
}
