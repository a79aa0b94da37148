/** A call over one connection that stays open, and its whole answer. */
import { Agent, request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

export interface HttpCall {
  method: "GET" | "POST";
  path: string;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  body: string;
}

/** Longer than any call takes. One that takes longer is lost, and that is told. */
const PATIENCE_MS = 30_000;

/** A connection for one call after another. */
export function connection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
}

/** @throws what kept it from being answered */
export async function callOn(
  agent: Agent | undefined,
  origin: string,
  { method, path, body }: HttpCall,
  headers: Record<string, string>,
): Promise<HttpAnswer> {
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
