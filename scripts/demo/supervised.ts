/** A process of the demo that is started again when it ends without being told to. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../support/fault";
import { portIsFree } from "../support/ports";
import { nodeArguments, type Program } from "../support/programs";
import type { ChildLog } from "./child-log";
import { progress } from "./progress";

interface Options {
  /** As in "The app ended". */
  name: string;
  /** It tells us `{ready: true}` when it serves, and ends when we are gone. */
  program: Program;
  /** Its own. */
  arguments?: string[];
  env: NodeJS.ProcessEnv;
  /** The port it listens on, if it does, and the variable that sets it. */
  listens?: { port: number; variable: string };
  log: ChildLog;
  onStart: (pid: number) => void;
}

const READY_DEADLINE_MS = 60_000;

/** After this long it is killed: longer than it gives its open requests. */
const STOP_DEADLINE_MS = 10_000;

/** The pause before it is started again: doubled each time, from the start again once it has run for a while. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const SETTLED_MS = 30_000;

const PORT_POLL_MS = 1_000;

export class Supervised {
  private child: ChildProcess | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private readonly stopping = new AbortController();

  constructor(private readonly options: Options) {}

  /**
   * Resolves when it is ready; from then on it is kept running.
   *
   * @throws {Fault} when it ends before.
   */
  async start(): Promise<void> {
    const { name, program, arguments: own = [], log } = this.options;
    const command = [...(await nodeArguments(program)), ...own];
    this.stopping.signal.throwIfAborted();
    const child = this.spawn(command);
    if (!(await this.becomesReady(child))) {
      throw new Fault(`The ${name} did not start; its output is above and in ${log.path}.`);
    }
    void this.keepRunning(child, command);
  }

  /** Asks it to end, and kills it when it does not. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (!child || hasEnded(child)) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
    await ended;
    clearTimeout(impatience);
  }

  kill(): void {
    this.stopping.abort();
    this.child?.kill("SIGKILL");
  }

  private spawn(command: string[]): ChildProcess {
    const { env, log, onStart } = this.options;
    const child = spawn(process.execPath, command, {
      env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    // A message to a child that is just ending fails here, and its end is seen anyway.
    child.on("error", () => undefined);
    if (child.stdout && child.stderr) log.follow(child.stdout, child.stderr);
    if (child.pid) onStart(child.pid);
    this.child = child;
    return child;
  }

  /** False when it ends first, or takes too long and is killed. */
  private async becomesReady(child: ChildProcess): Promise<boolean> {
    const impatience = setTimeout(() => child.kill("SIGKILL"), READY_DEADLINE_MS);
    const ready = await new Promise<boolean>((resolve) => {
      child.on("message", (message) => {
        if (isReady(message)) resolve(true);
      });
      child.once("error", () => resolve(false));
      child.once("exit", () => resolve(false));
    });
    clearTimeout(impatience);
    return ready;
  }

  private async keepRunning(first: ChildProcess, command: string[]): Promise<void> {
    for (let child = first; ; child = this.spawn(command)) {
      const startedAt = Date.now();
      if (child !== first && (await this.becomesReady(child))) progress(`The ${this.options.name} is back.`);
      await end(child);
      if (Date.now() - startedAt > SETTLED_MS) this.pauseMs = FIRST_PAUSE_MS;
      try {
        await this.pauseBeforeRestart(child);
      } catch {
        return; // it is being stopped
      }
    }
  }

  private async pauseBeforeRestart({ signalCode, exitCode }: ChildProcess): Promise<void> {
    const { signal } = this.stopping;
    signal.throwIfAborted();
    const reason = signalCode ?? `code ${exitCode}`;
    progress(`The ${this.options.name} ended (${reason}). Starting it again in ${this.pauseMs / 1000} s.`);
    await sleep(this.pauseMs, undefined, { signal });
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    await this.waitForPort(signal);
    signal.throwIfAborted();
  }

  /** Somebody may have started one by hand in the meantime. */
  private async waitForPort(signal: AbortSignal): Promise<void> {
    const { name, listens } = this.options;
    if (!listens) return;
    const { port, variable } = listens;
    for (let first = true; !(await portIsFree(port)); first = false) {
      if (first) {
        progress(
          `Port ${port} (${variable}) is in use by another program, perhaps a ${name} started by hand: ` +
            "starting ours when it ends.",
        );
      }
      await sleep(PORT_POLL_MS, undefined, { signal });
    }
  }
}

function isReady(message: unknown): boolean {
  return typeof message === "object" && message !== null && "ready" in message && message.ready === true;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, "exit");
}
