import { describe, expect, test } from "vitest";
import { secondsAfter } from "@/lib/clock";
import { reconcile } from "@/lib/delivery/reconcile";
import { deliverFeedback, FeedbackDelivery } from "@/lib/feedback/deliver";
import { markReported, takeDueFeedback } from "@/lib/feedback/due";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { clock, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

async function confirmed() {
  const verification = await product.start();
  const { body } = await product.check(verification.id, verification.code);
  expect(body.status).toBe("approved");
  return verification;
}

async function feedbackOf(id: string) {
  const { body } = await product.call("GET", `/api/verifications/${id}`);
  return body.messages[0].feedback as { state: string; tries: number; error: string | null };
}

const times = (sid: string) => product.ledger().filter((entry) => entry === sid).length;

describe("feedback", () => {
  test("does not hold up the answer: with Twilio away the code is approved at once, and reported on its return", async () => {
    const { id, sid, code } = await product.start();
    await product.stopTwilio();
    expect((await product.check(id, code)).body).toEqual({ status: "approved", messageSid: sid });
    expect(await deliverFeedback()).toEqual({ taken: 1, unreachable: true });
    expect(await feedbackOf(id)).toMatchObject({ state: "pending", tries: 1 });
    await product.startTwilio();
    product.advance(5);
    expect(await deliverFeedback()).toEqual({ taken: 1, unreachable: false });
    expect(await feedbackOf(id)).toEqual({
      state: "reported",
      tries: 2,
      error: null,
      reportedAt: clock().toISOString(),
    });
    expect(times(sid)).toBe(1);
  });

  test.each(["serverError", "rateLimited", "lostAnswer"] as const)(
    "is tried again after %s",
    async (fault) => {
      const { id, sid } = await confirmed();
      product.simulator.setFaults({ [fault]: 1 });
      await deliverFeedback();
      expect(await feedbackOf(id)).toMatchObject({ state: "pending", tries: 1 });
      product.simulator.setFaults({});
      product.advance(300);
      await deliverFeedback();
      expect(await feedbackOf(id)).toMatchObject({ state: "reported" });
      expect(new Set(product.ledger()).has(sid)).toBe(true);
    },
  );

  test("waits longer after each try, and never too long", async () => {
    const { id } = await confirmed();
    product.simulator.setFaults({ serverError: 1 });
    for (let tries = 1; tries <= 20; tries += 1) {
      await deliverFeedback();
      expect(await feedbackOf(id)).toMatchObject({ tries });
      const { rows } = await product.pool.query<{ due_at: Date }>(
        "select due_at from feedback f join message m on m.id = f.message_id where m.verification_id = $1",
        [id],
      );
      const wait = (rows[0]!.due_at.getTime() - clock().getTime()) / 1000;
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(Math.min(5, 0.5 * 2 ** tries));
      product.advance(5);
    }
  });

  test("that Twilio refuses for good is kept with its reason, and not sent again", async () => {
    const { id, sid } = await confirmed();
    // Twilio has forgotten the message: 404, which is final only after several tries.
    product.simulator.reset();
    for (let tries = 1; tries <= 7; tries += 1) {
      await deliverFeedback();
      expect(await feedbackOf(id)).toMatchObject({ state: "pending", tries, error: "20404" });
      product.advance(300);
    }
    await deliverFeedback();
    expect(await feedbackOf(id)).toMatchObject({ state: "refused", tries: 8, error: "20404" });
    product.advance(DAY_SECONDS);
    expect((await deliverFeedback()).taken).toBe(0);
    expect(times(sid)).toBe(0);
  });

  test("that one worker has taken is not taken by another, and comes back when that worker dies", async () => {
    const { sid } = await confirmed();
    const taken = async () => (await takeDueFeedback(8, clock())).due;
    expect(await taken()).toMatchObject([{ messageSid: sid, tries: 1 }]);
    expect(await taken()).toEqual([]);
    product.advance(30);
    const [again] = await taken();
    expect(again).toMatchObject({ messageSid: sid, tries: 2 });
    await markReported([{ messageId: again!.messageId, at: clock() }]);
    product.advance(DAY_SECONDS);
    expect(await taken()).toEqual([]);
  });

  test("waits for a SID without being looked at again and again, and is due when that comes", async () => {
    const to = product.number();
    product.simulator.setFaults({ lostAnswer: 1, callbackLost: 1 });
    const started = await product.call("POST", "/api/verifications", { to });
    product.simulator.setFaults({ callbackLost: 1 });
    const { id } = started.body.verification as { id: string };
    expect((await product.check(id, await product.codeOn(to))).body).toEqual({
      status: "approved",
      messageSid: null,
    });
    expect(await takeDueFeedback(8, clock())).toEqual({ due: [], looked: 1 });
    expect(await takeDueFeedback(8, clock())).toEqual({ due: [], looked: 0 });
    expect(await feedbackOf(id)).toMatchObject({ state: "pending", tries: 0 });
    const hour = { from: secondsAfter(clock(), -3600), to: secondsAfter(clock(), 3600) };
    expect(await reconcile(hour, "sid")).toMatchObject({ sids: 1 });
    expect(await deliverFeedback()).toMatchObject({ taken: 1 });
    expect(await feedbackOf(id)).toMatchObject({ state: "reported" });
  });

  test("that hangs at Twilio holds back nobody else's", async () => {
    const hanging: string[] = [];
    for (let count = 0; count < 20; count += 1) hanging.push((await confirmed()).sid);
    const delivery = new FeedbackDelivery();
    product.simulator.setFaults({ hang: 1 });
    const unanswered = () =>
      product.exchanges.filter((each) => each.kind === "api" && each.status === null).length;
    const before = unanswered();
    expect(await delivery.begin()).toBe(true);
    await until(() => unanswered() - before === 16);
    product.simulator.setFaults({});
    const others: string[] = [];
    for (let count = 0; count < 5; count += 1) others.push((await confirmed()).sid);
    while (await delivery.placeFree().then(() => delivery.begin())) {
      // Until all that is due is under way.
    }
    const waiting = () => hanging.filter((sid) => times(sid) === 0).length;
    await until(() => others.every((sid) => times(sid) === 1) && waiting() <= 16);
    // Of those that were taken first none has an answer yet.
    expect(waiting()).toBe(16);
  });

  test("is shared by concurrent workers: each message is reported once", async () => {
    const sids = [];
    for (let count = 0; count < 30; count += 1) sids.push((await confirmed()).sid);
    const turns = await Promise.all(Array.from({ length: 6 }, () => deliverFeedback()));
    expect(turns.reduce((sum, turn) => sum + turn.taken, 0)).toBe(30);
    for (const sid of sids) expect(times(sid)).toBe(1);
  });

  test("that was reported is not taken back by a slower worker's failure", async () => {
    const { id, sid } = await confirmed();
    product.simulator.setFaults({ lostAnswer: 1 });
    const slow = deliverFeedback();
    await slow;
    product.simulator.setFaults({});
    product.advance(60);
    await deliverFeedback();
    expect(await feedbackOf(id)).toMatchObject({ state: "reported" });
    // Twilio heard it twice and keeps one outcome: delivery is at least once, compared as a set.
    expect(times(sid)).toBe(2);
  });
});
