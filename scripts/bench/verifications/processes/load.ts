/**
 * Makes the calls, in a process of its own. By node:http with connections that stay open: each call has a body of its own and its answer is
 * read, which is what a load generator such as autocannon spares itself.
 */
import { z } from "zod";
import { takeOrders } from "../../support/child";
import { callOn, connection } from "../../support/http-call";
import { closedLoop, Pace } from "../closed-loop";

const Order = Pace.extend({
  /** The connections are shared out among these. */
  origins: z.array(z.url()).min(1),
  headers: z.record(z.string(), z.string()).default({}),
});

takeOrders(async (given) => {
  const { origins, headers, ...pace } = Order.parse(given);
  const agents = Array.from({ length: pace.connections }, connection);
  try {
    return await closedLoop(pace, (call, n) =>
      callOn(agents[n], origins[n % origins.length] ?? "", call, headers),
    );
  } finally {
    for (const agent of agents) agent.destroy();
  }
});
