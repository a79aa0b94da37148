/** Asks for reports at a steady pace, in a process of its own: the one that measures has to be on time. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { duration } from "../support/table";
import { at } from "./quantile";
import { ORDER_VARIABLE, REPORTS_A_SECOND, SIEGES, type Siege } from "./sieges";
import { get, type Target } from "./target";

const Order = z.object({ origin: z.url(), key: z.string(), siege: z.string(), seconds: z.number() });

/** A report is given up by no client sooner than this, unless it is of the impatient kind. In milliseconds. */
const REPORT_PATIENCE_MS = 30_000;
const GIVEN_UP_AFTER_MS = 400;

/** More of them than these at once are not asked for: the machine that asks is this one. */
const MOST_AT_ONCE = 400;

/** Asks for reports at a steady pace, whatever becomes of those before, and tells what came. */
async function askFor(
  target: Omit<Target, "codeFor">,
  { path, abort }: Siege,
  seconds: number,
): Promise<string> {
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

const order = Order.parse(JSON.parse(process.env[ORDER_VARIABLE] ?? ""));
const asked = SIEGES.find(({ name }) => name === order.siege);
if (!asked) throw new Error(`there is no siege ${order.siege}`);
process.send?.("begun");
process.send?.(await askFor(order, asked, order.seconds));
process.disconnect();
