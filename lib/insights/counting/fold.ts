/**
 * The fold: moves deltas into cells.
 */
import { db, raw, sql } from "../../db";
import { ADDED_COUNTS, COUNT_COLUMNS } from "./counts";
import { CELL_KEY, cellsOf, detailCellsOf, LATENCY_KEY, latencyCellsOf } from "./roll-up";

/** The advisory lock of whoever writes cells: one at a time, of all processes. */
export const CELLS_LOCK = 72_707_370;

/** Deltas of either table that one fold takes: a second's work. More wait for the next. */
const BATCH = 10_000;

/**
 * Folds deltas into the cells, in one statement: a reader sees each change in a delta or in the cells, never in
 * both or in neither, and a process that dies in between leaves all as it was.
 *
 * @returns how many deltas were folded, 0 also while another process writes cells; and whether there may be more
 */
export async function foldDeltas(): Promise<{ deltas: number; more: boolean }> {
  const [{ counts, details }] = await db().$queryRaw<[{ counts: number; details: number }]>`
    with turn as materialized (
      select pg_try_advisory_xact_lock(${raw(String(CELLS_LOCK))}) as mine
    ), counts as materialized (
      delete from delta using turn
      where turn.mine and delta.ctid = any (array(select ctid from delta limit ${BATCH}::int)) returning delta.*
    ), details as materialized (
      delete from detail_delta using turn
      where turn.mine and detail_delta.ctid = any (array(select ctid from detail_delta limit ${BATCH}::int))
      returning detail_delta.*
    ), folded_counts as (
      insert into cell (${CELL_KEY}, ${COUNT_COLUMNS})
      ${cellsOf(sql`counts`)}
      on conflict (${CELL_KEY}) do update set ${ADDED_COUNTS}
    ), folded_details as (
      insert into detail_cell (${CELL_KEY}, kind, key, n, amount, confirmed_amount)
      ${detailCellsOf(sql`details`)}
      on conflict (${CELL_KEY}, kind, key) do update set n = detail_cell.n + excluded.n,
        amount = detail_cell.amount + excluded.amount,
        confirmed_amount = detail_cell.confirmed_amount + excluded.confirmed_amount
    ), folded_latencies as (
      insert into latency_cell (${LATENCY_KEY}, time_to_confirm, delivery)
      ${latencyCellsOf(sql`details`)}
      on conflict (${LATENCY_KEY}) do update set
        time_to_confirm = add_bins(latency_cell.time_to_confirm, excluded.time_to_confirm),
        delivery = add_bins(latency_cell.delivery, excluded.delivery)
    )
    select (select count(*) from counts)::int as counts, (select count(*) from details)::int as details`;
  return { deltas: counts + details, more: Math.max(counts, details) === BATCH };
}
