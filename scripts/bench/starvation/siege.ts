/** What sign-ins take in quiet, and while many slow reports are asked for. */
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { DAY, QUARTER } from "@/lib/terms/durations";
import { duration, table, times } from "../support/table";
import { get, post, type Target } from "./target";

/** Sign-ins begin so often, and slow reports are asked for so often, a second. */
const SIGN_INS_A_SECOND = 4;
const REPORTS_A_SECOND = 50;

/** A sign-in is given up after this, as by a person; a report by no client sooner. In milliseconds. */
const SIGN_IN_PATIENCE_MS = 20_000;
const REPORT_PATIENCE_MS = 30_000;

/** More of them than these at once are not asked for: the machine that asks is this one. */
const MOST_AT_ONCE = 400;

/** What is asked for, all over some 90 days: counted from messages, and as long as they come. */
const SIEGES: readonly Siege[] = [
  { name: "confirmed=true", path: () => "/api/insights/summary?range=90d&confirmed=true", abort: false },
  {
    name: "the same, each of another range",
    path: (n) =>
      `/api/insights/summary?from=${new Date(Date.now() - 90 * DAY + n * QUARTER).toISOString()}&confirmed=true`,
    abort: false,
  },
  { name: "its page", path: () => "/?range=90d&confirmed=true", abort: false },
  {
    name: "the same, given up after 0.4 s",
    path: () => "/api/insights/summary?range=90d&confirmed=true",
    abort: true,
  },
  {
    name: "series of many buckets",
    path: () => "/api/insights/timeseries?range=90d&interval=hour",
    abort: false,
  },
  { name: "files of all messages", path: () => "/api/insights/messages?range=90d&format=csv", abort: false },
];

interface Siege {
  name: string;
  /** @param n which of its requests it is */
  path: (n: number) => string;
  /** Whether its clients give up at once. */
  abort: boolean;
}

const Started = z.object({ id: z.string() });

const GIVEN_UP_AFTER_MS = 400;

interface SignIns {
  starts: number[];
  checks: number[];
  failed: string[];
}

/** @returns the figures of a quiet time, and of each siege */
export async function siegeTable(
  target: Target,
  seconds: number,
  onProgress: (line: string) => void,
): Promise<string> {
  onProgress("the first sign-ins, which nobody counts");
  await signInsFor(target, 5);
  onProgress(`sign-ins in quiet, ${seconds} s`);
  const quiet = await signInsFor(target, seconds);
  const rows = [rowOf("in quiet", quiet, quiet, "")];
  onProgress(rows[0]?.slice(1).join(", ") ?? "");
  for (const siege of SIEGES) {
    onProgress(`sign-ins beside ${REPORTS_A_SECOND} reports a second: ${siege.name}, ${seconds} s`);
    const [busy, answers] = await Promise.all([signInsFor(target, seconds), askFor(target, siege, seconds)]);
    rows.push(rowOf(siege.name, busy, quiet, answers));
    onProgress(rows.at(-1)?.slice(1).join(", ") ?? "");
    await untilQuiet(target);
  }
  return [
    `Sign-ins, ${SIGN_INS_A_SECOND} begun a second, beside ${REPORTS_A_SECOND} reports a second over 90 days:`,
    table([
      [
        "",
        "start p50",
        "p95",
        "÷ quiet",
        "check p50",
        "p95",
        "÷ quiet",
        "sign-ins failed",
        "load",
        "reports' answers",
      ],
      ...rows,
    ]),
  ].join("\n");
}

function rowOf(name: string, signIns: SignIns, quiet: SignIns, answers: string): string[] {
  const { starts, checks, failed } = signIns;
  const figures = (taken: number[], before: number[]) => [
    duration(at(taken, 0.5)),
    duration(at(taken, 0.95)),
    times(at(taken, 0.95) / at(before, 0.95)),
  ];
  return [
    name,
    ...figures(starts, quiet.starts),
    ...figures(checks, quiet.checks),
    `${failed.length} of ${starts.length + failed.length}${failed.length ? ` (${[...new Set(failed)].join(", ")})` : ""}`,
    load(),
    answers,
  ];
}

/** How many processes ran or waited to, in the last minute: of a machine that has other things to do the figures say less. */
export function load(): string {
  return (os.loadavg()[0] ?? NaN).toFixed(1);
}

function at(taken: readonly number[], share: number): number {
  const sorted = [...taken].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

let numbers = 0;

async function signInsFor(target: Target, seconds: number): Promise<SignIns> {
  const done: SignIns = { starts: [], checks: [], failed: [] };
  const under: Promise<void>[] = [];
  const every = 1000 / SIGN_INS_A_SECOND;
  const start = performance.now();
  for (let i = 0; i < seconds * SIGN_INS_A_SECOND; i += 1) {
    await sleep(Math.max(0, start + i * every - performance.now()));
    under.push(signIn(target, done));
  }
  await Promise.all(under);
  return done;
}

async function signIn(target: Target, done: SignIns): Promise<void> {
  numbers += 1;
  const to = `+1415${2_100_000 + numbers}`;
  const patience = () => AbortSignal.timeout(SIGN_IN_PATIENCE_MS);
  const started = await post(target, "/api/verifications", { to }, patience());
  if (started.status !== 201) return void done.failed.push(`start ${started.status || "unanswered"}`);
  done.starts.push(started.ms);
  const { id } = Started.parse(JSON.parse(started.body));
  let code: string | undefined;
  for (let waits = 0; !(code = target.codeFor(to)) && waits < 100; waits += 1) await sleep(20);
  const checked = await post(target, `/api/verifications/${id}/checks`, { code: code ?? "" }, patience());
  if (checked.status !== 200) return void done.failed.push(`check ${checked.status || "unanswered"}`);
  done.checks.push(checked.ms);
}

/** Asks for reports at a steady pace, whatever becomes of those before, and tells what came. */
async function askFor(target: Target, { path, abort }: Siege, seconds: number): Promise<string> {
  const answers = new Map<string, number[]>();
  const firsts: number[] = [];
  let [under, unasked] = [0, 0];
  const all: Promise<void>[] = [];
  const one = async (n: number) => {
    under += 1;
    const { status, ms, first } = await get(
      target,
      path(n),
      AbortSignal.timeout(abort ? GIVEN_UP_AFTER_MS : REPORT_PATIENCE_MS),
    );
    under -= 1;
    const name = String(status || (abort ? "given up" : "none"));
    answers.set(name, [...(answers.get(name) ?? []), ms]);
    if (status === 200) firsts.push(first);
  };
  const start = performance.now();
  for (let i = 0; i < seconds * REPORTS_A_SECOND; i += 1) {
    await sleep(Math.max(0, start + (i * 1000) / REPORTS_A_SECOND - performance.now()));
    if (under >= MOST_AT_ONCE) unasked += 1;
    else all.push(one(i));
  }
  await Promise.all(all);
  const told = [...answers].map(
    ([status, taken]) => `${taken.length} × ${status} (p50 ${duration(at(taken, 0.5))})`,
  );
  if (firsts.length) told.push(`first byte p50 ${duration(at(firsts, 0.5))}`);
  if (unasked) told.push(`${unasked} not asked`);
  return told.join(", ");
}

/** Until a report is answered at once again: what one siege left behind is not the next one's. */
async function untilQuiet(target: Target): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { status, ms } = await get(target, "/api/insights/summary?range=24h", AbortSignal.timeout(30_000));
    if (status === 200 && ms < 500) return;
    await sleep(1_000);
  }
}
