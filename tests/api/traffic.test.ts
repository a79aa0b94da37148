/** The demo's traffic against the API and the simulator over HTTP, at a quick pace. */
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { setClock } from "@/lib/clock";
import { env, required } from "@/lib/env";
import { startTraffic, type Traffic } from "@/demo/traffic/traffic";
import { useProduct } from "../support/product";
import { until } from "../support/until";

const product = useProduct();
let traffic: Traffic | undefined;

function start(options: { appOrigin?: string; rate?: number } = {}): Traffic {
  // People take their time while the test runs: the product's clock goes on.
  setClock();
  traffic = startTraffic({
    appOrigin: product.origin,
    simulatorOrigin: required("TWILIO_API_ORIGIN"),
    apiKey: env().API_KEYS[0]!,
    rate: 40,
    pace: 0.01,
    seed: "test",
    ...options,
  });
  return traffic;
}

afterEach(async () => {
  await traffic?.stop();
  product.simulator.setScenario("calm");
});

async function counts(condition = "true") {
  const { rows } = await product.pool.query<{ started: number; approved: number; failed: number }>(
    `select count(*)::int as started, count(*) filter (where status = 'approved')::int as approved,
       count(*) filter (where failed_checks > 0)::int as failed
     from verification where ${condition}`,
  );
  return rows[0]!;
}

test("people start, read their code and get in, from many countries", async () => {
  start();
  await until(async () => (await counts()).approved >= 60);
  const { rows } = await product.pool.query<{ countries: number; addresses: number; networks: number }>(
    `select count(distinct country)::int as countries, count(distinct client_ip)::int as addresses,
       count(distinct network)::int as networks from verification`,
  );
  expect(rows[0]!.countries).toBeGreaterThan(8);
  expect(rows[0]!.addresses).toBeGreaterThan(50);
  expect(rows[0]!.networks).toBeGreaterThan(8);
  // How many are still under way depends on the machine; the first to come are through at some time.
  const first = "id in (select id from verification order by created_at limit 60)";
  await until(async () => (await counts(first)).approved > 30);
});

test("the scenario `pumping` brings bots, which answer nothing, and its end ends them", async () => {
  product.simulator.setScenario("pumping");
  start({ rate: 10 });
  const bots = "client_ip like '10.66.%'";
  await until(async () => (await counts(bots)).started >= 30);
  expect((await counts(bots)).approved).toBe(0);
  const { rows } = await product.pool.query<{ countries: number; blocks: number }>(
    `select count(distinct country)::int as countries, count(distinct block)::int as blocks from verification where ${bots}`,
  );
  expect(rows[0]).toEqual({ countries: 1, blocks: 1 });

  // Of four who come during the attack three are bots: twenty people after the last of them come when it is over.
  product.simulator.setScenario("calm");
  const last = `(select max(created_at) from verification where ${bots})`;
  await until(async () => (await counts(`created_at > ${last}`)).started >= 20);
});

test("an app that is away is waited for, and the end comes at once", async () => {
  const away = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => away.listen(0, "127.0.0.1", resolve));
  const { port } = away.address() as { port: number };
  start({ appOrigin: `http://127.0.0.1:${port}`, rate: 200 });
  await once(away, "connection");
  const before = Date.now();
  await traffic!.stop();
  expect(Date.now() - before).toBeLessThan(1_000);
  away.close();
});
