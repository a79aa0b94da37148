/**
 * All reports, asked for as programs ask, next to a recount: where they differ, and where they contradict themselves.
 */
import { dispatch } from "./routes";
import {
  exactPercentile,
  failuresOf,
  localBuckets,
  partOf,
  partsBy,
  recount,
  together,
  type FilterValues,
  type Interval,
  type Recounted,
  type Seen,
  type Stretch,
} from "./insights-recount";

/* eslint-disable @typescript-eslint/no-explicit-any -- JSON of answers under test */

type Params = Record<string, string | string[] | undefined>;

const ORIGIN = "http://reports.test";

export function reportRequest(path: string, params: Params = {}, headers?: Record<string, string>): Request {
  const url = new URL(`/api/insights/${path}`, ORIGIN);
  for (const [name, values] of Object.entries(params)) {
    for (const value of [values ?? []].flat()) url.searchParams.append(name, value);
  }
  return new Request(url, { headers });
}

/** A row of a report, as JSON has it. */
export type Row = any;

/** A report as JSON has it; which lists it has depends on the report. */
export interface Body {
  rows: Row[];
  gains: Row[];
  networks: Row[];
  actions: Row[];
  [name: string]: any;
}

/** A report as JSON. @throws {Error} with the problem when it is not answered */
export async function report(path: string, params: Params = {}): Promise<Body> {
  const response = await dispatch(reportRequest(path, params));
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} ${JSON.stringify(params)}: ${text}`);
  return JSON.parse(text) as Body;
}

/** A report as a file, a record per line by the header's names. */
export async function reportFile(path: string, params: Params = {}): Promise<Record<string, string>[]> {
  const response = await dispatch(reportRequest(path, { ...params, format: "csv" }));
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} ${JSON.stringify(params)}: ${text}`);
  return csvRecords(text);
}

/** A small reader of RFC 4180: one character after the other. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[(i += 1)]!;
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ",") {
      line.push(cell);
      cell = "";
    } else if (char === "\r" && text[i + 1] === "\n") {
      lines.push([...line, cell]);
      line = [];
      cell = "";
      i += 1;
    } else cell += char;
  }
  if (cell !== "" || line.length > 0) throw new Error("the last line of a file ends with CRLF");
  return lines;
}

export function csvRecords(text: string): Record<string, string>[] {
  const [header = [], ...lines] = parseCsv(text);
  return lines.map((line) => {
    if (line.length !== header.length) throw new Error(`a line has ${line.length} cells: ${line.join()}`);
    return Object.fromEntries(header.map((name, i) => [name, line[i]!]));
  });
}

export interface Choice extends Stretch {
  tz: string;
  interval: Interval;
  by: "country" | "network";
  compare: "previous" | "week" | "none";
  filters: FilterValues;
}

function paramsOf({ from, to, tz, compare, filters }: Choice): Params {
  return { from: from.toISOString(), to: to.toISOString(), tz, compare, ...filters };
}

/**
 * Compares every report of a choice with the recount.
 *
 * @param kept what retention has deleted: it stays in everything that is not counted by blocks
 * @returns a line for each difference
 */
