/**
 * Counting everything again: to repair cells, and to prove that they need no repair.
 */
import { dbWithoutTimeouts, empty, raw, sql, type Sql } from "../../db";
import type { PrismaClient, Prisma } from "@/prisma/generated/client";
import { HOUR } from "../../terms/durations";
import { countsOfRows, detailsOfRows } from "./counted";
import { COUNT_COLUMNS, SUMMED_COUNTS } from "./counts";
import { CELLS_LOCK } from "./fold";
import { CELL_KEY, cellsOf, detailCellsOf, LATENCY_KEY, latencyCellsOf, LEAF_KEY } from "./roll-up";

type Transaction = Prisma.TransactionClient;

/** Longer than counting any history takes; the statements have no limit of their own. In milliseconds. */
const TRANSACTION_LIMIT_MS = 6 * HOUR;

/** The cells everything else is a sum of: the quarter-hours by network, sender and language, and, of latencies, without the network. */
const LEAVES = sql`(select ${LEAF_KEY}, ${COUNT_COLUMNS} from cell
  where scope = 'network_sent' and span = 'quarter')`;
const DETAIL_LEAVES = sql`(
  select ${LEAF_KEY}, kind, key, n, amount, confirmed_amount from detail_cell
  where scope = 'network_sent' and span = 'quarter'
  union all
  select at, country, '', action, sender, channel, locale, kind, bin::text, n, 0, 0
  from latency_cell, lateral (
    select 'time_to_confirm', filled.* from unnest(time_to_confirm) with ordinality filled
    union all
    select 'delivery', filled.* from unnest(delivery) with ordinality filled
  ) as filled (kind, n, bin)
  where scope = 'country_sent' and span = 'quarter' and n <> 0)`;

/**
 * Counts all cells again from the messages and verifications, while sending goes on.
 *
 * The lock comes before the statement that reads: from then on nobody else folds, and what that one statement's snapshot shows of
 * messages is what it shows of their deltas, which it takes away. A change that commits later has its delta left.
 *
 * @param onProgress told of each step
 */
