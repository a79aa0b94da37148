/**
 * The limits of a start: the same for one that sends and for one that only seems to.
 */
import { now } from "../clock";
import { db, sql, type Sql } from "../db";
import { refusal, type Refusal } from "../errors";
import {
  addressSubject,
  draw,
  reachedLimits,
  sendGap,
  STARTS_FOR_NUMBER,
  STARTS_FROM_ADDRESS,
  type Limit,
} from "../protection/quota";
import type { Recipient } from "./recipient";

/** Who starts, as far as limits count. */
export interface Starter {
  recipient: Recipient;
  /** The end user's address; without it no limit by address applies. */
  clientAddress?: string;
}

/** Seconds to wait for each limit that is reached; null where none has to. */
export interface Waits {
  addressWait: number | null;
  startsWait: number | null;
  gapWait: number | null;
}

interface StartLimits {
  /** CTEs: they lock the limits' rows and, if all of them allow it, draw on each. The last, `drawn`, then has a row. */
  steps: Sql;
  /** Columns: `Waits`. */
  waits: Sql;
}

/**
 * A start that one limit refuses uses up nothing of another: neither a stranger's what a number is allowed, nor a number's what an
 * address is.
 *
 * A row that is not there yet cannot be locked; of concurrent first starts for a number, the draw itself lets one through.
 *
 * @param condition under which to draw at all
 */
export function startLimits({ recipient, clientAddress }: Starter, at: Date, condition: Sql): StartLimits {
  const number = sql`${recipient.number}::text`;
  const address = sql`${clientAddress ? addressSubject(clientAddress) : null}::text`;
  const gap = sendGap();
  const ifDrawn = (step: Sql) => sql`where exists (select from ${step})`;
  const waitFor = ({ name }: Limit, step: Sql) => sql`coalesce(
    (select wait from reached where name = ${name}),
    case when not exists (select from reached) and not exists (select from ${step}) then 1 end)`;
  const limits = [
    { limit: gap, subject: number },
    { limit: STARTS_FOR_NUMBER, subject: number },
    { limit: STARTS_FROM_ADDRESS, subject: address },
  ];
  return {
    steps: sql`
      reached as materialized (${reachedLimits(limits, at, condition)}),
      gap as (${draw(gap, number, at, sql`where ${condition} and not exists (select from reached)`)}),
      starts as (${draw(STARTS_FOR_NUMBER, number, at, ifDrawn(sql`gap`))}),
      drawn as (${
        clientAddress ? draw(STARTS_FROM_ADDRESS, address, at, ifDrawn(sql`starts`)) : sql`select from starts`
      })`,
    waits: sql`
      ${waitFor(gap, sql`gap`)} as "gapWait",
      ${waitFor(STARTS_FOR_NUMBER, sql`starts`)} as "startsWait",
      ${waitFor(STARTS_FROM_ADDRESS, sql`drawn`)} as "addressWait"`,
  };
}

/**
 * Draws on the limits as a start does, and writes nothing: for a number of which nobody may learn that it gets no message.
 *
 * @returns null when they allow it
 */
export async function drawAsStart(starter: Starter): Promise<Refusal | null> {
  const { steps, waits } = startLimits(starter, now(), sql`true`);
  const [row] = await db().$queryRaw<[Waits & { drawn: boolean }]>`
    with ${steps} select exists (select from drawn) as drawn, ${waits}`;
  return row.drawn ? null : limitReached(row);
}

export function limitReached({ addressWait, gapWait, startsWait }: Waits): Refusal {
  if (gapWait !== null) {
    return refusal("resend_too_soon", {
      retryAfter: gapWait,
      detail: `A code was sent to this number a moment ago; another one can be sent in ${gapWait} s.`,
    });
  }
  const retryAfter = addressWait ?? startsWait ?? 1;
  const whose = addressWait === null ? "for this number" : "from this address";
  return refusal("too_many_starts", {
    retryAfter,
    detail: `Too many verifications were started ${whose}; try again in ${retryAfter} s.`,
  });
}
