/**
 * The guard of a number: what was done to it within the last day, and by whom, in one row for all unknown askers of a circle and one for
 * each known browser. The windows slide, and hold no more entries than the budgets allow.
 *
 * One row, since its lock makes concurrent requests queue and shows each what the one before has left: rows of one entry each would
 * be read as they were when the statement began, however long it waited.
 */
import { raw, sql, type Sql } from "../db";
import { AFTER_PASSWORD } from "./circle";
import { seconds } from "./quota";
import { WINDOW_SECONDS } from "./budgets";

/** What is counted. */
export type Counted = "sent" | "wrong";

/** What an asker is held to. */
export interface Budgets {
  together: number;
  one: number;
  known: number;
  /** Of the circle that has given the right password, in place of `together` and `one`. */
  afterPassword: number;
  /** Seconds between two of one asker. */
  gap?: number;
}

/** The columns of a kind in `number_guard`; `known_browser` has the first of them. */
function columnsOf(counted: Counted) {
  return {
    at: raw(`${counted}_at`),
    address: raw(`${counted}_address`),
    browser: raw(`${counted}_browser`),
  };
}

const ending = (moment: Date) => sql`${moment}::timestamptz - ${seconds(WINDOW_SECONDS)}`;

/** When the n-th newest entry for which a condition holds leaves the window; null when there are fewer. */
function leaving(n: Sql, condition: Sql): Sql {
  return sql`(array_agg(e.at order by e.at desc) filter (where ${condition}))[${n}] + ${seconds(WINDOW_SECONDS)}`;
}

/**
 * A query for when an asker's next is allowed by a row of `number_guard`: the columns `gap_until` and `budget_until`, null or past
 * where that is now.
 *
 * Who names neither address nor browser has no budget of an asker's own; for the gap, all of those are one.
 *
 * @param row the row's alias
 * @param asker the alias of a row with `address`, `browser` and `circle`
 */
function untilOfGuard(counted: Counted, row: Sql, asker: Sql, budgets: Budgets, moment: Date): Sql {
  const { at, address, browser } = columnsOf(counted);
  const mine = sql`(e.address = ${asker}.address or e.browser = ${asker}.browser
    or coalesce(${asker}.address, ${asker}.browser, e.address, e.browser) is null)`;
  const most = (budget: number) =>
    sql`case when ${asker}.circle = ${AFTER_PASSWORD} then ${budgets.afterPassword}::int else ${budget}::int end`;
  return sql`
    select max(e.at) filter (where ${mine}) + ${seconds(budgets.gap ?? 0)} as gap_until,
      greatest(${leaving(most(budgets.together), sql`true`)},
        ${leaving(most(budgets.one), sql`e.address = ${asker}.address`)},
        ${leaving(most(budgets.one), sql`e.browser = ${asker}.browser`)}) as budget_until
    from unnest(${row}.${at}, ${row}.${address}, ${row}.${browser}) as e(at, address, browser)
    where e.at > ${ending(moment)}`;
}

/** Whether both of a row's columns `gap_until` and `budget_until` allow it now. */
export function isOpen(row: Sql, moment: Date): Sql {
  return sql`coalesce(greatest(${row}.gap_until, ${row}.budget_until) <= ${moment}::timestamptz, true)`;
}

/**
 * A CTE body that locks the row of a known browser: its keys, `gap_until` and `budget_until`; no row when the browser is not known to
 * the number.
 *
 * @param asker a CTE with at most one row: `number` and `known`
 */
export function lockKnown(counted: Counted, asker: Sql, budgets: Budgets, moment: Date): Sql {
  const { at } = columnsOf(counted);
  return sql`
    select k.number, k.browser, until.*
    from (
      select k.* from ${asker} a join known_browser k on k.number = a.number and k.browser = a.known
      for update of k
    ) k, lateral (
      select max(e.at) + ${seconds(budgets.gap ?? 0)} as gap_until, ${leaving(sql`${budgets.known}::int`, sql`true`)} as budget_until
      from unnest(k.${at}) as e(at) where e.at > ${ending(moment)}
    ) until`;
}