export async function rebuildCells(onProgress: (line: string) => void = () => undefined): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${raw(String(CELLS_LOCK))})`;
    const { countedFrom, firstMonth } = await countedFromIn(tx, { held: true });
    onProgress("Counting messages and verifications …");
    await createLeafTables(tx);
    await tx.$executeRaw`
      with counted as (
        insert into leaf (${LEAF_KEY}, ${COUNT_COLUMNS})
        select ${LEAF_KEY}, ${SUMMED_COUNTS} from ${countsOfRows()} counts
        where at >= ${countedFrom} group by ${LEAF_KEY}
      ), detailed as (
        insert into detail_leaf (${LEAF_KEY}, kind, key, n, amount, confirmed_amount)
        select ${LEAF_KEY}, kind, key, sum(n), sum(amount), sum(confirmed_amount)
        from ${detailsOfRows()} details where at >= ${countedFrom} group by ${LEAF_KEY}, kind, key
      ), folded as (
        delete from delta where at >= ${countedFrom}
      )
      delete from detail_delta where at >= ${countedFrom}`;
    onProgress("Writing the cells …");
    await tx.$executeRaw`insert into leaf (${LEAF_KEY}, ${COUNT_COLUMNS}) select * from ${LEAVES} kept
      where at >= ${firstMonth} and at < ${countedFrom}`;
    await tx.$executeRaw`insert into detail_leaf (${LEAF_KEY}, kind, key, n, amount, confirmed_amount) select * from ${DETAIL_LEAVES} kept
      where at >= ${firstMonth} and at < ${countedFrom}`;
    for (const table of ["cell", "detail_cell", "latency_cell"]) {
      await tx.$executeRaw`delete from ${raw(table)} where at >= ${firstMonth}`;
    }
    await writeCells((statement) => tx.$executeRaw(statement), sql`leaf`, sql`detail_leaf`);
  });
}

/**
 * Writes all cells of what is counted, where there are none yet.
 *
 * @param execute runs a statement in the caller's transaction
 * @param counts and `details`: relations with the columns of the delta tables
 */
export async function writeCells(
  execute: (statement: Sql) => Promise<unknown>,
  counts: Sql,
  details: Sql,
): Promise<void> {
  await execute(sql`
    insert into cell (${CELL_KEY}, ${COUNT_COLUMNS}) ${cellsOf(counts)}`);
  await execute(sql`
    insert into detail_cell (${CELL_KEY}, kind, key, n, amount, confirmed_amount)
    ${detailCellsOf(details)}`);
  await execute(sql`
    insert into latency_cell (${LATENCY_KEY}, time_to_confirm, delivery) ${latencyCellsOf(details)}`);
}

/** A cell that is not what it should be. */
export interface Difference {
  /** Which cell, in words. */
  cell: string;
  counted: string;
  found: string;
}

/** The most differences that are listed. */
const DIFFERENCES_LISTED = 20;

/**
 * Counts everything again in one snapshot and compares: the smallest cells, with their deltas, against messages and verifications;
 * and every other cell, also those whose messages are gone, against the smallest.
 *
 * @returns the differences, the first 20 of each kind of cell; none when all is as it should be
 */
export async function verifyCells(
  onProgress: (line: string) => void = () => undefined,
): Promise<Difference[]> {
  return inTransaction(async (tx) => {
    // From here on every statement sees the same snapshot.
    await tx.$executeRaw`set transaction isolation level repeatable read`;
    const { countedFrom } = await countedFromIn(tx, { held: false });
    const compare = (what: string, expected: Sql, actual: Sql, key: string, value: string) => {
      onProgress(`Comparing ${what} …`);
      return differences(tx, what, expected, actual, raw(key), raw(value));
    };
    const counts = COUNT_COLUMNS.sql;
    const leafKey = LEAF_KEY.sql;
    const cellKey = CELL_KEY.sql;
    const latencyKey = LATENCY_KEY.sql;
    return [
      ...(await compare(
        "quarter-hours with messages",
        sql`select ${raw(leafKey)}, ${SUMMED_COUNTS} from ${countsOfRows()} counts where at >= ${countedFrom} group by ${raw(leafKey)}`,
        sql`select ${raw(leafKey)}, ${SUMMED_COUNTS} from (
            select * from ${LEAVES} folded union all select ${raw(leafKey)}, ${COUNT_COLUMNS} from delta
          ) known where at >= ${countedFrom} group by ${raw(leafKey)}`,
        leafKey,
        counts,
      )),
      ...(await compare(
        "details with messages",
        // Latencies are kept by country.
        sql`select at, country, case when kind in ('error', 'refusal', 'spend') then network else '' end as network, action,
            sender, channel, locale, kind, key, sum(n) as n, sum(amount) as amount, sum(confirmed_amount) as confirmed_amount
          from ${detailsOfRows()} details where at >= ${countedFrom} group by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
        sql`select at, country, case when kind in ('error', 'refusal', 'spend') then network else '' end as network, action,
            sender, channel, locale, kind, key, sum(n) as n, sum(amount) as amount, sum(confirmed_amount) as confirmed_amount
          from (select * from ${DETAIL_LEAVES} folded union all select ${LEAF_KEY}, kind, key, n, amount, confirmed_amount from detail_delta) known
          where at >= ${countedFrom} group by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
        `${leafKey}, kind, key`,
        "n, amount, confirmed_amount",
      )),
      ...(await compare(
        "cells with their quarter-hours",
        cellsOf(LEAVES),
        sql`select ${raw(cellKey)}, ${COUNT_COLUMNS} from cell`,
        cellKey,
        counts,
      )),
      ...(await compare(
        "detail cells with their quarter-hours",
        detailCellsOf(DETAIL_LEAVES),
        sql`select ${raw(cellKey)}, kind, key, n, amount, confirmed_amount from detail_cell`,
        `${cellKey}, kind, key`,
        "n, amount, confirmed_amount",
      )),
      ...(await compare(
        "latency cells with their quarter-hours",
        sql`select ${raw(latencyKey)}, ${bins("time_to_confirm")}, ${bins("delivery")}
          from (${latencyCellsOf(DETAIL_LEAVES)}) expected (${raw(latencyKey)}, time_to_confirm, delivery)`,
        sql`select ${raw(latencyKey)}, ${bins("time_to_confirm")}, ${bins("delivery")} from latency_cell`,
        latencyKey,
        "time_to_confirm, delivery",
      )),
    ];
  });
}

/** A histogram as a text: the same one for the same counts, however many empty bins it ends with; 0 for none. */
function bins(histogram: "time_to_confirm" | "delivery"): Sql {
  return sql`coalesce(nullif(regexp_replace(array_to_string(${raw(histogram)}, ','), '(,0)+$', ''), ''), '0')`;
}

/** Rows of one side that the other lacks or has otherwise; a row of nothing but 0 is the same as none. */
async function differences(
  tx: Transaction,
  what: string,
  expected: Sql,
  actual: Sql,
  key: Sql,
  value: Sql,
): Promise<Difference[]> {
  const names = sql`${key}, ${value}`;
  return tx.$queryRaw<Difference[]>`
    with expected (${names}) as (${expected}), actual (${names}) as (${actual}),
    expected_row as (select (${key})::text as key, (${value})::text as value from expected),
    actual_row as (select (${key})::text as key, (${value})::text as value from actual)
    select ${`${what}: `} || coalesce(expected_row.key, actual_row.key) as cell,
      coalesce(expected_row.value, 'nothing') as counted, coalesce(actual_row.value, 'nothing') as found
    from expected_row full join actual_row using (key)
    where coalesce(nullif(regexp_replace(expected_row.value, '[(),0]', '', 'g'), ''), '0') <>
        coalesce(nullif(regexp_replace(actual_row.value, '[(),0]', '', 'g'), ''), '0')
      or expected_row.value <> actual_row.value
    limit ${DIFFERENCES_LISTED}::int`;
}

/**
 * Cells before this cannot be counted again, since their messages are gone; a month's cell that it falls into is made of days.
 *
 * @param held keeps retention from moving it, and so from deleting what is after it, until the transaction ends: a day that went
 * from counted to kept in between would count twice or not at all
 */
async function countedFromIn(
  tx: Transaction,
  { held }: { held: boolean },
): Promise<{ countedFrom: Sql; firstMonth: Sql }> {
  const [{ at }] = await tx.$queryRaw<[{ at: Date }]>`
    select at from watermark where name = 'counted_from' ${held ? sql`for share` : empty}`;
  const month = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));
  return { countedFrom: sql`${at}::timestamptz`, firstMonth: sql`${month}::timestamptz` };
}

async function createLeafTables(tx: Transaction): Promise<void> {
  await tx.$executeRaw`create temporary table leaf (like delta) on commit drop`;
  await tx.$executeRaw`create temporary table detail_leaf (like detail_delta) on commit drop`;
}

async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client: PrismaClient = dbWithoutTimeouts();
  try {
    return await client.$transaction(work, { timeout: TRANSACTION_LIMIT_MS });
  } finally {
    await client.$disconnect();
  }
}
