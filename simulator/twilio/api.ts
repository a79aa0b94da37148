import type { IncomingMessage, ServerResponse } from "node:http";

import type { FaultName, Faults } from "../faults";
import { BodyTooLargeError, readBody, sendJson } from "../http";
import type { Delivery } from "../network/delivery";
import { parametersToObject, type Observers } from "../observers";
import type { FeedbackEntry } from "../remembered";
import type { State } from "../state";
import { isAuthentic } from "./authentication";
import { messageFromForm } from "./create-message";
import {
  authenticationFailed,
  bodyTooLarge,
  internalError,
  invalidParameter,
  methodNotAllowed,
  notFound,
  refusal,
  serviceUnavailable,
  tooManyRequests,
  TwilioError,
} from "./errors";
import { listMessages } from "./list-messages";
import { feedbackResource, messageResource } from "./resources";
import { newSid } from "./sids";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

/** What becomes of a call: an answer, or a connection left open (`hang`) or closed (`cut`) without one. */
type Reaction = { readonly status: number; readonly body: unknown } | "hang" | "cut";

const REQUEST_FAULTS = ["hang", "rateLimited", "serverError", "refused", "lostAnswer"] as const;

/** Twilio's REST API of 2010-04-01, as far as messages and their feedback go. */
export class TwilioApi {
  constructor(
    private readonly parts: {
      accountSid: string;
      authToken: string;
      state: State;
      faults: Faults;
      delivery: Delivery;
      observers: Observers;
      random: () => number;
      log: (line: string) => void;
    },
  ) {}

  /** Answer a request, or not, if a fault has it so. */
  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    let form = new URLSearchParams();
    let reaction: Reaction;
    try {
      const text = await readBody(request);
      // Like Twilio, which finds a JSON body to lack every parameter.
      const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
      form = new URLSearchParams(isForm ? text : "");
      const { accountSid, authToken } = this.parts;
      if (!isAuthentic(request.headers.authorization, accountSid, authToken)) throw authenticationFailed();
      reaction = this.#react({
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        form,
      });
    } catch (error) {
      const problem = this.#toTwilioError(error);
      reaction = { status: problem.status, body: problem.toJSON() };
    }

    const { authorization: _, ...headers } = request.headers;
    const answer = typeof reaction === "string" ? null : reaction;
    this.parts.observers.notify({
      kind: "api",
      method: request.method ?? "",
      path: url.pathname,
      query: parametersToObject(url.searchParams),
      form: parametersToObject(form),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      status: answer?.status ?? null,
      responseBody: answer === null ? null : JSON.parse(JSON.stringify(answer.body)),
    });

    if (reaction === "cut") request.socket.destroy();
    if (answer) {
      sendJson(response, answer.status, answer.body, {
        "Twilio-Request-Id": newSid("RQ"),
        "X-API-Domain": "api.twilio.com",
        ...(answer.status === 401 ? { "WWW-Authenticate": 'Basic realm="Twilio API"' } : {}),
      });
    }
  }

  #react(call: Call): Reaction {
    const { accountSid } = this.parts;
    const [, account, rest = ""] =
      /^\/2010-04-01\/Accounts\/([^/]+)\/Messages(.*)\.json$/.exec(call.path) ?? [];
    if (account !== accountSid) throw notFound(call.path);
    const [, sid, subresource] = /^\/([A-Z]{2}[0-9a-fA-F]{32})(\/Feedback)?$/.exec(rest) ?? [];

    if (rest === "" && call.method === "POST")
      return this.#withFaults((faults) => this.#create(call, faults));
    if (rest === "" && call.method === "GET") return this.#list(call);
    if (sid && subresource && call.method === "POST") {
      return this.#withFaults(() => this.#takeFeedback(call, sid));
    }
    if (sid && !subresource && call.method === "GET") return this.#fetch(call, sid);
    throw rest === "" || sid ? methodNotAllowed() : notFound(call.path);
  }

  #withFaults(proceed: (faults: ReadonlySet<FaultName>) => Reaction): Reaction {
    const { faults, random } = this.parts;
    const struck = faults.draw(REQUEST_FAULTS);
    if (struck.has("hang")) return "hang";
    if (struck.has("rateLimited")) throw tooManyRequests();
    if (struck.has("serverError")) throw random() < 0.5 ? internalError() : serviceUnavailable();
    const reaction = proceed(struck);
    return struck.has("lostAnswer") ? "cut" : reaction;
  }

  #create({ form }: Call, faults: ReadonlySet<FaultName>): Reaction {
    const { accountSid, state, delivery } = this.parts;
    const message = messageFromForm(form);
    if (faults.has("refused")) throw refusal(21610, message.to);
    state.add(message);
    delivery.start(message);
    return { status: 201, body: messageResource(accountSid, message) };
  }

  #list({ query }: Call): Reaction {
    const { accountSid, state } = this.parts;
    return { status: 200, body: listMessages(accountSid, state.messages(), query) };
  }

  #fetch({ path }: Call, sid: string): Reaction {
    const { accountSid, state } = this.parts;
    const message = state.message(sid);
    if (!message) throw notFound(path);
    return { status: 200, body: messageResource(accountSid, message) };
  }

  #takeFeedback({ path, form }: Call, sid: string): Reaction {
    const { accountSid, state } = this.parts;
    const message = state.message(sid);
    // That a message sent without ProvideFeedback has no such resource is our assumption: Twilio documents no answer.
    if (!message?.provideFeedback) throw notFound(path);
    const outcome = form.get("Outcome");
    // The description makes it optional without naming a default, so a missing one would mean who knows what.
    if (outcome !== "confirmed" && outcome !== "unconfirmed") {
      throw invalidParameter("Outcome", "must be confirmed or unconfirmed");
    }
    const entry: FeedbackEntry = { messageSid: sid, outcome, at: new Date().toISOString() };
    state.addFeedback(entry);
    return { status: 200, body: feedbackResource(accountSid, entry) };
  }

  #toTwilioError(error: unknown): TwilioError {
    if (error instanceof TwilioError) return error;
    if (error instanceof BodyTooLargeError) return bodyTooLarge();
    this.parts.log(`error: ${error instanceof Error ? error.message : "unknown"}`);
    return internalError();
  }
}
