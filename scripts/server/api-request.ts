import type { IncomingMessage } from "node:http";
import { NodeRequest } from "srvx/node";
import { servedRequest } from "@/lib/served";

/** Aborts never: a request that is served outside of the server around it. */
const STAYING = new AbortController().signal;

/**
 * A request of node:http as route handlers take it. Of the adapter's own two things are otherwise: a body of which the rest is not wanted goes by,
 * where the adapter hangs up on whoever sends it, before the answer; and what aborts is the client's going alone.
 */
export class ApiRequest extends NodeRequest {
  readonly #incoming: IncomingMessage;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined;

  constructor(incoming: IncomingMessage) {
    super({ req: incoming });
    this.#incoming = incoming;
  }

  override get body() {
    const { method } = this.#incoming;
    const hasBody = method !== "GET" && method !== "HEAD";
    return (this.#body ??= hasBody ? streamOf(this.#incoming) : null);
  }

  override get signal() {
    return servedRequest()?.signal ?? STAYING;
  }
}

function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      incoming.on("data", (chunk: Buffer<ArrayBuffer>) => {
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
      });
      incoming.once("end", () => controller.close());
      const breakOff = () => {
        if (!incoming.complete) controller.error(new Error("The connection ended before the body did."));
      };
      incoming.once("error", breakOff);
      incoming.once("close", breakOff);
    },
    pull: () => void incoming.resume(),
    cancel: () => {
      incoming.removeAllListeners("data").removeAllListeners("end");
      incoming.resume();
    },
  });
}
