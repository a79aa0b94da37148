/** What a measurement reads: how quick calls were, and what they cost whom. */
import type { Client } from "pg";
import { cpuOf } from "../support/cpu";
import { countAnew, countedIn, type Counted } from "../support/statements";
import { at } from "../starvation/quantile";
import type { Taken } from "./closed-loop";

export interface Reading {
  calls: number;
  /** Calls a second. */
  rate: number;
  /** In milliseconds. */
  p50: number;
  p95: number;
  /** Until all that follows from the calls had happened, in seconds after the last answer. */
  settled: number;
  /** A call's, until then. */
  statements: number;
  /** Processor time a call, in milliseconds, of what answers, of the database, and of who asks and Twilio. */
  cpu: Record<Part, number>;
  /** The statements by name, those of one call. */
  named: Counted[];
}

type Part = "app" | "database" | "beside";

export interface Meter {
  client: Client;
  /** Processes of whoever asks, of Twilio's stand-in, and of the database. */
  beside: readonly number[];
  postmaster: number;
}

export interface Measured {
  /** The database that the calls' statements go to, by name. */
  database: string;
  /** The processes that answer. */
  app: readonly number[];
  calls: () => Promise<Taken>;
  /** Resolves when all that follows from the calls has happened. */
  settle?: () => Promise<void>;
}

export async function read(
  { client, beside, postmaster }: Meter,
  { database, app, calls, settle }: Measured,
): Promise<{ reading: Reading; taken: Taken }> {
  const used = () => ({
    app: total(app),
    database: cpuOf(postmaster),
    beside: total(beside),
  });
  await countAnew(client);
  const before = used();
  const taken = await calls();
  const answered = performance.now();
  await settle?.();
  const settled = (performance.now() - answered) / 1000;
  const after = used();
  const counted = await countedIn(client, database);
  const count = taken.times.length;
  const reading = {
    calls: count,
    rate: count / taken.seconds,
    p50: at(taken.times, 0.5),
    p95: at(taken.times, 0.95),
    settled,
    statements: counted.reduce((sum, { times }) => sum + times, 0) / count,
    cpu: {
      app: (after.app - before.app) / count,
      database: (after.database - before.database) / count,
      beside: (after.beside - before.beside) / count,
    },
    named: counted.map(({ name, times, ms }) => ({ name, times: times / count, ms: ms / count })),
  };
  return { reading, taken };
}

function total(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
}

/** The readings of all rounds. */
export class Readings {
  readonly #all = new Map<string, Reading[]>();

  note(name: string, connections: number, reading: Reading): void {
    const key = `${name} ${connections}`;
    this.#all.set(key, [...(this.#all.get(key) ?? []), reading]);
  }

  /** One a round, in their order; empty when it was not measured. */
  of(name: string, connections: number): readonly Reading[] {
    return this.#all.get(`${name} ${connections}`) ?? [];
  }

  toJSON(): Record<string, Reading[]> {
    return Object.fromEntries(this.#all);
  }
}