/**
 * A CTE body that counts one more in the row of a known browser.
 *
 * @param known what `lockKnown` gave
 * @param condition under which to count; it may read `known` as `k0`
 */
export function countKnown(counted: Counted, known: Sql, moment: Date, condition: Sql): Sql {
  const { at } = columnsOf(counted);
  return sql`
    update known_browser k set
      ${at} = (select coalesce(array_agg(e.at order by e.at), '{}') from unnest(k.${at}) as e(at)
        where e.at > ${ending(moment)}) || ${moment}::timestamptz
    from ${known} k0
    where k.number = k0.number and k.browser = k0.browser and ${condition}
    returning 1`;
}

/**
 * A CTE body that asks a number's guard and counts in it: it returns a row when it allowed that, none when it did not. The row is made
 * where there is none, so that also the first of many at once find it locked.
 *
 * @param asker a CTE with at most one row: `number`, `circle`, `address` and `browser`
 * @param counts an expression that may read it as `a`: whether this one is an entry, or only wants to know
 */
export function askGuard(
  counted: Counted,
  asker: Sql,
  budgets: Budgets,
  moment: Date,
  { condition, counts = sql`true` }: { condition: Sql; counts?: Sql },
): Sql {
  const { at, address, browser } = columnsOf(counted);
  const entry = (value: Sql, type: Sql) =>
    sql`case when ${counts} then array[${value}] else '{}' end::${type}[]`;
  const kept = (column: Sql) => sql`coalesce(array_agg(e.${column} order by e.n), '{}')`;
  return sql`
    insert into number_guard as g (number, circle, ${at}, ${address}, ${browser}, touched_at)
    select a.number, a.circle, ${entry(sql`${moment}::timestamptz`, sql`timestamptz`)}, ${entry(sql`a.address`, sql`text`)},
      ${entry(sql`a.browser`, sql`text`)}, ${moment}::timestamptz
    from ${asker} a where ${condition}
    on conflict (number, circle) do update set
      (${at}, ${address}, ${browser}) = (
        select ${kept(sql`at`)} || excluded.${at}, ${kept(sql`address`)} || excluded.${address},
          ${kept(sql`browser`)} || excluded.${browser}
        from unnest(g.${at}, g.${address}, g.${browser}) with ordinality as e(at, address, browser, n)
        where e.at > ${ending(moment)}),
      touched_at = ${moment}::timestamptz
      where (select ${isOpen(sql`until`, moment)} from ${asker} a, lateral (
        ${untilOfGuard(counted, sql`g`, sql`a`, budgets, moment)}) until)
    returning 1`;
}

/**
 * A CTE body that says when a guard that did not allow it will: `gap_until` and `budget_until`. A row that came while the statement ran
 * cannot be read by it, only locked: then all in it is of now.
 *
 * @param condition holds when the guard was asked and did not allow it
 */
export function untilAllowed(
  counted: Counted,
  asker: Sql,
  budgets: Budgets,
  moment: Date,
  condition: Sql,
): Sql {
  const now = sql`${moment}::timestamptz`;
  const allOfNow = budgets.gap
    ? sql`${now} + ${seconds(budgets.gap)} as gap_until, null::timestamptz as budget_until`
    : sql`null::timestamptz as gap_until, ${now} + ${seconds(WINDOW_SECONDS)} as budget_until`;
  return sql`
    select until.* from ${asker} a
    left join lateral (select * from number_guard g where g.number = a.number and g.circle = a.circle for update) g on true,
    lateral (
      select ${allOfNow} where g.number is null
      union all
      select * from (${untilOfGuard(counted, sql`g`, sql`a`, budgets, moment)}) read where g.number is not null
    ) until
    where ${condition}`;
}

/** An expression for the whole seconds from now to a moment, at least 1; null where that is null or past. */
export function waitUntil(until: Sql, moment: Date): Sql {
  return sql`(case when ${until} > ${moment}::timestamptz
    then greatest(1, ceil(extract(epoch from ${until} - ${moment}::timestamptz)))::int end)`;
}
