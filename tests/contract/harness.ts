import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient";
import { onTestFinished } from "vitest";

import {
  createSimulator,
  SIMULATOR_ACCOUNT_SID,
  SIMULATOR_AUTH_TOKEN,
  type ApiExchange,
  type Exchange,
  type Simulator,
  type SimulatorOptions,
} from "@/simulator/server";
import { assertExchange } from "@/tests/support/twilio-contract";
import { until } from "@/tests/support/until";

export const FROM = "+15017122661";
export const TO = "+447400123456";
export const MESSAGES = `/2010-04-01/Accounts/${SIMULATOR_ACCOUNT_SID}/Messages`;

export interface Running {
  simulator: Simulator;
  origin: string;
  port: number;
  /** All that was seen on the wire. Exchanges with the REST API have been checked against the description. */
  exchanges: Exchange[];
}

/** A simulator a hundred times faster than life, whose every answer is held to the contract; closed after the test. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Running> {
  const simulator = createSimulator({ pace: 0.01, ...options });
  const exchanges: Exchange[] = [];
  simulator.observe((exchange) => exchanges.push(exchange));
  const origin = await simulator.listen(0);
  onTestFinished(async () => {
    await simulator.close();
    apiExchanges(exchanges).forEach(assertExchange);
  });
  return { simulator, origin, port: Number(new URL(origin).port), exchanges };
}

export const apiExchanges = (exchanges: readonly Exchange[]) =>
  exchanges.filter((exchange): exchange is ApiExchange => exchange.kind === "api");

/** Twilio's own SDK, speaking to the simulator. */
export function sdk(origin: string, { timeout = 5_000, token = SIMULATOR_AUTH_TOKEN } = {}) {
  class SimulatorClient extends twilio.RequestClient {
    override request<TData>(options: RequestClient.RequestOptions<TData>) {
      const { pathname, search } = new URL(options.uri);
      return super.request<TData>({ ...options, uri: origin + pathname + search });
    }
  }
  const httpClient = new SimulatorClient({ timeout });
  return twilio(SIMULATOR_ACCOUNT_SID, token, { httpClient });
}

/** The REST API without the SDK, for what the SDK would not send. */
export async function post(
  origin: string,
  path: string,
  form: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(origin + path, {
    method: "POST",
    headers: { Authorization: basicAuth() },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export const basicAuth = (sid = SIMULATOR_ACCOUNT_SID, token = SIMULATOR_AUTH_TOKEN) =>
  `Basic ${Buffer.from(`${sid}:${token}`).toString("base64")}`;

/** A control of the simulator, with a JSON body. */
export async function control(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${origin}/simulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

export interface ReceivedWebhook {
  url: string;
  signature: string;
  form: Record<string, string>;
}

type WebhookAnswer = { status: number; body?: string } | "silence";

/** An application that takes webhooks; `answer` says what it answers, given how many came before. */
export async function startReceiver(answer: (count: number) => WebhookAnswer = () => ({ status: 204 })) {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    void readForm(request).then((form) => {
      const webhook = {
        url: origin + request.url,
        signature: String(request.headers["x-twilio-signature"]),
        form,
      };
      const reaction = answer(received.length);
      received.push(webhook);
      if (reaction === "silence") return;
      response.writeHead(reaction.status, { "Content-Type": "text/xml" }).end(reaction.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin, received, statuses: () => received.map(({ form }) => form["MessageStatus"]) };
}

async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return Object.fromEntries(new URLSearchParams(text));
}

/** The message once it has this status. */
export const untilStatus = (simulator: Simulator, sid: string, status: string) =>
  until(() => simulator.messages().find((message) => message.sid === sid && message.status === status));
