/**
 * The query that answers a question, from cells ∪ deltas or, where cells cannot tell, from the messages themselves.
 */
import type { TrackedAction } from "../../terms/actions";
import { empty, join, raw, sql, type Sql } from "../../db";
import { countsOfRows, detailsOfRows } from "../counting/counted";
import { COUNT_COLUMNS, sumsNamed, USD_SUMS, type Counts, type UsdSpend } from "../counting/counts";
import { summedBins } from "../counting/latency";
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
  const keys = groupingKeys(question);
  const { filters, only } = question;
  const scope = sql`${scopeOf(filters, question.by ?? [])}::cell_scope`;
  const byMessage = asksMessages(filters);
  const loose = byMessage ? fromMessages(question) : { counts: sql`delta`, details: sql`detail_delta` };
  const inCells = (table: string) => sql`piece cross join lateral (
    select * from ${raw(table)} c where c.scope = ${scope} and c.span = piece.span and c.at >= piece."from"
      and c.at < piece."to" ${countFilters(filters, "c")} offset 0) cell`;
  const inLoose = (
    source: Sql,
  ) => sql`${source} d join stretch on d.at >= stretch."from" and d.at < stretch."to"
    where true ${countFilters(filters, "d")}`;
  const place = sql`at, country, network, action`;

  const counts = sql`
    select ${keys.selected}, ${only ? sumsNamed(only) : sql`${sumsNamed()}, ${USD_SUMS}`} from (
      ${byMessage ? empty : sql`select period, mature, ${place}, ${COUNT_COLUMNS} from ${inCells("cell")} union all`}
      select stretch.period, d.at < ${cut}::timestamptz, ${place}, ${COUNT_COLUMNS} from ${inLoose(loose.counts)}
    ) counted (period, mature, ${place}, ${COUNT_COLUMNS}) group by ${keys.grouped}`;
  const latencies = sql`
    select ${keys.selected}, ${summedBins(sql`time_to_confirm`)} as "timeToConfirm", ${summedBins(sql`delivery`)} as delivery
    from (
      ${byMessage ? empty : sql`select period, mature, at, country, '' as network, action, time_to_confirm, delivery from ${inCells("latency_cell")} union all`}
      select stretch.period, d.at < ${cut}::timestamptz, ${place}, ${unitHistogram("time_to_confirm")}, ${unitHistogram("delivery")}
      from ${inLoose(loose.details)} and kind in ('time_to_confirm', 'delivery')
    ) measured (period, mature, ${place}, time_to_confirm, delivery) group by ${keys.grouped}`;
  const details = sql`
    select ${keys.selected}, kind, key, sum(n)::int as n, sum(amount)::float8 as amount,
      sum(confirmed_amount)::float8 as "confirmedAmount"
    from (
      ${byMessage ? empty : sql`select period, mature, ${place}, kind, key, n, amount, confirmed_amount from ${inCells("detail_cell")} union all`}
      select stretch.period, d.at < ${cut}::timestamptz, ${place}, kind, key, n, amount, confirmed_amount
      from ${inLoose(loose.details)} and kind in ('error', 'refusal', 'spend')
    ) detailed (period, mature, ${place}, kind, key, n, amount, confirmed_amount)
    group by ${keys.grouped}, kind, key having sum(n) <> 0`;

  const rows = (query: Sql) => sql`(select coalesce(json_agg(r), '[]') from (${query}) r)`;
  return sql`
    with stretch (period, "from", "to") as (values ${periodValues(question)}),
    piece (period, mature, span, "from", "to") as (values ${pieceValues(question, cut)})
    select json_build_object('counts', ${rows(counts)}, 'latencies', ${keepsLatencies(question) && !only ? rows(latencies) : NULL},
      'details', ${only ? NULL : rows(details)})`;
}

const NULL = sql`null::json`;

/** What a delta adds to a histogram, as one of its own. */
function unitHistogram(kind: "time_to_confirm" | "delivery"): Sql {
  return sql`case kind when ${raw(`'${kind}'`)} then array_fill(0, array[key::int - 1]) || n end`;
}

function groupingKeys({ by = [], buckets }: Question): { selected: Sql; grouped: Sql } {
  const dimensions = by.map((dimension) => raw(dimension));
  const bucket = buckets && sql`width_bucket(at, ${buckets.starts}::timestamptz[])`;
  return {
    selected: join([
      sql`period`,
      sql`mature`,
      ...dimensions,
      ...(bucket ? [sql`${bucket} - 1 as bucket`] : []),
    ]),
    // By position: the bucket's expression has a parameter, and the same text with another one is another expression.
    grouped: raw(
      Array.from({ length: 2 + dimensions.length + (bucket ? 1 : 0) }, (_, i) => i + 1).join(", "),
    ),
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

/** Where cells cannot tell, the messages themselves are counted, by the same function. */
function fromMessages({ periods, filters }: Question): { counts: Sql; details: Sql } {
  const within = (column: string) => withinPeriods(raw(column), periods);
  const ofMessages = sql`${within("m.requested_at")} ${messageFilters(filters)}`;
  return {
    counts: countsOfRows({
      messages: ofMessages,
      verifications: sql`${within("v.created_at")} ${verificationFilters(filters, periods)}`,
    }),
    details: detailsOfRows(ofMessages),
  };
}
