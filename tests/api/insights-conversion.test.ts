import { expect, test } from "vitest";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { otherThan, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

interface Row {
  country: string;
  attempted: number;
  refused: number;
  unknown: number;
  statusOk: number;
  confirmed: number;
  late: number;
}

/** The answer of a report, as a program gets it. */
async function report<Body>(path: string): Promise<Body> {
  const { status, body } = await product.call("GET", `/api/insights/${path}`);
  expect(status).toBe(200);
  return body as Body;
}

const destinations = () => report<{ rows: Row[]; totals: Row }>("destinations?sort=country");

test("without messages there is no rate and no row", async () => {
  const { rows, totals } = await destinations();
  expect(rows).toEqual([]);
  expect(totals).toMatchObject({ attempted: 0, confirmed: 0, conversion: null, successRate: null });
});

test("counts each destination's messages by what became of them, and rows sum to totals", async () => {
  const answered = await product.start({ to: "+4915123456789" });
  await product.check(answered.id, answered.code);
  const wrong = await product.start({ to: "+4915123456788" });
  await product.check(wrong.id, otherThan(wrong.code));
  const late = await product.start({ to: "+33612345678" });
  await product.call("POST", "/api/verifications", { to: "+15005550001" });
  product.simulator.setFaults({ serverError: 1 });
  await product.call("POST", "/api/verifications", { to: product.number() });
  product.simulator.setFaults({});
  await until(async () => (await destinations()).totals.statusOk === 3);
  product.advance(601);
  await product.check(late.id, late.code);
  // Until then nothing is settled, and so nothing has a rate.
  expect((await destinations()).totals).toMatchObject({ conversion: null, mature: { attempted: 0 } });
  product.advance(1_800);

  const { rows, totals } = await destinations();
  const groups = { errors: 0, inFlight: 0, canceled: 0 };
  expect(rows).toMatchObject([
    { country: "DE", attempted: 2, statusOk: 2, confirmed: 1, late: 0, conversion: 0.5, ...groups },
    { country: "FR", attempted: 1, statusOk: 1, confirmed: 1, late: 1, conversion: 1, ...groups },
    { country: "US", attempted: 0, refused: 1, unknown: 1, confirmed: 0, conversion: null, ...groups },
  ]);
  expect(totals).toMatchObject({ attempted: 3, statusOk: 3, confirmed: 2, late: 1, refused: 1, unknown: 1 });
  expect(totals).toMatchObject({ conversion: 2 / 3, inTimeConversion: 1 / 3, successRate: 1 / 3 });
  for (const name of ["attempted", "statusOk", "confirmed", "refused", "unknown", "late"] as const) {
    expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(totals[name]);
  }

  expect(await report("feedback")).toMatchObject({ confirmed: 2, reported: 0, backlog: { pending: 2 } });
  await deliverFeedback();
  expect(await report("feedback")).toMatchObject({
    confirmed: 2,
    reported: 2,
    coverage: 1,
    backlog: { pending: 0 },
  });
});