export async function reportDifferences(
  choice: Choice,
  live: Seen,
  kept: Seen,
  now: Date,
): Promise<string[]> {
  const byBlock = asksMessages(choice);
  const byNetwork = filtersBy("network", choice);
  const seen = byBlock ? live : together(live, kept);
  const found: string[] = [];
  const note = (about: string, lines: string[]) => found.push(...lines.map((line) => `${about}: ${line}`));
  const params = paramsOf(choice);
  const all = partOf(seen, choice, choice.filters);
  const withLatencies = byBlock || !byNetwork;
  const expected = recount(all, now);

  const summary = await report("summary", params);
  note("summary", rowDifferences(summary["current"], expected, withLatencies));
  note("summary", contradictions(summary["current"]));
  if (summary["previous"]) {
    const earlier = partOf(seen, stretchOf(summary["previousRange"]), choice.filters);
    const before = recount(earlier, now);
    note("previous", rowDifferences(summary["previous"], before, withLatencies));
    const [a, b] = [expected.rates["conversion"] ?? null, before.rates["conversion"] ?? null];
    const change = a === null || b === null ? null : a - b;
    note("change", difference("conversion", summary["change"].conversion, change));
    const lost = change === null ? null : -change * expected.mature.attempted;
    note("change", difference("lost", summary["change"].lost, lost));
  }
  const summaryFile = await reportFile("summary", params);
  note(
    "summary file",
    fileDifferences([summary["current"], summary["previous"]].filter(Boolean), summaryFile),
  );

  note("timeseries", await seriesDifferences(choice, seen, now, withLatencies, summary["current"]));
  note("destinations", await destinationDifferences(choice, all, expected, now, byBlock));
  note("errors", await errorDifferences(params, all, seen, choice.filters));

  const country = choice.filters.country?.[0] ?? all.messages[0]?.country;
  if (country) note(country, await countryDifferences(country, choice, seen, now, withLatencies, byBlock));
  const blocks = await report("blocks", { ...params, compare: undefined, limit: "1000" });
  note("blocks", blockDifferences(blocks, partOf(live, choice, choice.filters), now));
  note("messages", await logDifferences(params, partOf(live, choice, choice.filters)));
  const { compare: _, ...uncompared } = params;
  const feedback = await report("feedback", uncompared);
  note("feedback", difference("confirmed", feedback["confirmed"], expected.counts.confirmed));
  note("feedback", difference("reported", feedback["reported"], expected.counts.reported));
  note("changes", await changeDifferences(choice, all, seen, now));
  return found;
}

/** One country's report: everything in it is of the same messages. */
async function countryDifferences(
  country: string,
  choice: Choice,
  seen: Seen,
  now: Date,
  withLatencies: boolean,
  byBlock: boolean,
): Promise<string[]> {
  const { country: _, "country!": __, ...params } = paramsOf(choice) as Params & Choice["filters"];
  const detail = await report(`destinations/${country}`, params);
  const filters = { ...choice.filters, country: [country], "country!": [] };
  const part = partOf(seen, choice, filters);
  const expected = recount(part, now);
  const { attempted, refused, unknown, delivered, confirmed, reported } = expected.counts;
  const funnel = {
    requested: attempted + refused + unknown,
    accepted: attempted,
    delivered,
    confirmed,
    reported,
  };
  const bins = detail["timeToConfirm"] as Row[];
  const inBins = bins.reduce((sum: number, bin) => sum + bin.messages, 0);
  const actions = partsBy(part, (row) => row.action);
  const before = detail["previousRange"] && partOf(seen, stretchOf(detail["previousRange"]), filters);
  return [
    ...rowDifferences(detail["current"], expected, withLatencies),
    ...tableDifferences(detail.networks, part, "network", now, byBlock),
    ...Object.entries(funnel).flatMap(([step, n]) => difference(`funnel ${step}`, detail["funnel"][step], n)),
    ...(detail["current"].timeToConfirm === null
      ? []
      : difference("bins", inBins, detail["current"].timeToConfirm.n)),
    ...difference("actions", detail.actions.length, actions.size),
    ...detail.actions.flatMap((row) => {
      const counted = recount(actions.get(row.action) ?? { messages: [], verifications: [] }, now);
      return rowDifferences(row, counted, withLatencies).map((line) => `${row.action} ${line}`);
    }),
    ...errorRowDifferences(detail["errors"], part, before),
  ];
}

/** The log: every message of the range that the filters leave, newest first. */
async function logDifferences(params: Params, part: Seen): Promise<string[]> {
  const { compare: _, ...given } = params;
  const file = await reportFile("messages", given);
  const expected = [...part.messages].sort(
    (a, b) => b.requestedAt.getTime() - a.requestedAt.getTime() || (a.id < b.id ? 1 : -1),
  );
  const ids = file.map(({ id }) => id).join(" ");
  return ids === expected.map(({ id }) => id).join(" ")
    ? []
    : [`${file.length} messages, or others or in another order, instead of ${expected.length}`];
}

