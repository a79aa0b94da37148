/**
 * How the SDK's requests are made: by node:http(s). The SDK's own client makes them by axios, which takes as long for one as all else that the
 * SDK does; its agent is used, and with it `HTTP_PROXY` and `TWILIO_CA_BUNDLE`.
 */
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient";
import type Response from "twilio/lib/http/response";

/** The longest one call to Twilio may take, in milliseconds; past it, the outcome of a send is unknown. */
const CALL_TIMEOUT_MS = 10_000;

/** A 429 is the one refusal after which Twilio has certainly done nothing: it is asked again, with full jitter. */
const MOST_RETRIES = 3;
const FIRST_RETRY_MS = 200;

/** There was no answer. It has nothing of the request, which has a secret and our credentials in it. */
export class NoAnswer extends Error {
  override name = "NoAnswer";

  /** @param code the system's for what happened */
  constructor(readonly code: string) {
    super(code);
  }
}

export class TwilioRequestClient extends twilio.RequestClient {
  readonly #origin: string | undefined;
  readonly #plain = new http.Agent({ keepAlive: true });
  readonly #secure: https.Agent;

  /**
   * @param origin where all requests go. The SDK has no option for that; replacing protocol and host of the finished request works for all of
   *   its hosts, whatever TWILIO_EDGE and TWILIO_REGION made of them
   */
  constructor(origin?: string) {
    super({ timeout: CALL_TIMEOUT_MS });
    this.#origin = origin;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK sets it to one, or to what goes through a proxy
    this.#secure = this.axios.defaults.httpsAgent as https.Agent;
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    for (let retries = 0; ; retries += 1) {
      const answer = await this.#ask<TData>(options);
      if (answer.statusCode !== 429 || retries === MOST_RETRIES) return answer;
      await sleep(Math.random() * FIRST_RETRY_MS * 2 ** retries);
    }
  }

  async #ask<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    const { method, username = "", password = "", headers = {}, params, data } = options;
    const given = new URL(options.uri);
    const target = this.#origin === undefined ? given : new URL(given.pathname + given.search, this.#origin);
    for (const [name, value] of fieldsOf(params)) target.searchParams.append(name, value);
    const body = data === undefined ? undefined : String(fieldsOf(data));
    const isSecure = target.protocol === "https:";
    const request = (isSecure ? https : http).request(target, {
      method,
      agent: isSecure ? this.#secure : this.#plain,
      auth: `${username}:${password}`,
      headers: {
        ...headers,
        ...(body !== undefined && { "Content-Length": Buffer.byteLength(body) }),
      },
    });
    let deadline: NodeJS.Timeout | undefined;
    // A request that has no connection yet says nothing when it is destroyed.
    const late = new Promise<never>((_, reject) => {
      deadline = setTimeout(() => {
        reject(new NoAnswer("ECONNABORTED"));
        request.destroy();
      }, CALL_TIMEOUT_MS);
    });
    try {
      return await Promise.race([late, answerOf<TData>(request, body)]);
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      const code =
        error instanceof Error && "code" in error && typeof error.code === "string"
          ? error.code
          : "no_answer";
      throw new NoAnswer(code);
    } finally {
      clearTimeout(deadline);
    }
  }
}

async function answerOf<TData>(
  request: http.ClientRequest,
  form: string | undefined,
): Promise<Response<TData>> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once("response", resolve).on("error", reject);
    request.end(form);
  });
  const said = await text(response);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK looks at what it is
  const body = parsed(said) as TData;
  return { statusCode: response.statusCode ?? 0, body, headers: response.headers };
}

/** As the SDK writes a form and a query, whose values it has made texts of: a list's each under its name. */
function fieldsOf(values: unknown): URLSearchParams {
  const fields = new URLSearchParams();
  const entries: [string, unknown][] =
    typeof values === "object" && values !== null ? Object.entries(values) : [];
  for (const [name, value] of entries) {
    for (const each of [value].flat()) {
      if (typeof each === "string" || typeof each === "number" || typeof each === "boolean")
        fields.append(name, String(each));
    }
  }
  return fields;
}

/** What is no JSON, such as a gateway's page, stays a text: the SDK expects either. */
function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return said;
  }
}
