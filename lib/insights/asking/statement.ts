/**
 * The query that answers a question, from cells ∪ deltas or, where cells cannot tell, from the messages themselves.
 */
import type { TrackedAction } from "../../terms/actions";
import type { Channel } from "../../terms/channels";
import { empty, join, raw, sql, type Sql } from "../../db";
import {
  countsOfMessages,
  countsOfVerifications,
  keyedMessages,
  keyedVerifications,
  MESSAGE_KEYS,
  VERIFICATION_KEYS,
} from "../counting/counted";
import { COUNT_COLUMNS, sumsNamed, USD_SUMS, type Counts, type UsdSpend } from "../counting/counts";
import { summedBins } from "../counting/latency";
import { LEAF_KEY } from "../counting/roll-up";
import { piecesOf } from "../counting/spans";
import {
  asksMessages,
  countFilters,
  messageFilters,
  scopeOf,
  verificationFilters,
  withinPeriods,
} from "./filters";
import type { Latencies } from "./measured";
import { keepsLatencies, type Question } from "./question";

/** What a row of an answer is of. */
export interface Key {
  /** Index into the question's periods. */
  period: number;
  /** Index into the question's bucket starts. */
  bucket?: number;
  country?: string;
  /** "" is the unknown one. */
  network?: string;
  action?: TrackedAction;
  sender?: string;
  channel?: Channel;
  /** "" is the unknown one. */
  locale?: string;
  /** Of quarter-hours that are mature, or of the others. */
  mature: boolean;
}

/** The object that the query answers with. */
export interface Answer {
  counts: (Key & Partial<Counts & UsdSpend>)[];
  /** Null where they are not kept, or not asked for. */
  latencies: (Key & Record<keyof Latencies, (number | null)[]>)[] | null;
  /** Null where they are not asked for. */
  details:
    | (Key & {
        kind: "error" | "refusal" | "spend";
        key: string;
        n: number;
        amount: number;
        confirmedAmount: number;
      })[]
    | null;
}

/** A query for one JSON object with everything that answers a question. */
export function answerTo(question: Question, cut: Date): Sql {
  const { only } = question;
  const parts = asksMessages(question.filters)
    ? partsFromMessages(question, cut)
    : partsFromCells(question, cut);
  const { withs = empty, counts, latencies, details } = parts;
  const rows = (query: Sql) => sql`(select coalesce(json_agg(r), '[]') from (${query}) r)`;
  return sql`
    with stretch (period, "from", "to") as (values ${periodValues(question)}) ${withs}
    select json_build_object('counts', ${rows(counts)}, 'latencies', ${keepsLatencies(question) && !only ? rows(latencies) : NULL},
      'details', ${only ? NULL : rows(details)})`;
}

/** The queries for the parts of an answer, and what they have in common. */
interface Parts {
  withs?: Sql;
  counts: Sql;
  latencies: Sql;
  details: Sql;
}

const PLACE = LEAF_KEY;