/** What changed: the destinations that lost beyond noise, each with the figures of the table, most first. */
async function changeDifferences(choice: Choice, all: Seen, seen: Seen, now: Date): Promise<string[]> {
  const answer = await report("changes", paramsOf(choice));
  const earlier = answer["previousRange"]
    ? partOf(seen, stretchOf(answer["previousRange"]), choice.filters)
    : { messages: [], verifications: [] };
  const [after, before] = [all, earlier].map((part) => partsBy(part, (row) => row.country));
  const lost = answer.rows.map((row: Row) => row.change.lost as number);
  const rows = [...answer.rows, ...answer.gains].flatMap((row: Row) => {
    const [counted, then] = [after!, before!].map((parts) =>
      recount(parts.get(row.country) ?? { messages: [], verifications: [] }, now),
    );
    const change = (counted!.rates["conversion"] ?? NaN) - (then!.rates["conversion"] ?? NaN);
    return [
      ...difference("attempted", row.attempted, counted!.counts.attempted),
      ...difference("change", row.change.conversion, change),
      ...difference("lost", row.change.lost, -change * counted!.mature.attempted),
      ...difference("low sample", Number(row.lowSample), 0),
    ].map((line) => `${row.country} ${line}`);
  });
  const inOrder = lost.every((n: number, i: number) => n > 0 && (i === 0 || n <= lost[i - 1]!));
  return [...rows, ...(inOrder ? [] : [`in the order ${lost.join(" ")}`])];
}

const stretchOf = ({ from, to }: { from: string; to: string }) => ({
  from: new Date(from),
  to: new Date(to),
});

async function seriesDifferences(
  choice: Choice,
  seen: Seen,
  now: Date,
  withLatencies: boolean,
  total: any,
): Promise<string[]> {
  const params = { ...paramsOf(choice), interval: choice.interval };
  const series = await report("timeseries", params);
  const lines = seriesLines(series.rows, seen, choice, choice, now, withLatencies);
  if (series["previous"]) {
    const range = stretchOf(series["previousRange"]);
    const before = seriesLines(series["previous"], seen, range, choice, now, withLatencies);
    lines.push(...before.map((line) => `previous ${line}`));
  }
  for (const name of Object.keys(total)) {
    if (typeof total[name] !== "number" || !Number.isInteger(total[name]) || isRate(name)) continue;
    const sum = series.rows.reduce((all: number, row) => all + row[name], 0);
    lines.push(...difference(`sum of ${name}`, sum, total[name]));
  }
  return [...lines, ...fileDifferences(series.rows, await reportFile("timeseries", params))];
}

function seriesLines(
  rows: Row[],
  seen: Seen,
  range: Stretch,
  { tz, interval, filters }: Choice,
  now: Date,
  withLatencies: boolean,
): string[] {
  const buckets = localBuckets(range, tz, interval);
  const names = (list: Stretch[]) => list.map(({ from, to }) => `${from.toISOString()}/${to.toISOString()}`);
  const given = rows.map(({ start, end }) => ({ from: new Date(start), to: new Date(end) }));
  if (names(given).join() !== names(buckets).join()) {
    return [`buckets ${names(given).join(" ")} instead of ${names(buckets).join(" ")}`];
  }
  const within = partOf(seen, range, filters);
  return buckets.flatMap((bucket, i) => {
    const row = rows[i];
    const counted = recount(partOf(within, bucket), now);
    const name = bucket.from.toISOString();
    const last = new Date(bucket.to.getTime() - 1);
    const settled = now.getTime() - bucket.to.getTime() >= 900_000;
    return [
      ...rowDifferences({ ...row, mature: row.matureCounts }, counted, withLatencies),
      ...contradictions(row),
      ...difference("mature", Number(row.mature), Number(settled)),
      ...difference(
        "final",
        Number(row.final),
        Number(now.getTime() - last.getTime() > 900_000 + 86_400_000),
      ),
    ].map((line) => `${name} ${line}`);
  });
}

async function destinationDifferences(
  choice: Choice,
  all: Seen,
  expected: Recounted,
  now: Date,
  byBlock: boolean,
): Promise<string[]> {
  const params = { ...paramsOf(choice), by: choice.by };
  const table = await report("destinations", params);
  const sums = Object.keys(expected.counts).flatMap((name) => {
    const sum = table.rows.reduce((total: number, row) => total + row[name], 0);
    return difference(`sum of ${name}`, sum, table["totals"][name]);
  });
  const withLatencies = byBlock || (choice.by === "country" && !filtersBy("network", choice));
  return [
    ...sums,
    ...tableDifferences(table.rows, all, choice.by, now, byBlock, filtersBy("network", choice)),
    ...rowDifferences(table["totals"], expected, withLatencies).map((line) => `totals ${line}`),
    ...difference("count", table["count"], table.rows.length),
    ...fileDifferences(table.rows, await reportFile("destinations", params)),
  ];
}

