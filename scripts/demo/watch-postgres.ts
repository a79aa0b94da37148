/** Starts the embedded PostgreSQL again when it was killed; the app's connections come back by themselves. */
import { setTimeout as sleep } from "node:timers/promises";
import type { EmbeddedPostgres } from "../embedded-postgres/start";
import { explain } from "../support/fault";
import { progress } from "./progress";

const LOOK_EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;

/** @returns what ends the watch, and waits for a restart that is under way. */
export function watchPostgres(postgres: EmbeddedPostgres): () => Promise<void> {
  const stopping = new AbortController();
  const watching = watch(postgres, stopping.signal);
  return () => {
    stopping.abort();
    return watching;
  };
}

async function watch(postgres: EmbeddedPostgres, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = postgres.isRunning() || (await restart(postgres)) ? LOOK_EVERY_MS : AFTER_FAILURE_MS;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function restart(postgres: EmbeddedPostgres): Promise<boolean> {
  progress("PostgreSQL ended. Starting it again.");
  try {
    await postgres.restart();
    progress("PostgreSQL is back.");
    return true;
  } catch (error) {
    progress(explain(error));
    return false;
  }
}
