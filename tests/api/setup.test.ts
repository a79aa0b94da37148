/** The checklist of a first run: each step is ticked by what has happened, and says what is wrong while it has not. */
import { beforeEach, expect, test } from "vitest";
import { isSetUp, setupSteps, type SetupSteps } from "@/lib/setup/steps";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { empty } from "@/tests/support/insights-database";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

beforeEach(async () => {
  await empty(product.pool);
  await product.pool.query("delete from webhook_seen");
});

const done = (steps: SetupSteps) =>
  Object.entries(steps).flatMap(([name, step]) => (step.done ? [name] : []));

test("an account that is not reached says so, and the next look finds it again", async () => {
  await product.stopTwilio();
  const away = await setupSteps();
  expect(away.account).toEqual({ done: false, fault: { kind: "unreachable", error: "ECONNREFUSED" } });
  await product.startTwilio();
  expect((await setupSteps()).account.done).toBe(true);
});

test("a code that is sent, comes back and is told to Twilio ticks one step after the other", async () => {
  expect(done(await setupSteps())).toEqual(["account"]);
  // Within a minute of the last one a webhook is not noted again.
  product.advance(120);
  const { id, code } = await product.start();
  await until(async () => (await setupSteps()).callback.done);
  expect(done(await setupSteps())).toEqual(["account", "accepted", "callback"]);
  await product.check(id, code);
  expect(done(await setupSteps())).toEqual(["account", "accepted", "callback", "confirmed"]);
  await until(async () => {
    await deliverFeedback();
    return isSetUp(await setupSteps());
  });
});

test("a refusal is told with Twilio's code", async () => {
  await product.call("POST", "/api/verifications", { to: "+15005550001" });
  expect((await setupSteps()).accepted).toEqual({ done: false, refusedWith: 21211 });
});

test("a webhook that is signed wrong is told of, until a right one comes", async () => {
  product.advance(300);
  const { status } = await product.call(
    "POST",
    "/api/twilio/status",
    { MessageSid: `SM${"0".repeat(32)}`, MessageStatus: "sent" },
    { "X-Twilio-Signature": "bm8=", "Content-Type": "application/x-www-form-urlencoded" },
  );
  expect(status).toBe(403);
  await until(async () => (await setupSteps()).callback.wronglySigned);
  product.advance(300);
  await product.start();
  await until(async () => (await setupSteps()).callback.done);
});

test("the sample history proves nothing", async () => {
  const { id, code } = await product.start();
  await product.check(id, code);
  await product.pool.query(
    `insert into sample_history (messages, "from", "to") values (1, now() - interval '90 days', now() + interval '1 hour')`,
  );
  expect(done(await setupSteps())).not.toContain("accepted");
  await product.pool.query("delete from sample_history");
});
