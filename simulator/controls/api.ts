import type { IncomingMessage, ServerResponse } from "node:http";

import { conversationOf, progressOf } from "../conversation";
import type { Faults } from "../faults";
import type { Handsets } from "../handsets";
import { BodyTooLargeError, isLoopbackHost, readBody, sendJson } from "../http";
import type { Delivery } from "../network/delivery";
import { parseHandsetDelivery } from "../network/handset-delivery";
import { affectedCountries, parseScenarioName, SCENARIO_NAMES } from "../network/scenarios";
import type { SimulatedTime } from "../simulated-time";
import type { State } from "../state";
import type { Templates } from "../twilio/content";
import { toE164 } from "../twilio/phone-number";
import type { Inbound } from "../webhooks/inbound";
import { parseStirVerstat } from "../webhooks/stir-verstat";
import { ControlError } from "./control-error";

/** Seconds: below the time after which proxies give up on a silent server. */
const LONGEST_WAIT = 25;

interface Control {
  readonly url: URL;
  /** The handset's number, where the path has one. */
  readonly number: string;
  /** The message's SID, where the path has one. */
  readonly sid: string;
  /** The body as JSON; undefined when there is none. */
  readonly body: unknown;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

type Handler = (control: Control) => unknown;

/** The simulator's own controls, under /simulator: handsets, the feedback ledger, faults and scenarios. */
export class ControlApi {
  constructor(
    private readonly parts: {
      state: State;
      handsets: Handsets;
      inbound: Inbound;
      faults: Faults;
      templates: Templates;
      delivery: Delivery;
      time: SimulatedTime;
      reset: () => void;
      log: (line: string) => void;
    },
  ) {}

  /** Answer a control; errors as `{error, field?}`. */
  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      refuseStrangers(request);
      const { handler, ...named } = this.#route(request.method ?? "", url.pathname);
      const body = parseJson(await readBody(request));
      const gone = new AbortController();
      response.on("close", () => gone.abort());
      sendJson(response, 200, await handler({ url, ...named, body, gone: gone.signal }));
    } catch (error) {
      const problem = this.#toControlError(error);
      sendJson(response, problem.status, problem.toJSON());
    }
  }

  #route(method: string, path: string): { handler: Handler; number: string; sid: string } {
    const [, given, what] =
      /^\/simulator\/handsets\/([^/]+)\/(messages|conversation|delivery|replies|calls)$/.exec(path) ?? [];
    const [, sid = ""] = /^\/simulator\/messages\/([^/]+)$/.exec(path) ?? [];
    const methods = this.#controls[what ? `handset ${what}` : sid ? "message" : path];
    if (!methods) throw new ControlError(404, `The simulator has no control ${path}`);
    const handler = methods[method];
    if (!handler) throw new ControlError(405, `${path} takes ${Object.keys(methods).join(" or ")}`);
    return { handler, number: given === undefined ? "" : parseNumber(given), sid };
  }

  readonly #controls: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    "/simulator": {
      DELETE: () => {
        this.parts.reset();
        return { forgotten: true };
      },
    },
    "/simulator/feedback": { GET: () => this.parts.state.ledger() },
    "/simulator/faults": {
      GET: () => this.parts.faults.rates,
      PUT: ({ body }) => {
        this.parts.faults.set(body);
        return this.parts.faults.rates;
      },
    },
    "/simulator/templates": {
      PUT: ({ body }) => this.parts.templates.set(field(body, "sid"), field(body, "status")),
    },
    "/simulator/scenario": {
      GET: () => this.#scenario(),
      PUT: ({ body }) => {
        this.parts.delivery.scenario = parseScenarioName(field(body, "name"));
        return this.#scenario();
      },
    },
    message: { GET: ({ sid }) => this.#message(sid) },
    "handset messages": { GET: (control) => this.#messages(control) },
    "handset conversation": { GET: (control) => this.#conversation(control) },
    "handset delivery": {
      GET: ({ number }) => this.parts.state.delivery(number),
      PUT: ({ number, body }) => {
        this.parts.state.setDelivery(number, parseHandsetDelivery(body));
        return this.parts.state.delivery(number);
      },
    },
    "handset replies": {
      POST: ({ number, body }) => {
        const text = field(body, "body");
        if (typeof text !== "string" || text === "")
          throw new ControlError(422, "body must be a text", "body");
        return this.parts.inbound.reply(number, text);
      },
    },
    "handset calls": {
      POST: ({ number, body }) =>
        this.parts.inbound.call(number, parseStirVerstat(field(body, "stirVerstat"))),
    },
  };

  #scenario() {
    const name = this.parts.delivery.scenario;
    return { name, countries: affectedCountries(name), names: SCENARIO_NAMES };
  }

  #message(sid: string) {
    const { state } = this.parts;
    const message = state.message(sid);
    if (!message) throw new ControlError(404, "The simulator knows no message with this SID", "sid");
    return progressOf(state, message);
  }

  async #messages(control: Control) {
    const { url, number } = control;
    const { handsets } = this.parts;
    const end = this.#endOfWait(control);
    if (!end) return handsets.messages(number);
    return handsets.messagesNewerThan(number, url.searchParams.get("after") ?? "", end);
  }

  async #conversation(control: Control) {
    const { url, number } = control;
    const { state } = this.parts;
    const end = this.#endOfWait(control);
    if (end) await state.changes.changedFrom(number, url.searchParams.get("after") ?? "", end);
    return conversationOf(state, number);
  }

  /** When a client who waits must be answered all the same; null for one who does not wait. */
  #endOfWait({ url, gone }: Control): AbortSignal | null {
    const wait = Number(url.searchParams.get("wait") ?? 0);
    if (!(wait >= 0 && wait <= LONGEST_WAIT)) {
      throw new ControlError(422, `wait must be a number of seconds from 0 to ${LONGEST_WAIT}`, "wait");
    }
    if (wait === 0) return null;
    return AbortSignal.any([gone, this.parts.time.signal, AbortSignal.timeout(wait * 1000)]);
  }

  #toControlError(error: unknown): ControlError {
    if (error instanceof ControlError) return error;
    if (error instanceof BodyTooLargeError) return new ControlError(413, "The body is longer than 256 KiB");
    this.parts.log(`error: ${error instanceof Error ? error.message : "unknown"}`);
    return new ControlError(500, "The simulator could not do that");
  }
}

/**
 * The controls need no password, so a page in the developer's browser must not get at them: neither by a name that
 * it makes resolve to this machine (DNS rebinding), nor by posting across origins.
 */
function refuseStrangers({ headers }: IncomingMessage): void {
  const origin = headers.origin?.replace(/^https?:\/\//, "");
  if (!isLoopbackHost(headers.host ?? "") || (origin !== undefined && !isLoopbackHost(origin))) {
    throw new ControlError(403, "The simulator's controls answer to this machine only");
  }
}

function parseNumber(given: string): string {
  const number = toE164(decode(given));
  if (!number)
    throw new ControlError(422, "A handset is named by its E.164 number, e.g. +447911123456", "number");
  return number;
}

function decode(given: string): string {
  try {
    return decodeURIComponent(given);
  } catch {
    return "";
  }
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, "The body is not JSON");
  }
}

function field(body: unknown, name: string): unknown {
  if (typeof body !== "object" || body === null) return undefined;
  const fields: Record<string, unknown> = { ...body };
  return fields[name];
}
