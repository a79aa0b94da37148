/**
 * `npm run demo`: the whole product on this machine, with nothing set up: PostgreSQL with a sample history, the simulator, the
 * app, and people who log in, started in this order, kept running, and stopped in the reverse order at Ctrl-C. `--dev`
 * serves the sources instead of a build.
 */
import { once } from "node:events";
import path from "node:path";
import { checkNode, checkPort } from "./demo/checks";
import { ChildLog } from "./demo/child-log";
import { heartbeat, progress } from "./demo/progress";
import { claimRun, type RunRecord } from "./demo/run-record";
import { demoSettings, type DemoSettings } from "./demo/settings";
import { Supervised } from "./demo/supervised";
import { watchPostgres } from "./demo/watch-postgres";
import { welcome } from "./demo/welcome";
import { applyMigrations } from "./migrations/apply";
import { buildIfNeeded, generateClientIfMissing, WAITING_FOR_BUILD } from "./support/build";
import { makeFolder } from "./support/data-folder";
import { openDatabase } from "./support/database";
import { loadEnvFile } from "./support/env-file";
import { Fault, explain } from "./support/fault";
import { fillDatabase } from "./support/sample-history";
import { onStopRequest } from "./support/stop-requests";

const dev = process.argv.includes("--dev");

/** npm passes Ctrl-C on although the terminal has sent it to us too: the second within this time is no impatience. */
const SAME_INTERRUPT_MS = 500;

/** What has been started, to be stopped from the last to the first. */
class Started {
  private readonly stops: (() => Promise<void> | void)[] = [];
  private readonly children: Supervised[] = [];

  add(stop: () => Promise<void> | void): void {
    this.stops.push(stop);
  }

  addChild(child: Supervised): void {
    this.children.push(child);
    this.add(() => child.stop());
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
  }

  hurry(): void {
    for (const child of this.children) child.kill();
  }
}

async function main(): Promise<void> {
  const started = new Started();
  const stopping = stopRequests(started);
  let exitCode = 0;
  try {
    await start(started, stopping);
    await new Promise((resolve) => stopping.addEventListener("abort", resolve));
  } catch (error) {
    if (!stopping.aborted) {
      console.error(`\n${explain(error)}`);
      exitCode = 1;
    }
  }
  if (exitCode === 0) progress("Stopping …");
  try {
    await started.stop();
  } catch (error) {
    console.error(explain(error));
    exitCode = 1;
  }
  if (exitCode === 0) progress("Everything has stopped.");
  process.exit(exitCode);
}

/** Aborted at the first request to stop; a second one kills the app, the simulator and the traffic at once. */
function stopRequests(started: Started): AbortSignal {
  const stopping = new AbortController();
  let first: number | undefined;
  const request = () => {
    first ??= Date.now();
    if (stopping.signal.aborted && Date.now() - first > SAME_INTERRUPT_MS) started.hurry();
    stopping.abort();
  };
  onStopRequest(request);
  return stopping.signal;
}

async function start(started: Started, stopping: AbortSignal): Promise<void> {
  checkNode();
  loadEnvFile();
  const settings = demoSettings({ dev });
  const run = await claimRun(`http://localhost:${settings.port}`);
  started.add(() => run.remove());
  await checkPort("PORT", settings.port);
  if (settings.simulated) await checkPort("SIMULATOR_PORT", settings.simulatorPort);

  const url = await startDatabase(started);
  stopping.throwIfAborted();
  // Loading waits for the database half of the time, which the build makes use of.
  await Promise.all([build(stopping), loadHistory(settings, url, stopping)]);
  const env = { ...settings.env, DATABASE_URL: url };
  const startChild = childStarter(started, run, stopping);
  if (settings.simulated) await startSimulator(startChild, settings, env);
  await startApp(startChild, settings, env);
  if (settings.traffic > 0) await startTraffic(startChild, env);
  console.log(welcome(settings));
}

async function startDatabase(started: Started): Promise<string> {
  const database = await openDatabase();
  started.add(database.close);
  if (database.embedded) started.add(watchPostgres(database.embedded));
  progress(database.embedded ? "PostgreSQL is ready (embedded)." : "Using the PostgreSQL of DATABASE_URL.");
  const applied = await applyMigrations({ url: database.url, onProgress: progress });
  progress(applied.length ? "The database is migrated." : "The database is up to date.");
  return database.url;
}

/** The first start fills the database, so that there is something to see. One that holds anything stays as it is. */
async function loadHistory({ sampleHistory }: DemoSettings, url: string, signal: AbortSignal): Promise<void> {
  if (sampleHistory > 0) await fillDatabase({ url, messages: sampleHistory, signal }, progress);
}

async function build(signal: AbortSignal): Promise<void> {
  if (dev) return generateClientIfMissing(signal);
  let stopHeartbeat: (() => void) | undefined;
  const onStart = () => {
    progress("Building the app: once, and again when its sources change.");
    stopHeartbeat = heartbeat("Still building");
  };
  try {
    const built = await buildIfNeeded({ signal, onStart, onWait: () => progress(WAITING_FOR_BUILD) });
    progress(built ? "The app is built." : "The build is up to date.");
  } finally {
    stopHeartbeat?.();
  }
}

type StartChild = (options: Omit<ConstructorParameters<typeof Supervised>[0], "onStart">) => Promise<void>;

/** Starts children so that they are stopped with the rest, also while they are still starting. */
function childStarter(started: Started, run: RunRecord, stopping: AbortSignal): StartChild {
  return async (options) => {
    const child = new Supervised({ ...options, onStart: (pid) => run.setChild(options.name, pid) });
    started.addChild(child);
    await unlessAborted(child.start(), stopping);
  };
}

async function startSimulator(
  start: StartChild,
  { simulatorPort }: DemoSettings,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  await start({
    name: "simulator",
    program: "simulator/main.ts",
    env,
    listens: { port: simulatorPort, variable: "SIMULATOR_PORT" },
    log: openLog("simulator", false),
  });
  progress(`The simulator is ready on port ${simulatorPort}.`);
}

async function startApp(start: StartChild, { port }: DemoSettings, env: NodeJS.ProcessEnv): Promise<void> {
  await start({
    name: "app",
    program: "scripts/app.ts",
    arguments: dev ? ["--dev"] : [],
    env,
    listens: { port, variable: "PORT" },
    log: openLog("app", dev),
  });
  const alive = await fetch(`http://127.0.0.1:${port}/api/livez`);
  if (!alive.ok) throw new Fault(`The app answers with ${alive.status}; its log is ${logFile("app")}.`);
  progress(`The app is ready on port ${port}.`);
}

async function startTraffic(start: StartChild, env: NodeJS.ProcessEnv): Promise<void> {
  await start({ name: "traffic", program: "scripts/traffic.ts", env, log: openLog("traffic", false) });
  progress("People are signing in.");
}

function openLog(name: string, verbose: boolean): ChildLog {
  return new ChildLog(name, logFile(name), verbose);
}

function logFile(name: string): string {
  return path.join(makeFolder("logs"), `${name}.log`);
}

/** Rejects as soon as the signal is aborted; the work itself goes on, and its outcome no longer matters. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([work, signal.aborted ? undefined : once(signal, "abort")]);
  signal.throwIfAborted();
}

void main();
