/**
 * The request that is being served, for what is far below its handler: whether its client is still there, and whose it is.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setMaxListeners } from "node:events";
import { processState } from "./process-state";

export interface Served {
  /** Aborts when the client goes before it has its answer. */
  signal: AbortSignal;
  /** Where the client is, as far as that is known: requests of one place share what there is little of. */
  from: string;
  /** Has a page's answer say another status than 200; its handler is Next's. */
  answerWith?: (status: number) => void;
}

const storage = processState("served", () => new AsyncLocalStorage<Served>());

/** Does what a request asks for; all that is awaited in it knows whose it is. */
export function whileServing<T>(request: Served, work: () => T): T {
  // A page has a dozen reports, each of which listens.
  setMaxListeners(0, request.signal);
  return storage.run(request, work);
}

/** The request that is being served; undefined outside of any, as in a background loop. */
export function servedRequest(): Served | undefined {
  return storage.getStore();
}

/** Why work was given up: nobody waits for it any more. */
export class ClientGone extends Error {
  override name = "ClientGone";
}
