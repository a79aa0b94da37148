/** One size's comparison: all sides agree, then all are timed. */
import { now } from "@/lib/clock";
import { roundOutward, type Range } from "@/lib/insights/asking/range";
import { DAY } from "@/lib/terms/durations";
import type { Compare } from "@/lib/terms/ranges";
import { matureUntil } from "@/lib/insights/counting/maturity";
import { Fault } from "../../support/fault";
import { agree } from "./agreement";
import type { App } from "../support/app";
import { BENCH_SENDER, HISTORY_DAYS } from "../support/history";
import { timed, timeInRounds, type Subject, type Times } from "../support/measure";
import type { Peer } from "./peers";
import { countsOnly, REPORT_WORDS, REPORTS, wholeAnswer, type Report } from "./reports";
import { duration, spread, table, times } from "../support/table";

/** Who answered: ours, or a peer by its name. */
const OURS = "ours, lib";
const OURS_HTTP = "ours, HTTP";
const OURS_OF_SENDER = "ours, lib, of one sender";
const OURS_COMPARED = "ours, lib, with the 90 days before";
const OURS_HTTP_COMPARED = "ours, HTTP, with the 90 days before";

export type Scope = "counts" | "whole";

export interface Comparison {
  messages: number;
  report: Report;
  scope: Scope;
  sides: Record<string, Times>;
}

/** The 90 days that end now. */
export function benchmarkedRange(): Range {
  const until = now();
  const from = new Date(until.getTime() - HISTORY_DAYS * DAY);
  return { ...roundOutward(from, until), tz: "UTC" };
}

/** What the peers need to know to answer the same. */
export function peerTimes({ from, to }: Range) {
  return { from, to, mature: matureUntil() };
}

/** Each side is asked in this many rounds, interleaved. */
const ROUNDS = 5;

/** In a round, something quick is asked this often, something slow once. */
const QUICK_REPETITIONS = 6;
const QUICK_MS = 200;

/** In one of the fewer rounds that slow sides are asked in. */
const FEWER_ROUNDS = 3;
const SLOW_MS = 3_000;

/** @throws {Fault} when two sides differ in a figure */
export async function compareAll(
  messages: number,
  { range, peers, app }: { range: Range; peers: Peer[]; app?: App },
  onProgress: (line: string) => void,
): Promise<Comparison[]> {
  const off = await checkAgreement(range, peers);
  onProgress(
    `all sides agree on every count and amount; our percentiles are at most ${(off * 100).toFixed(1)} % off`,
  );
  const comparisons: Comparison[] = [];
  for (const report of REPORTS) {
    for (const scope of ["counts", "whole"] as const) {
      onProgress(`timing: ${REPORT_WORDS[report]}, ${SCOPE_WORDS[scope]}`);
      const work =
        scope === "counts" ? countsSubjects(report, range, peers) : wholeSubjects(report, range, peers, app);
      comparisons.push({ messages, report, scope, sides: await timeAll(work) });
    }
  }
  return comparisons;
}

/** @returns how far off a percentile of ours is at most, as a share */
async function checkAgreement(range: Range, peers: Peer[]): Promise<number> {
  let furthest = 0;
  for (const report of REPORTS) {
    const [counts, whole] = [await countsOnly(report, range), await wholeAnswer(report, range)];
    agree(`${report}, our counts and our whole answer`, counts, whole);
    for (const peer of peers) {
      agree(`${report}, ours and ${peer.name}`, counts, await peer.counts(report));
      const [exact] = peer.whole;
      const off = agree(`${report}, ours and ${exact.name}`, whole, await exact.answer(report));
      furthest = Math.max(furthest, off);
    }
  }
  return furthest;
}

type Work = Record<string, () => Promise<unknown>>;

function countsSubjects(report: Report, range: Range, peers: Peer[]): Work {
  return {
    [OURS]: () => countsOnly(report, range),
    ...Object.fromEntries(peers.map((peer) => [peer.name, () => peer.counts(report)])),
  };
}

function wholeSubjects(report: Report, range: Range, peers: Peer[], app?: App): Work {
  const ways = peers.flatMap((peer) => peer.whole);
  return {
    [OURS]: () => wholeAnswer(report, range),
    ...(app && { [OURS_HTTP]: () => overHttp(app, report, range) }),
    [OURS_OF_SENDER]: () =>
      wholeAnswer(report, range, { filters: { sender: { in: [BENCH_SENDER], notIn: [] } } }),
    [OURS_COMPARED]: () => wholeAnswer(report, range, { compare: "previous" }),
    ...(app && { [OURS_HTTP_COMPARED]: () => overHttp(app, report, range, "previous") }),
    ...Object.fromEntries(ways.map(({ name, answer }) => [name, () => answer(report)])),
  };
}

/** Every destination of a history is on one page of the answer. */
const ANSWER_LIMIT = 500;

/** Asks the app and reads the whole answer. */
async function overHttp(
  { origin }: App,
  report: Report,
  { from, to }: Range,
  compare: Compare = "none",
): Promise<void> {
  const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), compare });
  if (report === "timeseries") query.set("interval", "day");
  if (report === "destinations") query.set("limit", String(ANSWER_LIMIT));
  const response = await fetch(`${origin}/api/insights/${report}?${query}`);
  const body = await response.text();
  if (!response.ok) throw new Fault(`/api/insights/${report} answers ${response.status}: ${body}`);
}

async function timeAll(work: Work): Promise<Record<string, Times>> {
  const subjects: Record<string, Subject> = {};
  let slowest = 0;
  for (const [name, run] of Object.entries(work)) {
    let estimate = await timed(run);
    // The first time, something quick may have been slow.
    if (estimate < SLOW_MS) estimate = await timed(run);
    slowest = Math.max(slowest, estimate);
    subjects[name] = { run, repetitions: estimate < QUICK_MS ? QUICK_REPETITIONS : 1 };
  }
  return timeInRounds(subjects, slowest < SLOW_MS ? ROUNDS : FEWER_ROUNDS);
}

const SCOPE_WORDS: Record<Scope, string> = {
  counts: "counts of messages only",
  whole: "the whole answer",
};

/** Our own times, through the library: every comparison has them. */
export function oursOf({ sides }: Comparison): Times {
  const ours = sides[OURS];
  if (!ours) throw new Fault("A comparison lacks our own side.");
  return ours;
}

/** The same of one sender's messages; undefined where only counts were compared. */
export function oursOfSender({ sides }: Comparison): Times | undefined {
  return sides[OURS_OF_SENDER];
}

/** A comparison as text; a ratio says how many times as long as ours through the library. */
export function comparisonText(comparison: Comparison): string {
  const { messages, report, scope, sides } = comparison;
  const ours = oursOf(comparison);
  const rows = Object.entries(sides).map(([name, each]) => [
    name,
    duration(each.median),
    spread(each),
    times(each.median / ours.median),
    String(each.repetitions),
  ]);
  const title = `${REPORT_WORDS[report]}, ${SCOPE_WORDS[scope]}, ${messages.toLocaleString("en")} messages`;
  return `${title}\n${table([["", "median", "p10 – p90", "of ours", "n"], ...rows])}`;
}
