/** Processes of a benchmark that take orders: what measures and what is measured do not share an event loop. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import { Fault, messageOf } from "../../support/fault";

export interface Child {
  pid: number;
  /** Where it listens, when it does. */
  origin: string;
  /** Has it do something. @throws {Fault} in its own words */
  ask: <Answer>(order: object, answer: z.ZodType<Answer>) => Promise<Answer>;
  stop: () => Promise<void>;
}

const Ready = z.object({ ready: z.literal(true), origin: z.string().default("") });
const Answered = z.object({ id: z.number(), answer: z.unknown().optional(), fault: z.string().optional() });
const Asked = z.object({ id: z.number(), order: z.unknown() });

/**
 * Starts a process of ours and waits until it is ready.
 *
 * @param program its file, from the project's root
 */
export async function startChild(program: string, environment: Record<string, string> = {}): Promise<Child> {
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    env: { ...process.env, ...environment, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const ready = once(child, "message").then(([said]: unknown[]) => Ready.parse(said));
  const said = await Promise.race([ready, ended.then(() => null)]);
  if (!said) throw new Fault(`${program} did not start.`);

  const waiting = new Map<number, (answered: z.output<typeof Answered>) => void>();
  let asked = 0;
  child.on("message", (message) => {
    const answered = Answered.parse(message);
    waiting.get(answered.id)?.(answered);
    waiting.delete(answered.id);
  });
  return {
    pid: child.pid ?? 0,
    origin: said.origin,
    async ask(order, schema) {
      asked += 1;
      const id = asked;
      const answered = new Promise<z.output<typeof Answered>>((resolve) => waiting.set(id, resolve));
      child.send({ id, order });
      const lost = ended.then((): z.output<typeof Answered> => ({ id, fault: "it ended" }));
      const { answer, fault } = await Promise.race([answered, lost]);
      if (fault !== undefined) throw new Fault(`${program}: ${fault}`);
      return schema.parse(answer);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await ended;
    },
  };
}

/**
 * The child's side: says that it is ready, answers each order, and ends with its parent.
 *
 * @param close is waited for at the end
 */
export function takeOrders(
  answer: (order: unknown) => Promise<unknown>,
  { origin, close }: { origin?: string; close?: () => Promise<void> } = {},
): void {
  process.on("message", (message) => {
    const { id, order } = Asked.parse(message);
    answer(order).then(
      (answered) => process.send?.({ id, answer: answered }),
      (error: unknown) => process.send?.({ id, fault: messageOf(error) }),
    );
  });
  // The parent says when to stop; a terminal's Ctrl-C goes to all of them.
  process.on("SIGINT", () => undefined);
  process.once("disconnect", () => void Promise.resolve(close?.()).finally(() => process.exit()));
  process.send?.({ ready: true, origin });
}
