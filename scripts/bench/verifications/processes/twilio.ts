/**
 * The simulator as Twilio, quicker than life, and what it alone knows: the codes it was given, what it has yet to tell, and whom it was told of.
 */
import { createServer } from "node:http";
import { z } from "zod";
import { createSimulator, type ApiExchange } from "@/simulator/server";
import { portOf } from "../../../server/closing";
import { listen } from "../../../support/listen";
import { takeOrders } from "../../support/child";

const Order = z.discriminatedUnion("what", [
  z.object({ what: z.literal("codes"), numbers: z.array(z.string()) }),
  z.object({ what: z.literal("under way") }),
  z.object({ what: z.literal("told") }),
  /** Has callbacks come as they do in life: some late, some twice, some in another order. */
  z.object({ what: z.literal("be unreliable") }),
  /** Tells codes one by one, at an address of its own: `/+14155550123`. */
  z.object({ what: z.literal("show codes") }),
]);

/** A message is delivered in a tenth of a second: nobody waits for it, and its callbacks come while others are sent. */
const PACE = 0.02;

const simulator = createSimulator({ pace: PACE, log: (line) => console.error(line) });

/** By number: a code, and how many messages. */
const codes = new Map<string, string>();
let messages = 0;
/** SIDs with feedback. */
const confirmed = new Set<string>();
let callbacks = 0;
const refused: string[] = [];

simulator.observe((exchange) => {
  if (exchange.kind === "webhook") {
    callbacks += 1;
    if (exchange.status !== 200 && exchange.status !== 204)
      refused.push(`callback ${exchange.status ?? "unanswered"}`);
    return;
  }
  if (exchange.method !== "POST") return;
  if (exchange.status === null || exchange.status > 299) {
    refused.push(`${exchange.path.replace(/^.*Messages/, "Messages")}: ${exchange.status ?? "unanswered"}`);
    return;
  }
  take(exchange);
});

function take({ path, form }: ApiExchange): void {
  const sid = /Messages\/(\w+)\/Feedback/.exec(path)?.[1];
  if (sid !== undefined) {
    confirmed.add(sid);
    return;
  }
  messages += 1;
  underWay += 1;
  const code = /\b\d{6}\b/.exec(String(form["Body"]))?.[0];
  if (code !== undefined) codes.set(String(form["To"]), code);
}

/** Of the newest messages, so many may not have told all yet. */
let underWay = 0;

function countUnderWay(): number {
  const newest = simulator.messages().slice(0, underWay);
  const left = newest.filter(
    ({ status, dueCallbacks }) => status !== "delivered" || dueCallbacks.length > 0,
  ).length;
  if (left === 0) underWay = 0;
  return left;
}

const origin = await simulator.listen(0);

/** A code that was told is nobody's any more. */
const phones = createServer((request, response) => {
  const number = decodeURIComponent(request.url ?? "").slice(1);
  response.end(codes.get(number) ?? "");
  codes.delete(number);
});
phones.keepAliveTimeout = 65_000;

takeOrders(
  async (given) => {
    const order = Order.parse(given);
    switch (order.what) {
      case "codes":
        return order.numbers.map((number) => codes.get(number) ?? "");
      case "under way":
        return countUnderWay();
      case "told":
        return { messages, callbacks, confirmed: confirmed.size, refused };
      case "be unreliable":
        simulator.setFaults({ callbackLate: 0.05, callbackReorder: 0.02, callbackDuplicate: 0.01 });
        return null;
      case "show codes":
        await listen(phones, 0, "127.0.0.1");
        return `http://127.0.0.1:${portOf(phones)}`;
    }
  },
  { origin, close: () => simulator.close() },
);
