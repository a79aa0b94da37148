/**
 * 1k blocks: where numbers are alike, someone may be sending to all of them to be paid for it.
 *
 * Blocks have no cells; their messages are read by index, up to a stated number of them.
 */
import { z } from "zod";
import { empty, sql } from "../../db";
import { SUMS_AS_COLUMNS, sumsNamed, type Counts } from "../counting/counts";
import { messageFilters, verificationFilters } from "../asking/filters";
import { insightsRow, ratio, type InsightsRow, type Rate } from "../asking/metrics";
import type { Range } from "../asking/range";
import { read } from "../asking/read";
import { withinReach, type Reach } from "../asking/reach";
import type { ReportQuery } from "../asking/report";
import { nothingMeasured, type Measured, type Spent } from "../asking/measured";
import { matureUntil } from "../counting/maturity";
import { evidence } from "../statistics/counted";

export interface BlockRow extends InsightsRow {
  /** A number without its last three digits. */
  block: string;
  country: string;
  network: string | null;
  /** Its part of all attempted messages of the report. */
  share: Rate;
  /** Different numbers, of those not redacted. */
  numbers: number;
  /** Those of `numbers` that have a neighbour: another number one above or below. */
  neighbours: number;
}

export interface Blocks {
  range: Range;
  /** By attempted, most first. */
  rows: BlockRow[];
  /** How many blocks there are on all pages. */
  count: number;
  /** To be given back for the next page; null on the last. */
  nextCursor: string | null;
  attempted: number;
  /** Messages of the largest block ÷ all attempted. */
  topBlockShare: Rate;
  /** Numbers with a neighbour ÷ all numbers, of all blocks. */
  sequentiality: Rate;
}

/**
 * How many times likelier, as a logarithm, a block's counts must be with a rate of its own than with the others'. Of the dozen that a page
 * shows, chance gets one so far in some one of thirty destinations.
 */
const EVIDENCE = 4;

type Compared = Pick<BlockRow, "block" | "numbers" | "neighbours"> & {
  mature: Pick<Counts, "attempted" | "confirmed">;
};

/**
 * Whether a block is beyond noise: fewer of its messages are confirmed than of the other blocks', or more of its numbers lie side by side than
 * would of so many that were drawn from its thousand.
 */
export function standsOut(row: Compared, all: readonly Compared[]): boolean {
  const others = all.filter(({ block }) => block !== row.block).map(({ mature }) => mature);
  const rest = {
    attempted: others.reduce((sum, { attempted }) => sum + attempted, 0),
    confirmed: others.reduce((sum, { confirmed }) => sum + confirmed, 0),
  };
  if (evidence(row.mature, rest) >= EVIDENCE) return true;
  const { numbers, neighbours } = row;
  const besideByChance = 1 - (1 - numbers / NUMBERS_OF_BLOCK) ** 2;
  // Neighbours come in pairs: only half of them tell anything by themselves.
  const [found, expected] = [
    { attempted: numbers, confirmed: numbers - neighbours / 2 },
    { attempted: MANY, confirmed: MANY * (1 - besideByChance / 2) },
  ];
  return evidence(found, expected) >= EVIDENCE;
}

const NUMBERS_OF_BLOCK = 1_000;

/** So many that what is expected is not itself off by chance. */
const MANY = 1e6;

interface Counted extends Counts {
  block: string;
  country: string;
  network: string | null;
  mature: Counts | null;
  /** Null when no message has a price. */
  spend: CountedSpend[] | null;
  numbers: number;
  neighbours: number;
}

/** In 1/100,000 of the currency's unit. */
interface CountedSpend {
  currency: string;
  all: Spent;
  mature: Spent;
}

/** A page of the table; without a limit, all of it. */
interface Page {
  limit?: number;
  cursor?: string;
}

export function readBlocks(query: ReportQuery, page: Page): Promise<Reach<Blocks>> {
  return withinReach([query.range], query.filters, () => countBlocks(query, page));
}

