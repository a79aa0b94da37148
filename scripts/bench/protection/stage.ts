/**
 * The product on a set clock: its route handlers in this process, over a real database, with the simulator as Twilio, which posts its
 * callbacks over HTTP. Nothing of it waits for time to pass.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { setClock } from "@/lib/clock";
import { disconnect } from "@/lib/db";
import { setEnv } from "@/lib/env";
import { FeedbackDelivery } from "@/lib/feedback/deliver";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { workOutUsual } from "@/lib/insights/counting/usual";
import { watchConversion } from "@/lib/insights/counting/watch-conversion";
import { watchIncidents } from "@/lib/notifications/watch/watch";
import { keepPartitions } from "@/lib/protection/partitions";
import { createSimulator, type Exchange } from "@/simulator/server";
import { apiRoutes, findRoute } from "../../server/api-routes";
import { Fault } from "../../support/fault";
import { listen } from "../../support/listen";
import { BEGINNING, type Receipt } from "./programme";

const API_KEY = "bench-key-0123456789abcdef";
const AUTH_TOKEN = "simulator";

/** The simulated network's delays are a thousandth of what they are in life: the clock stands still meanwhile. */
const PACE = 0.001;

/** A message whose last callback has not come after this long will not have one, in milliseconds. */
const SETTLED_MS = 20_000;

/** The status of the last callback that each kind of message has. */
const LAST: Readonly<Record<Receipt, string>> = {
  delivered: "delivered",
  undelivered: "undelivered",
  lost: "sent",
};

export interface Answer {
  status: number;
  body: unknown;
}

export interface Stage {
  /** Sets the clock, in milliseconds from the scenario's beginning. */
  setTime: (at: number) => void;
  call: (method: string, path: string, body?: object) => Promise<Answer>;
  /** What the carrier does with the messages to a number from now on. */
  setReceipt: (number: string, receipt: Receipt) => Promise<void>;
  /** Until a message's last callback is recorded. @returns the code in its text */
  settled: (sid: string, receipt: Receipt) => Promise<string>;
  /** What the loops do, once. */
  work: () => Promise<void>;
  close: () => Promise<void>;
}

const SentForm = z.object({ Body: z.string() });
const SentAnswer = z.object({ sid: z.string() });

/** Opens the product over a database of its own. One at a time: its configuration and clock are the process's. */
export async function openStage(configuration: Record<string, string>, databaseUrl: string): Promise<Stage> {
  const simulator = createSimulator({ pace: PACE, authToken: AUTH_TOKEN });
  const simulatorOrigin = await simulator.listen(0);
  const server = createServer((request, response) => void serve(request, response));
  await listen(server, 0, "127.0.0.1");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  setEnv({
    ...configuration,
    DATABASE_URL: databaseUrl,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_API_ORIGIN: simulatorOrigin,
    PUBLIC_BASE_URL: origin,
    API_KEYS: API_KEY,
  });
  let time = BEGINNING;
  setClock(() => new Date(time));

  const receipts = new Map<string, Receipt>();
  const codes = new Map<string, string>();
  const recorded = new Set<string>();
  const waiting = new Map<string, () => void>();
  simulator.observe((exchange) => {
    for (const key of seen(exchange, codes)) {
      recorded.add(key);
      waiting.get(key)?.();
    }
  });
  const feedback = new FeedbackDelivery();

  return {
    setTime: (at) => (time = BEGINNING + at),
    call: async (method, path, body) => {
      const headers = { Authorization: `Bearer ${API_KEY}`, "Content-Type": "application/json" };
      const answer = await dispatch(
        new Request(origin + path, { method, headers, body: body && JSON.stringify(body) }),
      );
      const said = await answer.text();
      return { status: answer.status, body: said === "" ? null : JSON.parse(said) };
    },
    setReceipt: async (number, receipt) => {
      // Of a number, and not of whoever asks: some numbers are two people's.
      if ((receipts.get(number) ?? "delivered") === receipt) return;
      receipts.set(number, receipt);
      const delivery =
        receipt === "undelivered"
          ? { mode: "failed", errorCode: 30003 }
          : { mode: receipt === "lost" ? "lost" : "normal" };
      const url = `${simulatorOrigin}/simulator/handsets/${encodeURIComponent(number)}/delivery`;
      const answer = await fetch(url, { method: "PUT", body: JSON.stringify(delivery) });
      if (!answer.ok) throw new Fault(`The simulator did not take a delivery: ${await answer.text()}`);
    },
    settled: async (sid, receipt) => {
      const key = `${sid} ${LAST[receipt]}`;
      if (!recorded.has(key)) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve, reject) => {
          waiting.set(key, resolve);
          timer = setTimeout(() => reject(new Fault(`No callback came for a message: ${key}.`)), SETTLED_MS);
        });
        clearTimeout(timer);
        waiting.delete(key);
      }
      recorded.delete(key);
      const code = codes.get(sid) ?? "";
      codes.delete(sid);
      return code;
    },
    work: async () => {
      while ((await foldDeltas()).more);
      while (await watchConversion());
      await workOutUsual();
      await keepPartitions();
      do await feedback.placeFree();
      while (await feedback.begin());
      await feedback.settled();
      await watchIncidents();
    },
    close: async () => {
      await simulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await disconnect();
      setClock();
    },
  };
}

/** Keeps the code of a message that was taken. @returns which last callbacks are recorded by what was on the wire */
function seen(exchange: Exchange, codes: Map<string, string>): string[] {
  if (exchange.kind === "webhook") {
    const { MessageSid, MessageStatus } = exchange.form;
    const isTaken = exchange.status !== null && exchange.status < 300;
    return isTaken ? [`${MessageSid} ${MessageStatus}`] : [];
  }
  const [form, answer] = [SentForm.safeParse(exchange.form), SentAnswer.safeParse(exchange.responseBody)];
  const code = form.success ? /#(\d+)$/.exec(form.data.Body)?.[1] : undefined;
  if (answer.success && code !== undefined) codes.set(answer.data.sid, code);
  return [];
}

const ROUTES = apiRoutes();

async function dispatch(request: Request): Promise<Response> {
  const found = findRoute(ROUTES, new URL(request.url).pathname);
  const handler = found && (await found.route.load())[request.method];
  return handler
    ? handler(request, { params: Promise.resolve(found.params) })
    : new Response(null, { status: 404 });
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const { method = "GET" } = request;
  const body = method === "GET" ? undefined : await text(request);
  const url = `http://${request.headers.host ?? ""}${request.url ?? ""}`;
  const answer = await dispatch(new Request(url, { method, headers, body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}
