/**
 * The pages and reports, in a process beside the server's. To render a page and to write a report keeps an event loop for as long as it takes, which
 * are tens of milliseconds, and whoever signs in would wait: the server's own loop is for them alone. The system divides the processors between the
 * two, and prefers the server.
 */
import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { pagesAway } from "@/lib/http/refusals";
import { log } from "@/lib/log";
import { Fault } from "../../support/fault";
import { programFile } from "../../support/programs";
import { answerDirectly } from "../refusals";
import { isApi, rawPath } from "../target";
import { ORDER_VARIABLE, passOn, type Process } from "./passing-on";
import type { Order } from "./process";

export interface Pages {
  /** Answers a request for a page, one of its files, or a report. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Resolves when the process has ended. */
  close: () => Promise<void>;
}

const Ready = z.object({ ready: z.literal(true), origin: z.url() });

/** A process that ended is followed by another after this, and after twice as long each time that it does not even start. In milliseconds. */
const AGAIN_AFTER_MS = 1_000;
const AGAIN_AFTER_AT_MOST_MS = 30_000;

/** A process that does not end when it is told to is ended after this beyond its grace, in milliseconds. */
const ENDING_MS = 5_000;

interface PagesOptions extends Omit<z.input<typeof Order>, "token"> {
  /** By how much it gives way to the server: at 5, when both have work, it gets a third of what the server does. */
  niceness: number;
}

/**
 * Starts the process, and another one whenever it ends by itself.
 *
 * @param options the server's address, and how long open requests may take when it closes
 * @throws {Fault} when it does not start
 */
export async function startPages({ niceness, ...options }: PagesOptions): Promise<Pages> {
  const token = randomBytes(24).toString("base64url");
  const closing = new AbortController();
  let current: Process | undefined;
  let child = launch({ ...options, token }, niceness);
  const ready = async () => {
    current = { port: await portWhenReady(child), token };
  };
  await ready();
  void keep();
  return {
    answer: (request, response) => {
      const away = () =>
        void answerDirectly(pagesAway({ forPage: !isApi(rawPath(request.url)) }), request, response);
      if (current) passOn(request, response, current, away);
      else away();
    },
    close: async () => {
      closing.abort();
      await end(child, options.graceMs);
    },
  };

  async function keep(): Promise<void> {
    const isClosing = () => closing.signal.aborted;
    let pause = AGAIN_AFTER_MS;
    for (;;) {
      const [code, signal] = await ended(child);
      current = undefined;
      if (isClosing()) return;
      log().error({ code, signal }, "the process of the pages ended; another one is started");
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      if (isClosing()) return;
      child = launch({ ...options, token }, niceness);
      pause = await ready().then(
        () => AGAIN_AFTER_MS,
        () => Math.min(2 * pause, AGAIN_AFTER_AT_MOST_MS),
      );
    }
  }
}

function launch(order: z.input<typeof Order>, niceness: number): ChildProcess {
  const child = fork(programFile("scripts/server/pages/process.ts"), {
    // Not as an argument, which everybody on the machine may read.
    env: { ...process.env, [ORDER_VARIABLE]: JSON.stringify(order) },
  });
  try {
    if (child.pid !== undefined) os.setPriority(child.pid, niceness);
  } catch {
    // It has ended already, which is told where it is waited for.
  }
  return child;
}

async function portWhenReady(child: ChildProcess): Promise<number> {
  const message = once(child, "message").then(([said]: unknown[]) => Ready.parse(said));
  const ready = await Promise.race([message, ended(child).then(() => null)]);
  if (!ready) throw new Fault("The pages did not start: what their process printed says why.");
  return Number(new URL(ready.origin).port);
}

/** With which code, or by which signal. */
async function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return [child.exitCode, child.signalCode];
}

/** By the end of the channel between us, as when we are gone ourselves: a signal would not wait for what is open on every system. */
async function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.connected) child.disconnect();
  const late = setTimeout(() => child.kill("SIGKILL"), graceMs + ENDING_MS);
  await ended(child);
  clearTimeout(late);
}
