/**
 * The one statement behind every report: counts, latencies and details of stretches of time, from cells ∪ deltas.
 *
 * All of it is one statement, so all of it is of one moment: what is read twice could come from a delta and again from the cell
 * that it was folded into, or from neither.
 */
import { now, secondsAfter } from "../../clock";
import { db, empty, join, raw, sql, type Sql } from "../../db";
import { env } from "../../env";
import { countsOfRows, detailsOfRows } from "../counting/counted";
import {
  addCounts,
  COUNT_COLUMNS,
  noCounts,
  sumsNamed,
  USD_SUMS,
  type Counts,
  type UsdSpend,
} from "../counting/counts";
import {
  asksMessages,
  countFilters,
  messageFilters,
  scopeOf,
  verificationFilters,
  withinPeriods,
  type Dimension,
  type Filters,
} from "./filters";
import { addHistogram, summedBins, type Histogram } from "../counting/latency";
import { floor, piecesOf, type Period, type Span } from "../counting/spans";

export interface Question {
  /** Stretches to tell apart; they may overlap. */
  periods: Period[];
  filters: Filters;
  /** Dimensions to tell apart. */
  by?: Dimension[];
  /** Starts of buckets to tell apart, ascending; and the longest span that all of them begin with. */
  buckets?: { starts: Date[]; longest: Span };
  /** Only these counts, and neither latencies nor details: for small pictures of many rows. */
  only?: (keyof Counts)[];
}

/** Money spent on messages, in 1/100,000 of the currency's unit. */
export interface Spent {
  /** Messages with a price. */
  priced: number;
  amount: number;
  /** The part spent on confirmed messages. */
  confirmedAmount: number;
}

/** What there is of messages requested, and verifications started, within a stretch of time. */
export interface Measured {
  counts: Counts;
  /** Seconds from Twilio's acceptance to the right secret, of those in time; null where that is not kept. */
  timeToConfirm: Histogram | null;
  /** Seconds from Twilio's acceptance to the first delivery receipt. */
  delivery: Histogram | null;
  /** By currency. */
  spend: Map<string, Spent>;
  /** By Twilio's code, "" where it gave none. */
  errors: Map<string, number>;
  refusals: Map<string, number>;
}

export interface Tally {
  /** Index into the question's periods. */
  period: number;
  /** Index into the question's bucket starts. */
  bucket?: number;
  country?: string;
  /** "" is the unknown one. */
  network?: string;
  action?: string;
  all: Measured;
  /** The part in mature quarter-hours: no confirmation in time can come to these any more. */
  mature: Measured;
}

/** A secret may be on its way back this long after it expired, without being late. */
const MATURITY_MARGIN_SECONDS = 300;

/** Late confirmations are taken this long after expiry, see lib/verification/rules.ts. */
const FINAL_AFTER_SECONDS = 86_400;

/** Quarter-hours that begin before this are mature: they ended longer ago than a secret's lifetime and five minutes. */
export function matureUntil(): Date {
  return floor("quarter", secondsAfter(now(), -(env().CODE_TTL_SECONDS + MATURITY_MARGIN_SECONDS)));
}

/** Quarter-hours that begin before this are final: not even a late confirmation can come. */
export function finalUntil(): Date {
  return secondsAfter(matureUntil(), -FINAL_AFTER_SECONDS);
}

/** Answers a question; a group without anything in it has no tally. */
export async function ask(question: Question): Promise<Tally[]> {
  const [found] = await askTogether([question]);
  return found!;
}

/** Answers several questions, all of the same moment: in one statement. */
export async function askTogether(questions: readonly Question[]): Promise<Tally[][]> {
  const cut = matureUntil();
  const [{ answers }] = await db().$queryRaw<[{ answers: Answer[] }]>`
    select json_build_array(${join(questions.map((question) => sql`(${answerTo(question, cut)})`))}) as answers`;
  return questions.map((question, i) => assemble(answers[i]!, !withLatencies(question)));
}

function withLatencies(question: Question): boolean {
  return !question.only && keepsLatencies(question);
}

/** A query for one JSON object with everything that answers a question. */
function answerTo(question: Question, cut: Date): Sql {
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

  const rows = (query: Sql | null) =>
    query ? sql`(select coalesce(json_agg(r), '[]') from (${query}) r)` : sql`'[]'::json`;
  return sql`
    with stretch (period, "from", "to") as (values ${periodValues(question)}),
    piece (period, mature, span, "from", "to") as (values ${pieceValues(question, cut)})
    select json_build_object('counts', ${rows(counts)}, 'latencies', ${rows(withLatencies(question) ? latencies : null)},
      'details', ${rows(only ? null : details)})`;
}