/** Whether cells do not know what is asked for. */
function asksMessages(choice: Choice): boolean {
  const { confirmed } = choice.filters;
  return (
    confirmed !== undefined ||
    (["block", "status", "errorCode"] as const).some((name) => filtersBy(name, choice))
  );
}

function filtersBy(name: "network" | "block" | "status" | "errorCode", { filters }: Choice): boolean {
  return [...(filters[name] ?? []), ...(filters[`${name}!`] ?? [])].length > 0;
}

function tableDifferences(
  rows: Row[],
  all: Seen,
  by: "country" | "network",
  now: Date,
  byBlock: boolean,
  filtered = false,
): string[] {
  const key = (row: { country: string; network?: string | null }) =>
    by === "network" ? `${row.country} ${row.network ?? "unknown"}` : row.country;
  const parts = partsBy(all, key);
  const attempted = recount(all, now).counts.attempted;
  const unknown = rows.filter((row) => !parts.has(key(row))).map((row) => `row ${key(row)} of nothing`);
  const lines = [...parts].flatMap(([name, part]) => {
    const row = rows.find((candidate) => key(candidate) === name);
    const counted = recount(part, now);
    if (!row) {
      // A group of nothing but verifications that never had a SID counts for nothing.
      const nothing = Object.values(counted.counts).every((n) => n === 0);
      return nothing ? [] : [`no row ${name}`];
    }
    const withLatencies = byBlock || (by === "country" && !filtered);
    const share = attempted === 0 ? null : counted.counts.attempted / attempted;
    return [
      ...rowDifferences(row, counted, withLatencies),
      ...contradictions(row),
      ...difference("share", row.share, share),
    ].map((line) => `${name} ${line}`);
  });
  return [...unknown, ...lines];
}

async function errorDifferences(
  params: Params,
  all: Seen,
  seen: Seen,
  filters: FilterValues,
): Promise<string[]> {
  const { rows, previousRange } = await report("errors", params);
  const before = previousRange && partOf(seen, stretchOf(previousRange), filters);
  return [
    ...errorRowDifferences(rows, all, before),
    ...fileDifferences(rows, await reportFile("errors", params)),
  ];
}

/** @param before null where nothing is compared with */
function errorRowDifferences(rows: Row[], now: Seen, before: Seen | null): string[] {
  const [failures, earlier] = [failuresOf(now), before && failuresOf(before)];
  const given = new Map(rows.map((row) => [`${row.kind} ${row.code}`, row]));
  const ofKind = (kind: string) =>
    [...failures].filter(([key]) => key.startsWith(kind)).reduce((sum, [, n]) => sum + n, 0);
  return [...new Set([...failures.keys(), ...(earlier?.keys() ?? []), ...given.keys()])].flatMap((key) => {
    const row = given.get(key);
    const n = failures.get(key) ?? 0;
    const all = ofKind(key.split(" ")[0]!);
    return [
      ...difference(key, row?.messages, n),
      ...difference(`${key} before`, row?.previous, earlier ? (earlier.get(key) ?? 0) : null),
      ...difference(`${key} share`, row?.share, all === 0 ? null : n / all),
    ];
  });
}

function blockDifferences(answer: Body, part: Seen, now: Date): string[] {
  const parts = partsBy(part, (row) => row.block);
  const lines = [...parts].flatMap(([block, seen]) => {
    const row = answer.rows.find((candidate) => candidate.block === block);
    if (!row) return [`no row ${block}`];
    return rowDifferences(row, recount(seen, now), false).map((line) => `${block} ${line}`);
  });
  return [...lines, ...difference("rows", answer.rows.length, parts.size)];
}

const RATES = [
  "conversion",
  "conversionLow",
  "conversionHigh",
  "inTimeConversion",
  "deliveredConversion",
  "successRate",
  "resendRate",
  "recoveryRate",
  "priceCoverage",
  "feedbackCoverage",
];
const isRate = (name: string) => RATES.includes(name);

