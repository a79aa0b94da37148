/**
 * Calls to the app and to the simulator. Either may be restarted at any time: a call that cannot be made is made again, for as
 * long as somebody would wait.
 */
import { setTimeout as wait } from "node:timers/promises";
import { log } from "@/lib/log";

/** An answer, of whatever status. */
export interface Answer<Body> {
  status: number;
  body: Body;
}

const RETRY_MS = 1_000;
const PATIENCE_MS = 20_000;
const CALL_TIMEOUT_MS = 30_000;

/** What a proxy or an app that is starting or has lost its database answers: as if it were not there. */
const NOT_THERE = new Set([500, 502, 503]);

/** A program that is not there, for longer than somebody waits. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

export class Wire {
  private reachable = true;

  /**
   * @param name of the program at the other end, for the log.
   * @param signal ends every call.
   */
  constructor(
    private readonly name: string,
    readonly origin: string,
    private readonly signal: AbortSignal,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** @throws {Unreachable} when the other end is away for too long. */
  async call<Body>(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.once<Body>(method, path, body, headers);
      if (answer) return answer;
      this.signal.throwIfAborted();
      if (Date.now() > deadline) throw new Unreachable(`the ${this.name} does not answer`);
      await wait(RETRY_MS, undefined, { signal: this.signal });
    }
  }

  /** Whether the last call got through. */
  get isReachable(): boolean {
    return this.reachable;
  }

  private async once<Body>(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer<Body> | undefined> {
    try {
      const response = await fetch(this.origin + path, {
        method,
        headers: {
          ...this.headers,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json") ?? false;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever asks says what the other end answers
      const parsed = (isJson ? JSON.parse(text) : text) as Body;
      const there = !NOT_THERE.has(response.status) || isProblem(parsed);
      this.note(there);
      return there ? { status: response.status, body: parsed } : undefined;
    } catch {
      if (!this.signal.aborted) this.note(false);
      return undefined;
    }
  }

  /** Says once that the other end is away, and once that it is back. */
  private note(reachable: boolean): void {
    if (reachable !== this.reachable) {
      log().info(reachable ? `the ${this.name} answers again` : `the ${this.name} does not answer; waiting`);
    }
    this.reachable = reachable;
  }
}

/** A 502 of our own API, which says what became of the message. */
function isProblem(body: unknown): boolean {
  return typeof body === "object" && body !== null && "code" in body && body.code === "send_failed";
}
