import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { ControlApi } from "./controls/api";
import { Faults, type FaultRates } from "./faults";
import { Handsets, type HandsetMessage } from "./handsets";
import { sendJson } from "./http";
import { Journal } from "./journal";
import { Delivery } from "./network/delivery";
import { parseScenarioName, type ScenarioName } from "./network/scenarios";
import { Observers, type ExchangeListener } from "./observers";
import { SimulatedTime } from "./simulated-time";
import type { FeedbackEntry, SimulatedMessage } from "./remembered";
import { State } from "./state";
import { TwilioApi } from "./twilio/api";
import { Templates } from "./twilio/content";
import { notFound } from "./twilio/errors";
import { Inbound } from "./webhooks/inbound";
import { StatusCallbacks } from "./webhooks/status-callbacks";
import { WebhookSender } from "./webhooks/webhook-sender";

export type { FaultRates } from "./faults";
export type { HandsetMessage } from "./handsets";
export type { ScenarioName } from "./network/scenarios";
export type { ApiExchange, Exchange, ExchangeListener } from "./observers";
export type { FeedbackEntry, SimulatedMessage } from "./remembered";

export const SIMULATOR_ACCOUNT_SID = `AC${"0".repeat(32)}`;
export const SIMULATOR_AUTH_TOKEN = "simulator";

export interface SimulatorOptions {
  /** `AC` and 32 zeros unless given. */
  accountSid?: string;
  /** What requests authenticate and webhooks are signed with; `simulator` unless given. */
  authToken?: string;
  /** Multiplies the simulated network's delays; 1, as in life, unless given. Time-outs and waits keep their length. */
  pace?: number;
  /**
   * A file that keeps messages, handsets and the ledger across processes, `kill -9` included. Null, the default: they
   * live as long as this object. Faults and the scenario are not kept: they are a tester's, not Twilio's memory.
   */
  journal?: string | null;
  /** The application's origin, for inbound messages and calls; null, the default: those controls answer 409. */
  webhookBase?: string | null;
  /** Numbers from 0 to 1, for delays, fates and faults. */
  random?: () => number;
  /** Told in one line of what went wrong; without phone numbers or texts. */
  log?: (line: string) => void;
}

export interface Simulator {
  /**
   * Start serving and take up what was under way. Resolves to the origin, e.g. `http://127.0.0.1:4010`; port 0 is any
   * free one. Rejects with the system's error when the port cannot be had or the journal cannot be used.
   */
  listen(port: number, host?: string): Promise<string>;
  /** Stop serving: connections are cut and everything under way stops, to go on with the next `listen`. */
  close(): Promise<void>;
  /** All messages, newest first. */
  messages(): SimulatedMessage[];
  /** What a handset has received, newest first. */
  handset(number: string): HandsetMessage[];
  /** All feedback taken, in order of arrival. */
  ledger(): FeedbackEntry[];
  /** Faults from now on; those left out never strike. */
  setFaults(rates: Partial<FaultRates>): void;
  setScenario(name: ScenarioName): void;
  /** Forget everything: messages, ledger, faults, scenario, journal and all that is under way. */
  reset(): void;
  /** Watch the wire; the function returned ends it. */
  observe(listener: ExchangeListener): () => void;
}

/** A stand-in for Twilio, and for the phones it reaches. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const accountSid = options.accountSid ?? SIMULATOR_ACCOUNT_SID;
  const authToken = options.authToken ?? SIMULATOR_AUTH_TOKEN;
  const random = options.random ?? Math.random;
  const log = options.log ?? (() => undefined);

  const state = new State(options.journal ? new Journal(options.journal) : null);
  const time = new SimulatedTime(options.pace ?? 1);
  const observers = new Observers();
  const faults = new Faults(random);
  const handsets = new Handsets(state);
  const sender = new WebhookSender(authToken, time, observers);
  const callbacks = new StatusCallbacks({ accountSid, state, time, faults, sender, log });
  const templates = new Templates();
  const delivery = new Delivery({ state, time, callbacks, handsets, templates, random });
  const webhookBase = options.webhookBase ?? null;
  const inbound = new Inbound({ accountSid, webhookBase, state, sender, delivery });

  function halt(): void {
    time.stop();
    callbacks.clear();
  }

  function reset(): void {
    halt();
    state.clear();
    faults.set({});
    templates.clear();
    delivery.scenario = "calm";
  }

  const twilio = new TwilioApi({ accountSid, authToken, state, faults, delivery, observers, random, log });
  const controls = new ControlApi({
    state,
    handsets,
    inbound,
    faults,
    templates,
    delivery,
    time,
    reset,
    log,
  });

  const server = createServer((request, response) => {
    void route(request, response);
  });
  // Longer than any client keeps a silent connection: else one would be closed just as its next request is on its way,
  // and only the fault `lostAnswer` should look like that.
  server.keepAliveTimeout = 65_000;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = `http://localhost${request.url}`;
    const url = URL.canParse(target) ? new URL(target) : new URL("http://localhost");
    if (/^\/simulator(\/|$)/.test(url.pathname)) return controls.handle(request, response, url);
    if (url.pathname.startsWith("/2010-04-01/")) return twilio.handle(request, response, url);
    sendJson(response, 404, notFound(url.pathname).toJSON());
  }

  return {
    async listen(port, host = "127.0.0.1") {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
      try {
        // Only with the port in hand: whoever holds it may be using the same journal.
        state.open();
      } catch (error) {
        await stopListening();
        throw error;
      }
      delivery.resume();
      const name = host.includes(":") ? `[${host}]` : host;
      return `http://${name}:${portOf(server)}`;
    },
    async close() {
      halt();
      await stopListening();
      state.close();
    },
    messages: () => state.messages(),
    handset: (number) => handsets.messages(number),
    ledger: () => state.ledger(),
    setFaults: (rates) => faults.set(rates),
    setScenario: (name) => {
      delivery.scenario = parseScenarioName(name);
    },
    reset,
    observe: (listener) => observers.add(listener),
  };

  async function stopListening(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address === "string" || address === null) throw new Error("The simulator listens on no port");
  return address.port;
}