function partsFromCells(question: Question, cut: Date): Parts {
  const keys = groupingKeys(question);
  const { filters, by = [] } = question;
  const scope = sql`${scopeOf(filters, by)}::cell_scope`;
  const inCells = (table: string) => sql`piece cross join lateral (
    select * from ${raw(table)} c where c.scope = ${scope} and c.span = piece.span and c.at >= piece."from"
      and c.at < piece."to" ${countFilters(filters, "c")} offset 0) cell`;
  const inDeltas = (
    table: string,
  ) => sql`${raw(table)} d join stretch on d.at >= stretch."from" and d.at < stretch."to"
    where true ${countFilters(filters, "d")}`;
  const mature = sql`d.at < ${cut}::timestamptz`;
  return {
    withs: sql`, piece (period, mature, span, "from", "to") as (values ${pieceValues(question, cut)})`,
    counts: sql`
      select ${keys.selected}, ${sumsOf(question)} from (
        select period, mature, ${PLACE}, ${COUNT_COLUMNS} from ${inCells("cell")}
        union all
        select stretch.period, ${mature}, ${PLACE}, ${COUNT_COLUMNS} from ${inDeltas("delta")}
      ) counted (period, mature, ${PLACE}, ${COUNT_COLUMNS}) group by ${keys.grouped}`,
    latencies: sql`
      select ${keys.selected}, ${SUMMED_HISTOGRAMS} from (
        select period, mature, at, country, '' as network, action, sender, channel, locale, time_to_confirm, delivery from ${inCells("latency_cell")}
        union all
        select stretch.period, ${mature}, ${PLACE}, ${UNIT_HISTOGRAMS}
        from ${inDeltas("detail_delta")} and kind in ('time_to_confirm', 'delivery')
      ) measured (period, mature, ${PLACE}, time_to_confirm, delivery) group by ${keys.grouped}`,
    details: sql`
      select ${keys.selected}, kind, key, sum(n)::int as n, sum(amount)::float8 as amount,
        sum(confirmed_amount)::float8 as "confirmedAmount"
      from (
        select period, mature, ${PLACE}, kind, key, n, amount, confirmed_amount from ${inCells("detail_cell")}
        union all
        select stretch.period, ${mature}, ${PLACE}, kind, key, n, amount, confirmed_amount
        from ${inDeltas("detail_delta")} and kind in ('error', 'refusal', 'spend')
      ) detailed (period, mature, ${PLACE}, kind, key, n, amount, confirmed_amount)
      group by ${keys.grouped}, kind, key having sum(n) <> 0`,
  };
}

/**
 * Where cells cannot tell, the messages themselves are counted, by the same functions. There may be half a million of them, and what is done for
 * each is what it takes. So they are read once, and put together by all that tells them apart before anything is made of them: what each
 * counts for, a histogram of each, or a row for each kind of detail, took two to ten times as long.
 */
function partsFromMessages(question: Question, cut: Date): Parts {
  const keys = groupingKeys(question);
  const { names, selected } = keys;
  const { periods, filters, only } = question;
  const within = (column: string) => withinPeriods(raw(column), periods);
  const ofMessages = sql`${within("m.requested_at")} ${messageFilters(filters)}`;
  const ofVerifications = sql`${within("v.created_at")} ${verificationFilters(filters, periods)}`;
  // All ends are those of quarter-hours: the moment itself is on the same side of them as its quarter-hour.
  const mature = sql`d.at < ${cut}::timestamptz as mature`;
  // Of a single period everything is, and nothing needs to be looked up.
  const found = (rows: Sql) =>
    periods.length === 1
      ? sql`(select 0 as period, ${mature}, d.* from ${rows} d) found`
      : sql`(select stretch.period, ${mature}, d.* from ${rows} d
          join stretch on d.at >= stretch."from" and d.at < stretch."to") found`;
  const details = only ? empty : raw(`, ${DETAIL_KEYS.join(", ")}`);
  const amounts = only
    ? empty
    : sql`, sum(spend_amount) as amount, sum(spend_confirmed_amount) as confirmed_amount`;
  const groupOf = (others: Sql, more = empty) => sql`${names}, ${others} ${more}`;
  const keyed = (key: DetailKey) =>
    sql`from keyed where ${raw(key)} is not null group by ${names}, ${raw(key)}`;
  const bins = (key: DetailKey) => sql`array_fill(0, array[${raw(key)} - 1]) || sum(n)::int as ${raw(key)}`;
  const detail = (key: DetailKey) => sql`
    select ${names}, ${raw(`'${key}' as kind, ${key} as key`)}, sum(n)::int as n,
      coalesce(sum(amount), 0)::float8 as amount, coalesce(sum(confirmed_amount), 0)::float8 as "confirmedAmount" ${keyed(key)}`;
  return {
    withs: sql`, keyed as materialized (
        select ${groupOf(MESSAGE_KEYS, details)}, count(*) as n ${amounts}
        from (select ${selected}, ${MESSAGE_KEYS} ${details} ${only ? empty : raw(", spend_amount, spend_confirmed_amount")}
          from ${found(keyedMessages(ofMessages))}) row
        group by ${groupOf(MESSAGE_KEYS, details)}
      )`,
    counts: sql`
      select ${names}, ${sumsOf(question)} from (
        ${countsOfMessages(
          sql`(select ${groupOf(MESSAGE_KEYS)}, sum(n)::int as n from keyed group by ${groupOf(MESSAGE_KEYS)})`,
          keys.list,
        )}
        union all
        ${countsOfVerifications(
          sql`(select ${groupOf(VERIFICATION_KEYS)}, count(*)::int as n
            from (select ${selected}, ${VERIFICATION_KEYS} from ${found(keyedVerifications(ofVerifications))}) row
            group by ${groupOf(VERIFICATION_KEYS)})`,
          keys.list,
        )}
      ) counted group by ${names}`,
    latencies: sql`
      select ${names}, ${SUMMED_HISTOGRAMS} from (
        select ${names}, ${bins("time_to_confirm")}, null::int[] as delivery ${keyed("time_to_confirm")}
        union all
        select ${names}, null, ${bins("delivery")} ${keyed("delivery")}
      ) measured group by ${names}`,
    details: join((["error", "refusal", "spend"] as const).map(detail), " union all "),
  };
}

