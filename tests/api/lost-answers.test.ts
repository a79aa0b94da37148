import { beforeEach, describe, expect, test } from "vitest";
import { now, secondsAfter } from "@/lib/clock";
import { reconcile } from "@/lib/delivery/reconcile";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { HOUR_SECONDS } from "@/lib/terms/durations";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

beforeEach(() => product.simulator.setFaults({}));

const wholeRange = () => ({
  from: secondsAfter(now(), -HOUR_SECONDS),
  to: secondsAfter(now(), HOUR_SECONDS),
});

async function startAndLoseAnswer(faults: object) {
  product.simulator.setFaults({ lostAnswer: 1, ...faults });
  const to = product.number();
  const answer = await product.call("POST", "/api/verifications", { to });
  product.simulator.setFaults({ ...faults });
  return { to, answer };
}

const messagesOf = (to: string) => product.simulator.messages().filter((message) => message.to === to);

describe("the answer to a send that is lost after Twilio accepted it", () => {
  test("is a send_unknown with the id; no second SMS goes out; the callback brings the SID; the code works", async () => {
    const { to, answer } = await startAndLoseAnswer({});
    expect(answer.status).toBe(504);
    expect(answer.body).toMatchObject({ code: "send_unknown", verification: { to, status: "pending" } });
    const { id } = answer.body.verification as { id: string };

    const code = await product.codeOn(to);
    const sid = messagesOf(to)[0]!.sid;
    await until(async () => {
      const { body } = await product.call("GET", `/api/verifications/${id}`);
      return body.messages[0].sid === sid;
    });
    expect((await product.check(id, code)).body).toEqual({ status: "approved", messageSid: sid });
    await deliverFeedback();
    expect(product.ledger()).toContain(sid);
    expect(messagesOf(to)).toHaveLength(1);
  });

  test("with the callback lost as well: reconciling finds the SID by the secret in the text", async () => {
    const { to, answer } = await startAndLoseAnswer({ callbackLost: 1 });
    expect(answer.status).toBe(504);
    const { id } = answer.body.verification as { id: string };
    const code = await product.codeOn(to);

    // The user is let in at once; that Twilio's SID is missing is not their problem.
    expect((await product.check(id, code)).body).toEqual({ status: "approved", messageSid: null });
    await deliverFeedback();
    const sid = messagesOf(to)[0]!.sid;
    expect(product.ledger()).not.toContain(sid);

    expect(await reconcile(wholeRange(), "sid")).toMatchObject({ sids: 1 });
    await deliverFeedback();
    expect(product.ledger()).toContain(sid);
    expect(messagesOf(to)).toHaveLength(1);
    const { body } = await product.call("GET", `/api/verifications/${id}`);
    expect(body).toMatchObject({
      status: "approved",
      messages: [{ sid, status: "delivered", feedback: { state: "reported" } }],
    });
  });

  test("with two such messages to one number: each gets its own SID", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const { to, answer } = await startAndLoseAnswer({ callbackLost: 1 });
    const { id } = answer.body.verification as { id: string };
    const first = await until(() => messagesOf(to)[0]);
    await product.codeOn(to, first.sid);
    product.simulator.setFaults({ lostAnswer: 1, callbackLost: 1 });
    const resent = await product.call("POST", `/api/verifications/${id}/messages`);
    expect(resent.status).toBe(504);
    const second = await until(() => messagesOf(to).find((message) => message.sid !== first.sid));
    await product.codeOn(to, second.sid);
    product.simulator.setFaults({});

    await reconcile(wholeRange(), "sid");
    const { body } = await product.call("GET", `/api/verifications/${id}`);
    expect(body.messages).toMatchObject([{ sid: first.sid }, { sid: second.sid }]);
    const code = await product.codeOn(to, second.sid);
    expect((await product.check(id, code)).body.messageSid).toBe(second.sid);
  });

  test.each([["serverError"], ["hang"]])("of Twilio itself is unknown too: %s", async (fault) => {
    product.simulator.setFaults({ [fault]: 1 });
    const { status, body } = await product.call("POST", "/api/verifications", { to: product.number() });
    expect([status, body.code]).toEqual([504, "send_unknown"]);
    product.simulator.setFaults({});
    expect(await reconcile(wholeRange(), "sid")).toMatchObject({ sids: 0 });
  });

  test("is no unknown when Twilio could not be reached at all: nothing was sent", async () => {
    await product.stopTwilio();
    // Connections that were kept alive break first, and a broken connection says nothing of what Twilio heard.
    const refused = await until(async () => {
      const answer = await product.call("POST", "/api/verifications", { to: product.number() });
      return answer.body.code === "send_unknown" ? null : answer;
    });
    await product.startTwilio();
    expect([refused.status, refused.body.code, refused.body.twilioCode]).toEqual([502, "send_failed", null]);
  });

  test("is no reason to send again, but a 429 is: it is retried", async () => {
    product.simulator.setFaults({ rateLimited: 0.5 });
    const to = product.number();
    await product.call("POST", "/api/verifications", { to });
    product.simulator.setFaults({});
    expect(messagesOf(to).length).toBeLessThanOrEqual(1);
    const statuses = product.exchanges.flatMap((e) =>
      e.kind === "api" && e.form["To"] === to ? [e.status] : [],
    );
    expect(statuses.slice(0, -1).every((status) => status === 429)).toBe(true);
  });
});

describe("reconciling", () => {
  test("repairs statuses whose callbacks were lost, and fills prices", async () => {
    product.simulator.setFaults({ callbackLost: 1 });
    const { id, sid } = await product.start();
    await until(() => product.simulator.messages().find((m) => m.sid === sid)?.price);
    const before = await product.call("GET", `/api/verifications/${id}`);
    expect(before.body.messages).toMatchObject([{ status: "queued", price: null }]);

    await reconcile(wholeRange());
    const { body } = await product.call("GET", `/api/verifications/${id}`);
    expect(body.messages).toMatchObject([{ status: "delivered", priceUnit: "USD", segments: 1 }]);
    expect(Number(body.messages[0].price)).toBeLessThan(0);
  });

  test("asks Twilio nothing when nothing is missing", async () => {
    const range = { from: secondsAfter(now(), 600), to: secondsAfter(now(), 1200) };
    await reconcile(range);
    expect(product.exchanges.filter((exchange) => exchange.kind === "api")).toEqual([]);
  });
});
