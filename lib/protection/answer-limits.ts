/**
 * The limits of what we answer to texts: the gap and the ceiling a day of messages that are asked for, of their own, so that neither uses
 * up anything of the other. Two programs that answer each other end there.
 */
import { sql, type Sql } from "../db";
import { env } from "../env";
import { DAY_SECONDS } from "../terms/durations";
import { sendBudgets } from "./budgets";
import { askGuard, type Budgets } from "./guard";
import { drawQuotas, lookAtQuotas, messagesInAll, queueAt, type Drawn, type Limit } from "./quota";

/** Whose budgets answers draw on: no program's, and not our pages'. */
const ANSWERS = "answers";

/** That a secret is to be typed is said once for each verification, which lives no longer than this. */
export const CODE_HINTS: Limit = { name: "code_hints", burst: 1, everySeconds: DAY_SECONDS };

/**
 * CTEs that draw on the limits of an answer. `drawn` has a row when they allow it.
 *
 * @param asking a CTE with at most one row: `number`, and what the further limits read of `queued`
 */
export function answerLimits(asking: Sql, moment: Date, further: Drawn[]): Sql {
  const budgets: Budgets = { ...sendBudgets(), gap: env().RESEND_AFTER_SECONDS };
  const inAll = messagesInAll();
  const quotas = lookAtQuotas(
    [...further, ...(inAll ? [{ limit: inAll.answers, subject: sql`'all'::text` }] : [])],
    moment,
    sql`queued`,
  );
  const locks = queueAt(sql`'number ' || a.number`, inAll ? sql`'answers in all'` : sql`null`);
  const free = sql`not exists (select from reached)`;
  return sql`
    queued as materialized (
      select a.*, ${ANSWERS}::text as circle, null::text as address, null::text as browser, ${locks} as locks from ${asking} a
    ), ${quotas},
    guarded as (${askGuard("sent", sql`queued`, budgets, moment, { condition: free })}),
    taken_of_limits as (${drawQuotas(moment, sql`exists (select from guarded)`)}),
    drawn as (
      select from queued where exists (select from guarded) and (select count(*) from asked) = (select count(*) from taken_of_limits)
    )`;
}
