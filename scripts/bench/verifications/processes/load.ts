/**
 * Makes the calls, in a process of its own. By node:http with connections that stay open: each call has a body of its own and its answer is
 * read, which is what a load generator such as autocannon spares itself.
 */
import { Agent, request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { takeOrders } from "../../support/child";
import { closedLoop, Pace, type Answer, type Call } from "../closed-loop";

const Order = Pace.extend({
  /** The connections are shared out among these. */
  origins: z.array(z.url()).min(1),
  headers: z.record(z.string(), z.string()).default({}),
});

/** Longer than any call takes. One that takes longer is lost, and that is told. */
const PATIENCE_MS = 30_000;

takeOrders(async (given) => {
  const { origins, headers, ...pace } = Order.parse(given);
  const agents = Array.from(
    { length: pace.connections },
    () => new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }),
  );
  try {
    return await closedLoop(pace, (call, n) =>
      make(call, agents[n], headers, origins[n % origins.length] ?? ""),
    );
  } finally {
    for (const agent of agents) agent.destroy();
  }
});

async function make(
  { method, path, body }: Call,
  agent: Agent | undefined,
  headers: Record<string, string>,
  origin: string,
): Promise<Answer> {
  const asked = request(origin + path, {
    method,
    agent,
    timeout: PATIENCE_MS,
    headers: {
      ...headers,
      ...(body !== undefined && {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(body),
      }),
    },
  });
  asked.once("timeout", () => asked.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once("response", resolve).once("error", reject);
    asked.end(body);
  });
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}
