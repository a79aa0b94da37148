import { expect, test } from "vitest";
import { secondsAfter } from "@/lib/clock";
import { feedbackHealth } from "@/lib/feedback/due";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { conversionByDestination } from "@/lib/insights/conversion-by-destination";
import { clock, eventually, otherThan, useProduct } from "@/tests/support/product";

const product = useProduct();

const report = () => conversionByDestination(secondsAfter(clock(), -86_400), secondsAfter(clock(), 1));

test("without messages there is no rate and no row", async () => {
  const { rows, totals } = await report();
  expect(rows).toEqual([]);
  expect(totals).toMatchObject({ attempted: 0, confirmed: 0, conversion: null });
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
  await eventually(async () => (await report()).totals.statusOk === 3);
  product.advance(601);
  await product.check(late.id, late.code);

  const { rows, totals } = await report();
  const groups = { errors: 0, inFlight: 0, canceled: 0 };
  expect(rows).toMatchObject([
    { country: "DE", attempted: 2, statusOk: 2, confirmed: 1, late: 0, conversion: 0.5, ...groups },
    { country: "FR", attempted: 1, statusOk: 1, confirmed: 1, late: 1, conversion: 1, ...groups },
    { country: "US", attempted: 0, refused: 1, unknown: 1, confirmed: 0, conversion: null, ...groups },
  ]);
  expect(totals).toMatchObject({ attempted: 3, statusOk: 3, confirmed: 2, late: 1, refused: 1, unknown: 1 });
  expect(totals.conversion).toBeCloseTo(2 / 3);
  for (const name of ["attempted", "statusOk", "confirmed", "refused", "unknown", "late"] as const) {
    expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(totals[name]);
  }

  const health = () => feedbackHealth(secondsAfter(clock(), -86_400), clock());
  expect(await health()).toEqual({ reported: 0, pending: 2, refused: 0 });
  await deliverFeedback();
  expect(await health()).toEqual({ reported: 2, pending: 0, refused: 0 });
});

test("a message belongs to the moment it was requested in; the range is half-open", async () => {
  const before = (await report()).totals.attempted;
  const { id } = await product.start();
  const { rows } = await product.pool.query<{ at: Date }>(
    "select requested_at as at from message where verification_id = $1",
    [id],
  );
  const { at } = rows[0]!;
  expect((await conversionByDestination(at, secondsAfter(at, 1))).totals.attempted).toBe(1);
  expect((await conversionByDestination(secondsAfter(at, -86_400), at)).totals.attempted).toBe(before);
});