/** The columns of `detail_keys` that are keys. */
const DETAIL_KEYS = ["error", "refusal", "spend", "time_to_confirm", "delivery"] as const;
type DetailKey = (typeof DETAIL_KEYS)[number];

function sumsOf({ only }: Question): Sql {
  return only ? sumsNamed(only) : sql`${sumsNamed()}, ${USD_SUMS}`;
}

const NULL = sql`null::json`;

/** What a detail adds to a histogram, as one of its own. */
function unitHistogram(kind: "time_to_confirm" | "delivery"): Sql {
  return sql`case kind when ${raw(`'${kind}'`)} then array_fill(0, array[key::int - 1]) || n end as ${raw(kind)}`;
}

const UNIT_HISTOGRAMS = join([unitHistogram("time_to_confirm"), unitHistogram("delivery")]);

const SUMMED_HISTOGRAMS = sql`${summedBins(sql`time_to_confirm`)} as "timeToConfirm", ${summedBins(sql`delivery`)} as delivery`;

interface GroupingKeys {
  /** As expressions of a row, each under its name. */
  selected: Sql;
  names: Sql;
  list: readonly string[];
  /** By position: the bucket's expression has a parameter, and the same text with another one is another expression. */
  grouped: Sql;
}

function groupingKeys({ by = [], buckets }: Question): GroupingKeys {
  const names = ["period", "mature", ...by, ...(buckets ? ["bucket"] : [])];
  const bucket = buckets && sql`width_bucket(at, ${buckets.starts}::timestamptz[]) - 1 as bucket`;
  return {
    selected: join(names.map((name) => (name === "bucket" && bucket ? bucket : raw(name)))),
    names: raw(names.join(", ")),
    list: names,
    grouped: raw(names.map((_, i) => i + 1).join(", ")),
  };
}

function periodValues({ periods }: Question): Sql {
  return join(periods.map(({ from, to }, n) => sql`(${n}::int, ${from}::timestamptz, ${to}::timestamptz)`));
}

/** The periods cut where maturity ends, each part in as few pieces as its buckets allow. */
function pieceValues({ periods, buckets }: Question, cut: Date): Sql {
  const pieces = periods.flatMap(({ from, to }, period) => {
    const until = new Date(Math.min(to.getTime(), Math.max(from.getTime(), cut.getTime())));
    return [
      ...piecesOf(from, until, buckets?.longest).map((piece) => ({ ...piece, period, mature: true })),
      ...piecesOf(until, to, buckets?.longest).map((piece) => ({ ...piece, period, mature: false })),
    ];
  });
  return join(
    pieces.map(
      ({ period, mature, span, from, to }) =>
        sql`(${period}::int, ${mature}::boolean, ${span}::cell_span, ${from}::timestamptz, ${to}::timestamptz)`,
    ),
  );
}
