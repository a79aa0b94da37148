/** What sign-ins take in quiet, and while many slow reports are asked for. */
import { fork } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Fault } from "../../support/fault";
import { duration, table, times } from "../support/table";
import { at } from "./quantile";
import { ORDER_VARIABLE, REPORTS_A_SECOND, SIEGES, type Order, type Siege } from "./sieges";
import { get, post, type Target } from "./target";

/** Sign-ins begin so often a second. */
const SIGN_INS_A_SECOND = 4;

/** A sign-in is given up after this, as by a person, in milliseconds. */
const SIGN_IN_PATIENCE_MS = 20_000;

const Started = z.object({ id: z.string() });

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
    const besieging = await besiege(target, siege, seconds);
    const busy = await signInsFor(target, seconds);
    rows.push(rowOf(siege.name, busy, quiet, await besieging.answers));
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

/**
 * Who asks for reports is another process, and gives way: in the field they have machines of their own.
 *
 * @returns once it has begun; what was answered comes when it has ended
 */
async function besiege(
  { origin, key }: Target,
  siege: Siege,
  seconds: number,
): Promise<{ answers: Promise<string> }> {
  const order: Order = { origin, key, siege: siege.name, seconds };
  const child = fork(fileURLToPath(new URL("besieger.ts", import.meta.url)), {
    env: { ...process.env, [ORDER_VARIABLE]: JSON.stringify(order) },
  });
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  const ended = once(child, "exit").then(() => {
    throw new Fault("Whoever was to ask for reports ended without a word.");
  });
  const word = async () => String((await Promise.race([once(child, "message"), ended]))[0]);
  await word();
  return { answers: word() };
}

/** Until a report is answered at once again: what one siege left behind is not the next one's. */
async function untilQuiet(target: Target): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { status, ms } = await get(target, "/api/insights/summary?range=24h", AbortSignal.timeout(30_000));
    if (status === 200 && ms < 500) return;
    await sleep(1_000);
  }
}
