/** All that runs in the benchmark: ours with its Twilio, the peers, the load. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { startApp, type App } from "../support/app";
import type { Bench } from "../support/benchmark";
import { startChild, type Child } from "../support/child";
import { prepareCounting } from "../support/statements";
import { Taken, type PaceOf } from "./closed-loop";
import type { Meter } from "./meter";
import type { Options } from "./options";
import { preparePeer, startPeer, type Peer } from "./peer";
import { startBouncer } from "./pgbouncer";

export interface World extends Meter {
  /** What programs of ours send with each call. */
  headers: Record<string, string>;
  twilio: Child;
  load: Child;
  inside?: Child;
  plain: Child;
  /** The first one's background work is on. */
  ours: App;
  oursBeside?: App;
  oursPooled?: App;
  /** The way to better-auth's own database, and its servers. */
  peer?: { url: string; one: Peer; beside?: Peer; pooled?: Peer };
  /** How long calls are made in a measurement, in milliseconds. */
  ms: number;
  /** Of all that was asked for so far, warm-up included. */
  tally: Tally;
}

export interface Tally {
  starts: number;
  bareStarts: number;
  approvals: number;
  bareApprovals: number;
  /** Calls that were not answered by 2xx, by status, and some of them in words. */
  failed: Record<string, number>;
  words: string[];
}

/** The database of ours, and of better-auth, by name. */
export const OURS = "bench";
export const PEERS = "better_auth";

/** Opens all of it; whatever way the benchmark ends, it is closed. */
export async function openWorld(
  bench: Bench,
  options: Options,
  onProgress: (line: string) => void,
): Promise<World> {
  const { client, configuration, folder, atEnd } = bench;
  const child = async (name: string, environment: Record<string, string> = {}) => {
    const started = await startChild(`scripts/bench/verifications/processes/${name}.ts`, environment);
    atEnd(started.stop);
    return started;
  };
  const app = async (environment: Record<string, string>, nodeOptions: string[] = []) => {
    const started = await startApp({ ...ours, ...environment }, onProgress, nodeOptions);
    atEnd(started.stop);
    return started;
  };
  await prepareCounting(client);
  const twilio = await child("twilio");
  const load = await child("load");
  const plain = await child("plain", { DATABASE_URL: configuration.DATABASE_URL });

  const key = randomBytes(24).toString("hex");
  const ours = {
    ...configuration,
    API_KEYS: key,
    TWILIO_API_ORIGIN: twilio.origin,
    // Written, as in production, but to nowhere.
    LOG_LEVEL: "info",
    ...(options.ceiling !== null && { MAX_MESSAGES_PER_HOUR: String(options.ceiling) }),
  };
  const profile = options.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profile}`];
  const first = await app({ LOOPS: "on" }, profile);
  const inside = options.without.has("inside")
    ? undefined
    : await child("inside", { ...ours, PUBLIC_BASE_URL: first.origin });
  const bouncer = options.without.has("pgbouncer") ? null : await startBouncer(configuration.DATABASE_URL);
  if (bouncer) atEnd(bouncer.stop);
  const withTwo = !options.without.has("two");
  console.log(bouncer?.description ?? "Without PgBouncer: it is not installed here, or left out.");

  return {
    client,
    postmaster: Number.parseInt(readFileSync(path.join(folder, "postmaster.pid"), "utf8"), 10),
    beside: [load.pid, twilio.pid],
    headers: { Authorization: `Bearer ${key}` },
    twilio,
    load,
    inside,
    plain,
    ours: first,
    oursBeside: withTwo ? await app({}) : undefined,
    oursPooled: bouncer ? await app({ DATABASE_URL: bouncer.urlOf(configuration.DATABASE_URL) }) : undefined,
    peer: options.without.has("peer") ? undefined : await openPeer(),
    ms: options.seconds * 1000,
    tally: { starts: 0, bareStarts: 0, approvals: 0, bareApprovals: 0, failed: {}, words: [] },
  };

  async function openPeer(): Promise<World["peer"]> {
    await client.query(`CREATE DATABASE ${PEERS}`);
    const url = Object.assign(new URL(configuration.DATABASE_URL), { pathname: `/${PEERS}` }).href;
    const environment = await preparePeer(url, onProgress);
    const start = async (more: Record<string, string> = {}) => {
      const started = await startPeer({ ...environment, ...more });
      atEnd(started.stop);
      return started;
    };
    return {
      url,
      one: await start(),
      beside: withTwo ? await start() : undefined,
      pooled: bouncer ? await start({ DATABASE_URL: bouncer.urlOf(url) }) : undefined,
    };
  }
}

/** Has the load make calls, and counts those that failed. */
export async function callOverHttp(
  { load, tally }: World,
  origins: readonly string[],
  pace: PaceOf,
  headers: Record<string, string> = {},
): Promise<Taken> {
  return noteFailures(tally, await load.ask({ origins, headers, ...pace }, Taken));
}

export function noteFailures(tally: Tally, taken: Taken): Taken {
  for (const [status, times] of Object.entries(taken.statuses)) {
    if (!/^2../.test(status)) tally.failed[status] = (tally.failed[status] ?? 0) + times;
  }
  if (tally.words.length < 5) tally.words.push(...taken.wrong);
  return taken;
}