/** Whether a question's answer has latencies: their cells have no network, so what asks for one gets none. */
export function keepsLatencies({ filters, by = [] }: Pick<Question, "filters" | "by">): boolean {
  return asksMessages(filters) || scopeOf(filters, by) !== "network";
}

/** What a delta adds to a histogram, as one of its own. */
function unitHistogram(kind: "time_to_confirm" | "delivery"): Sql {
  return sql`case kind when ${raw(`'${kind}'`)} then array_fill(0, array[key::int - 1]) || n end`;
}

type Key = Pick<Tally, "period" | "bucket" | "country" | "network" | "action"> & { mature: boolean };

interface Answer {
  counts: (Key & Counts & Partial<UsdSpend>)[];
  latencies: (Key & Record<"timeToConfirm" | "delivery", (number | null)[]>)[];
  details: (Key & {
    kind: "error" | "refusal" | "spend";
    key: string;
    n: number;
    amount: number;
    confirmedAmount: number;
  })[];
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

function assemble({ counts, latencies, details }: Answer, withoutLatencies: boolean): Tally[] {
  const found = new Map<string, Tally>();
  const measuredOf = (row: Key): [Measured] | [Measured, Measured] => {
    const { period, bucket, country, network, action } = row;
    const id = [period, bucket, country, network, action].join("\n");
    let tally = found.get(id);
    if (!tally) {
      tally = {
        period,
        bucket,
        country,
        network,
        action,
        all: nothingMeasured(withoutLatencies),
        mature: nothingMeasured(withoutLatencies),
      };
      found.set(id, tally);
    }
    return row.mature ? [tally.all, tally.mature] : [tally.all];
  };
  for (const row of counts) {
    const { usdPriced: priced = 0, usdAmount: amount = 0, usdConfirmedAmount: confirmedAmount = 0 } = row;
    for (const measured of measuredOf(row)) {
      addCounts(measured.counts, row);
      if (priced > 0) addSpent(measured.spend, "USD", { priced, amount, confirmedAmount });
    }
  }
  for (const row of latencies) {
    for (const { timeToConfirm, delivery } of measuredOf(row)) {
      addHistogram(timeToConfirm!, row.timeToConfirm);
      addHistogram(delivery!, row.delivery);
    }
  }
  for (const row of details) {
    for (const measured of measuredOf(row)) {
      if (row.kind === "spend") addSpent(measured.spend, row.key, { ...row, priced: row.n });
      else addTo(row.kind === "error" ? measured.errors : measured.refusals, row.key, row.n);
    }
  }
  return [...found.values()];
}

/** What several tallies have together. */
export function totalOf(tallies: readonly Tally[]): Pick<Tally, "all" | "mature"> {
  const withoutLatencies = tallies.some(({ all }) => all.timeToConfirm === null);
  const total = { all: nothingMeasured(withoutLatencies), mature: nothingMeasured(withoutLatencies) };
  for (const { all, mature } of tallies) {
    addMeasured(total.all, all);
    addMeasured(total.mature, mature);
  }
  return total;
}

function addMeasured(total: Measured, more: Measured): void {
  addCounts(total.counts, more.counts);
  if (more.timeToConfirm) addHistogram(total.timeToConfirm!, more.timeToConfirm);
  if (more.delivery) addHistogram(total.delivery!, more.delivery);
  for (const [currency, spent] of more.spend) addSpent(total.spend, currency, spent);
  for (const [code, n] of more.errors) addTo(total.errors, code, n);
  for (const [code, n] of more.refusals) addTo(total.refusals, code, n);
}

/** @param withoutLatencies where they are not kept */
export function nothingMeasured(withoutLatencies = false): Measured {
  return {
    counts: noCounts(),
    timeToConfirm: withoutLatencies ? null : [],
    delivery: withoutLatencies ? null : [],
    spend: new Map(),
    errors: new Map(),
    refusals: new Map(),
  };
}

function addTo(counts: Map<string, number>, key: string, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}

function addSpent(spend: Map<string, Spent>, currency: string, more: Spent): void {
  const before = spend.get(currency) ?? { priced: 0, amount: 0, confirmedAmount: 0 };
  spend.set(currency, {
    priced: before.priced + more.priced,
    amount: before.amount + more.amount,
    confirmedAmount: before.confirmedAmount + more.confirmedAmount,
  });
}
