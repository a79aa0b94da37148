/**
 * What the triggers cost: sends through the library, and bare inserts, with the triggers and without them in alternating blocks.
 * While they are on, deltas are folded every second, as the product does.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { Pool } from "pg";
import { now } from "@/lib/clock";
import { recordStatus } from "@/lib/delivery/record-status";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { startVerification } from "@/lib/verification/start";
import { createSimulator } from "@/simulator/server";
import { Fault } from "../../support/fault";
import { timesOf, type Times } from "../support/measure";

export interface Cost {
  what: string;
  /** Whether it is a send as the product makes it, rather than a statement of it. */
  isSend: boolean;
  /** Of one, in milliseconds. */
  on: Times;
  off: Times;
  /** With triggers ÷ without them: the median over pairs of blocks that follow each other. */
  ratio: number;
}

/** Pairs of blocks, one with triggers and one without. */
const PAIRS = 12;

/** What is before this has settled into caches and plans. */
const WARM_UP_PAIRS = 2;

const FOLD_EVERY_MS = 1_000;

/** Sends at the same time: as many as keep two cores busy. */
const CONCURRENCY = 4;

const SENDS_A_BLOCK = 200;
const INSERTS_A_BLOCK = 2_000;

const TABLES = ["message", "verification", "feedback"];

interface Work {
  what: string;
  isSend: boolean;
  /** Does it so many times. */
  block: () => Promise<void>;
  size: number;
}

/** @param simulated the configuration but for Twilio's origin, which is this function's to start */
export async function triggerCosts(
  client: Client,
  url: string,
  configure: (twilioOrigin: string) => void,
  onProgress: (line: string) => void,
): Promise<Cost[]> {
  // Its callbacks are made here, through the function that the app's route calls: the benchmark is of the database's part.
  const simulator = createSimulator({ pace: 1 });
  simulator.setFaults({ callbackLost: 1 });
  configure(await simulator.listen(0));
  const pool = new Pool({ connectionString: url, max: CONCURRENCY });
  pool.on("error", () => undefined);
  try {
    const costs: Cost[] = [];
    for (const work of [accepted(), delivered(), await inserted(client, pool)]) {
      onProgress(`what the triggers cost: ${work.what}`);
      costs.push(await compare(client, work));
      simulator.reset();
      simulator.setFaults({ callbackLost: 1 });
    }
    return costs;
  } finally {
    await pool.end();
    await simulator.close();
  }
}

async function compare(client: Client, work: Work): Promise<Cost> {
  const taken = { on: [] as number[], off: [] as number[] };
  for (let pair = 0; pair < PAIRS + WARM_UP_PAIRS; pair += 1) {
    // Whichever is first, the other is first in the next pair.
    for (const side of pair % 2 ? (["on", "off"] as const) : (["off", "on"] as const)) {
      const each = (await blockTime(client, work, side === "on")) / work.size;
      if (pair >= WARM_UP_PAIRS) taken[side].push(each);
    }
  }
  const ratios = taken.on.map((on, pair) => on / (taken.off[pair] ?? NaN));
  return {
    what: work.what,
    isSend: work.isSend,
    on: timesOf(taken.on),
    off: timesOf(taken.off),
    ratio: timesOf(ratios).median,
  };
}

async function blockTime(client: Client, { block }: Work, triggers: boolean): Promise<number> {
  for (const table of TABLES)
    await client.query(`ALTER TABLE ${table} ${triggers ? "ENABLE" : "DISABLE"} TRIGGER USER`);
  const stopping = new AbortController();
  const folding = triggers ? foldUntil(stopping.signal) : undefined;
  const start = performance.now();
  await block();
  const taken = performance.now() - start;
  stopping.abort();
  await folding;
  return taken;
}

async function foldUntil(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await foldDeltas();
    await sleep(FOLD_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

let numbers = 0;

/** A number that no send had before, so that no limit is reached. */
function nextNumber() {
  numbers += 1;
  const number = `+1415${2_000_000 + numbers}`;
  return { number, country: "US", network: null, block: number.slice(0, -3) };
}

async function startOne(): Promise<{ messageId: string; sid: string }> {
  const started = await startVerification({ recipient: nextNumber() });
  if (started.outcome !== "sent" || !started.message.sid) {
    throw new Fault(`A send failed: ${JSON.stringify(started)}`);
  }
  return { messageId: started.message.id, sid: started.message.sid };
}

function accepted(): Work {
  return {
    what: "a send, from the start to Twilio's acceptance",
    isSend: true,
    size: SENDS_A_BLOCK,
    block: () => concurrently(SENDS_A_BLOCK, startOne),
  };
}

function delivered(): Work {
  return {
    what: "a send with its callbacks, to delivery",
    isSend: true,
    size: SENDS_A_BLOCK,
    block: () =>
      concurrently(SENDS_A_BLOCK, async () => {
        const message = await startOne();
        for (const status of ["sent", "delivered"] as const) {
          await recordStatus({ ...message, status, errorCode: null, at: now() });
        }
      }),
  };
}

/** Rows of `message`, one a statement, that are as those of a send and need no verification of their own. */
async function inserted(client: Client, pool: Pool): Promise<Work> {
  const { rows } = await client.query<{ id: string }>("SELECT id FROM verification LIMIT 1");
  const [verification] = rows;
  if (!verification) throw new Fault("There is no verification whose messages could be inserted.");
  const insert = {
    name: "insert",
    text: `INSERT INTO message (id, verification_id, secret_hash, country, network, block, action, sender, attempt, requested_at)
      VALUES ($1, $2, $4, 'US', NULL, '+1415200', 'code', '+15005550006', 1, $3)`,
  };
  return {
    what: "a bare insert of a message",
    isSend: false,
    size: INSERTS_A_BLOCK,
    block: () =>
      concurrently(INSERTS_A_BLOCK, () =>
        pool.query({ ...insert, values: [randomUUID(), verification.id, now(), randomBytes(32)] }),
      ),
  };
}

async function concurrently(times: number, work: () => Promise<unknown>): Promise<void> {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
