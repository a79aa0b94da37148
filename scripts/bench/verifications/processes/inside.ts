/** Our handlers called directly, and our bare statements: what HTTP costs, and what everything around the database costs. */
import { Pool } from "pg";
import { z } from "zod";
import { disconnect } from "@/lib/db";
import { required } from "@/lib/env";
import { apiRoutes, findRoute } from "../../../server/api-routes";
import { takeOrders } from "../../support/child";
import { momentOf, newFacts, recordStatements, sendAgain, type Facts, type Recorded } from "../bare";
import { closedLoop, Pace, type Answer, type Call } from "../closed-loop";

const Fact = z.object({
  to: z.string(),
  address: z.string(),
  id: z.string(),
  messageId: z.string(),
  sid: z.string(),
  code: z.string(),
});
const Order = z.discriminatedUnion("what", [
  Pace.extend({ what: z.literal("handlers"), headers: z.record(z.string(), z.string()) }),
  /** Makes one call, and keeps its statements under a name. */
  z.object({
    what: z.literal("record"),
    name: z.enum(["start", "check"]),
    call: z.object({ path: z.string(), body: z.string() }),
    headers: z.record(z.string(), z.string()),
  }),
  /** Says whose values the recorded statements have. */
  z.object({ what: z.literal("recorded of"), facts: Fact }),
  Pace.extend({ what: z.literal("bare starts") }),
  Pace.extend({ what: z.literal("bare checks") }),
]);

const ORIGIN = "http://127.0.0.1";
const routes = apiRoutes();

/** As large as the product's own. */
const pool = new Pool({ connectionString: required("DATABASE_URL"), max: 20, application_name: "bare" });
const recorded: Record<"start" | "check", Omit<Recorded, "facts">> = {
  start: { statements: [], at: 0 },
  check: { statements: [], at: 0 },
};
let facts: Facts | undefined;

async function callHandler({ method, path, body }: Call, headers: Record<string, string>): Promise<Answer> {
  const found = findRoute(routes, path);
  const handler = found && (await found.route.load())[method];
  if (!handler) throw new Error(`nothing is at ${path}`);
  const request = new Request(ORIGIN + path, {
    method,
    body,
    headers: { ...headers, "Content-Type": "application/json" },
  });
  const response = await handler(request, { params: Promise.resolve(found.params) });
  return { status: response.status, body: await response.text() };
}

/** A bare start's answer is what it made; a bare check's is right when it approves. */
async function bareCall(name: "start" | "check", wanted: Facts, at: number): Promise<Answer> {
  if (!facts) throw new Error("nothing was recorded");
  const rows = await sendAgain(pool, { ...recorded[name], facts }, wanted, at);
  const isDone = rows[0]?.some((value) => value === "started" || value === "approved") ?? false;
  return { status: isDone ? 200 : 500, body: isDone ? "" : JSON.stringify(rows) };
}

takeOrders(
  async (given) => {
    const order = Order.parse(given);
    switch (order.what) {
      case "handlers":
        return closedLoop(order, (call) => callHandler(call, order.headers));
      case "record": {
        const [answer, statements] = await recordStatements(() =>
          callHandler({ method: "POST", ...order.call }, order.headers),
        );
        recorded[order.name] = { statements, at: Date.now() };
        return { ...answer, statements: statements.map(({ text }) => text) };
      }
      case "recorded of":
        facts = order.facts;
        recorded.start.at = momentOf(facts.id);
        return null;
      case "bare starts":
        return closedLoop(order, ({ path: to, body: address = "" }) => {
          const at = Date.now();
          return bareCall("start", newFacts(to, address, at), at);
        });
      case "bare checks":
        return closedLoop(order, ({ body }) => {
          return bareCall("check", Fact.parse(JSON.parse(body ?? "")), Date.now());
        });
    }
  },
  { close: () => Promise.all([pool.end(), disconnect()]).then(() => undefined) },
);