/** Where a row of a report is not what was counted. */
function rowDifferences(row: Row, expected: Recounted, withLatencies: boolean): string[] {
  const { counts, mature, rates, lowSample, timeToConfirm, deliveryLatency, spend } = expected;
  return [
    ...Object.entries(counts).flatMap(([name, n]) => difference(name, row[name], n)),
    ...Object.entries(row.mature as Record<string, number>).flatMap(([name, n]) =>
      difference(`mature.${name}`, n, mature[name as keyof typeof mature]),
    ),
    ...Object.entries(rates).flatMap(([name, rate]) => difference(name, row[name], rate)),
    ...difference("lowSample", Number(row.lowSample), Number(lowSample)),
    ...latencyDifferences("timeToConfirm", row.timeToConfirm, timeToConfirm, withLatencies),
    ...latencyDifferences("deliveryLatency", row.deliveryLatency, deliveryLatency, withLatencies),
    ...difference("currencies", row.spend.length, spend.length),
    ...spend.flatMap((spent) => {
      const given = (row.spend as any[]).find(({ currency }) => currency === spent.currency);
      return (["priced", "amount", "costPerConversion", "wasted"] as const).flatMap((name) =>
        difference(`spend.${spent.currency}.${name}`, given?.[name], spent[name]),
      );
    }),
  ];
}

/** Rates to within what the rounded 1.96 of an interval moves them. */
function difference(name: string, given: unknown, expected: number | null | undefined): string[] {
  const same =
    given === expected ||
    (typeof given === "number" &&
      typeof expected === "number" &&
      Math.abs(given - expected) <= 1e-7 * Math.max(1, Math.abs(expected)));
  return same ? [] : [`${name} is ${String(given)} instead of ${String(expected)}`];
}

const SHARES: Record<string, number> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

function latencyDifferences(name: string, given: any, ascending: number[], kept: boolean): string[] {
  if (!kept) {
    return given === null ? [] : [`${name} is ${JSON.stringify(given)}, and is not kept of networks`];
  }
  return [
    ...difference(`${name}.n`, given?.n, ascending.length),
    ...Object.keys(given ?? {})
      .filter((key) => key in SHARES)
      .flatMap((key) => {
        const exact = exactPercentile(ascending, SHARES[key]!);
        return inOneBin(given[key], exact) ? [] : [`${name}.${key} is ${given[key]} instead of ${exact}`];
      }),
  ];
}

/** Bins are 1.2 times as wide as the one before, the first up to half a second, the last open from 40,570 s on. */
function inOneBin(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  const [less, more] = a < b ? [a, b] : [b, a];
  return more <= 0.5 || less >= 40_570 || more / less <= 1.2025;
}

/** Where a row contradicts itself. */
export function contradictions(row: Row): string[] {
  const groups = row.statusOk + row.errors + row.inFlight + row.canceled;
  const lines: string[] = [];
  if (groups !== row.attempted) lines.push(`the groups sum to ${groups} of ${row.attempted} attempted`);
  if (row.confirmed > row.attempted) lines.push(`${row.confirmed} of ${row.attempted} are confirmed`);
  if (row.late > row.confirmed) lines.push(`${row.late} of ${row.confirmed} are late`);
  for (const name of RATES) {
    const rate = row[name];
    if (rate !== null && !(rate >= 0 && rate <= 1)) lines.push(`${name} is ${rate}`);
  }
  for (const [name, n] of Object.entries(row)) {
    if (typeof n === "number" && n < 0) lines.push(`${name} is ${n}`);
  }
  return lines;
}

/** Where a file is not what the JSON says: each of its cells, by the dotted name of its column. */
export function fileDifferences(rows: Row[], records: Record<string, string>[]): string[] {
  if (rows.length !== records.length) return [`a file with ${records.length} of ${rows.length} rows`];
  return rows.flatMap((row, i) =>
    Object.entries(records[i]!).flatMap(([name, text]) => {
      if (name === "period" || name.startsWith("range.")) return [];
      const value = valueAt(row, name);
      const expected = value === null || value === undefined ? "" : String(value);
      const safe = /^[=+@-]/.test(expected) && typeof value === "string" ? `'${expected}` : expected;
      return text === safe ? [] : [`row ${i} of the file: ${name} is ${text} instead of ${safe}`];
    }),
  );
}

function valueAt(row: Row, name: string): string | number | boolean | null | undefined {
  const [first, currency, field] = name.split(".");
  if (first === "spend") return (row.spend as any[]).find((spent) => spent.currency === currency)?.[field!];
  return name.split(".").reduce((value, key) => value?.[key], row);
}