async function countBlocks({ range, filters }: ReportQuery, { limit, cursor }: Page): Promise<Blocks> {
  const after = cursor === undefined ? undefined : blockAfter(cursor);
  const cut = matureUntil();
  const inRange = (column: "m.requested_at" | "v.created_at") =>
    column === "m.requested_at"
      ? sql`m.requested_at >= ${range.from}::timestamptz and m.requested_at < ${range.to}::timestamptz ${messageFilters(filters)}`
      : sql`v.created_at >= ${range.from}::timestamptz and v.created_at < ${range.to}::timestamptz ${verificationFilters(filters, [range])}`;
  const [{ rows: found, largest, count, attempted, numbers, neighbours }] = await read<
    [
      {
        rows: Counted[];
        largest: number;
        count: number;
        attempted: number;
        numbers: number;
        neighbours: number;
      },
    ]
  >`
    with summed as materialized (
      select block, at < ${cut}::timestamptz as mature, min(country) as country, min(network) as network, ${SUMS_AS_COLUMNS}
      from (
        select m.block, c.* from message m left join feedback f on f.message_id = m.id, lateral counts_of(m => m, f => f) c
        where ${inRange("m.requested_at")}
        union all
        select v.block, c.*
        from (select v.* from verification v where ${inRange("v.created_at")} offset 0) v, lateral counts_of(v => v) c
      ) counted group by 1, 2
    ), number as (
      select distinct v.block, substr(v."to", 2)::bigint as number
      from (select m.verification_id from message m where ${inRange("m.requested_at")} offset 0) m
        join verification v on v.id = m.verification_id
      where v."to" <> v.block
    ), placed as (
      select block, (number - lag(number) over around = 1 or lead(number) over around - number = 1)::int as neighbour
      from number window around as (order by number)
    ), neighbours as materialized (
      select block, count(*)::int as numbers, coalesce(sum(neighbour), 0)::int as neighbours from placed group by block
    ), any_block as materialized (
      select block, min(country) as country, nullif(min(network), '') as network, ${sumsNamed()}
      from summed group by block
    ), block as (
      select * from any_block
      ${after ? sql`where attempted < ${after.attempted}::int or attempted = ${after.attempted}::int and block > ${after.block}` : empty}
      order by attempted desc, block ${limit === undefined ? empty : sql`limit ${limit + 1}::int`}
    ), mature as (
      select block, ${sumsNamed()} from summed where mature group by block
    ), priced as (
      select block, mature, 'USD' as currency, usd_priced as priced, usd_amount as amount, usd_confirmed_amount as paid_off
      from summed where usd_priced > 0
      union all
      select m.block, quarter(m.requested_at) < ${cut}::timestamptz, k.spend, 1, k.spend_amount, coalesce(k.spend_confirmed_amount, 0)
      from message m, lateral detail_keys(m) k where k.spend is not null and ${inRange("m.requested_at")}
    ), spent as (
      select block, json_agg(json_build_object('currency', currency,
        'all', json_build_object('priced', priced, 'amount', amount, 'confirmedAmount', paid_off),
        'mature', json_build_object('priced', mature_priced, 'amount', mature_amount, 'confirmedAmount', mature_paid_off)
      )) as spend
      from (
        select block, currency, sum(priced) as priced, sum(amount) as amount, sum(paid_off) as paid_off,
          coalesce(sum(priced) filter (where mature), 0) as mature_priced,
          coalesce(sum(amount) filter (where mature), 0) as mature_amount,
          coalesce(sum(paid_off) filter (where mature), 0) as mature_paid_off
        from priced group by block, currency
      ) by_currency group by block
    )
    select
      coalesce((select max(attempted) from any_block), 0) as largest, (select count(*) from any_block)::int as count,
      coalesce((select sum(attempted) from any_block), 0)::int as attempted,
      coalesce((select sum(numbers) from neighbours), 0)::int as numbers,
      coalesce((select sum(neighbours) from neighbours), 0)::int as neighbours,
      coalesce((select json_agg(r) from (
        select block.*, row_to_json(mature.*) as mature, spent.spend, coalesce(n.numbers, 0) as numbers,
          coalesce(n.neighbours, 0) as neighbours
        from block left join mature using (block) left join spent using (block) left join neighbours n using (block)
        order by block.attempted desc, block.block
      ) r), '[]') as rows`;
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    range,
    rows: rows.map((row) => blockRow(row, attempted)),
    count,
    nextCursor: rows.length < found.length && last ? cursorOf(last) : null,
    attempted,
    topBlockShare: ratio(largest, attempted),
    sequentiality: ratio(neighbours, numbers),
  };
}

function cursorOf({ attempted, block }: Counted): string {
  return Buffer.from(JSON.stringify([attempted, block])).toString("base64url");
}

/** A count as PostgreSQL's integers hold it, and a block as numbers have them. */
const Place = z.tuple([z.int32().nonnegative(), z.string().regex(/^\+\d{1,12}$/)]);

/** @returns undefined for what is no cursor of this table */
export function blockAfter(cursor: string): { attempted: number; block: string } | undefined {
  try {
    const [attempted, block] = Place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { attempted, block };
  } catch {
    return undefined;
  }
}

function blockRow(row: Counted, attempted: number): BlockRow {
  const { block, country, network, numbers, neighbours } = row;
  const measured = (counts: Counts | null, which: "all" | "mature"): Measured => ({
    ...nothingMeasured(false),
    ...(counts && { counts }),
    spend: new Map((row.spend ?? []).map((spent) => [spent.currency, spent[which]])),
  });
  return {
    block,
    country,
    network,
    ...insightsRow({ all: measured(row, "all"), mature: measured(row.mature, "mature") }),
    share: ratio(row.attempted, attempted),
    numbers,
    neighbours,
  };
}
