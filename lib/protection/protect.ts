/**
 * The decision whether rules let a message be sent, inside the statement that writes it.
 *
 * What is decided, and from what, is the database's function `protect` (prisma/structure.sql): it locks the counters of the message's scopes in
 * one order, so that concurrent messages queue there and each is decided on what the one before has left.
 */
import { sql, type Sql } from "../db";
import { refusal, type Refusal } from "../errors";
import { idAt } from "../ids";
import { HOUR_SECONDS } from "../terms/durations";

/** Where a message goes, as far as rules look at it. */
export interface Destination {
  /** ISO 3166-1 alpha-2. */
  country: string;
  network: string | null;
  /** The number without its last three digits. */
  block: string;
  /** What kind of line it is, where that should not receive codes. */
  lineType?: string;
}

/** The columns of a destination, for a query's list. @param askedFrom an expression for the address that counts */
export function placeColumns(
  { country, network, block, lineType }: Destination,
  askedFrom: string | null,
): Sql {
  return sql`${country}::text as country, ${network}::text as network, ${block}::text as block, ${lineType ?? null}::text as line_type,
    ${askedFrom}::text as asked_from`;
}

/** What refused, as far as whoever asks is told. */
export interface Protected {
  /** Seconds until it is worth asking again; null where no rule refused. */
  protectedWait: number | null;
  /** Whether the destination is one that people have blocked. */
  isBlocked: boolean;
}

/**
 * A CTE body that decides: no row where the condition does not hold.
 *
 * @param queued a CTE with at most one row: `number` and the columns of `placeColumns`
 */
export function decideSend(queued: Sql, moment: Date, condition: Sql): Sql {
  return sql`
    select p.* from ${queued} q,
      lateral protect(${moment}::timestamptz, q.number, q.country, q.network, q.block, q.asked_from, q.line_type) p
    where ${condition}`;
}

interface Written {
  moment: Date;
  /** An expression for the verification's id, where there is one. */
  verification: Sql;
  /** Whether a message is sent: one that only seems to be counts nowhere. */
  counts: boolean;
}

/**
 * CTE bodies, after `protected` by `decideSend`, that count the message where `drawn` has a row, and keep what was decided: `exposed` and
 * `kept_decision`.
 */
export function keepDecision(queued: Sql, { moment, verification, counts }: Written): Sql {
  const at = sql`${moment}::timestamptz`;
  return sql`
    exposed as materialized (
      select count_sent(${at}, q.country, q.network, q.block, q.asked_from, p.exempt, p.first)
      from ${queued} q, protected p where ${counts}::boolean and exists (select from drawn)
    ), kept_decision as (
      insert into decision (id, at, verification_id, country, network, block, verdict, exempt, fired, figures)
      select ${idAt(moment)}::uuid, ${at}, ${verification}, q.country, q.network, q.block,
        case when exists (select from drawn) then p.verdict else 'refused' end, coalesce(p.exempt, false),
        coalesce(p.fired, '[]') || case when p.verdict = 'refused' or exists (select from drawn) then '[]'::jsonb
          else '[{"rule": "limits", "mode": "enforce"}]' end, coalesce(p.figures, '{}')
      from ${queued} q left join protected p on true
      where (select count(*) from exposed) >= 0
    )`;
}

/** Columns: `Protected`. */
export const PROTECTED_COLUMNS = sql`
  (select p.wait from protected p where p.verdict = 'refused') as "protectedWait",
  exists (select from protected p where p.verdict = 'refused' and p.blocked) as "isBlocked"`;

/** Why rules do not let a message be sent, in words that say nothing about them. */
export function protectedRefusal({ protectedWait, isBlocked }: Protected): Refusal | null {
  if (isBlocked) {
    return refusal("destination_refused", { detail: "Messages to this destination are not sent from here." });
  }
  if (protectedWait === null) return null;
  const retryAfter = Math.min(protectedWait, HOUR_SECONDS);
  return refusal("rate_limited", {
    retryAfter,
    // What a rule allows is nobody's business: one more, then.
    quota: { name: "destination", quota: 1, window: retryAfter },
    detail:
      "Messages to this destination are limited at the moment. Try again later, or another way to sign in.",
  });
}
