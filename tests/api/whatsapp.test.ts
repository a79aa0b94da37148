/** WhatsApp: the same API of Twilio's, with a template in place of a text, and what is particular to what becomes of it. */
import { beforeEach, expect, test } from "vitest";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { reconcile } from "@/lib/delivery/reconcile";
import { secondsAfter } from "@/lib/clock";
import { env } from "@/lib/env";
import { clock, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

const SENDER = "whatsapp:+15005550009";
const TEMPLATE = `HX${"0".repeat(31)}1`;

beforeEach(async () => {
  await product.pool.query("truncate sender, sender_change");
  const [configured] = (await product.call("GET", "/api/senders")).body.rows as [{ id: string }];
  const elsewhere = { address: "+15005550006", channel: "sms", label: "Elsewhere", countries: ["BR"] };
  await product.call("PUT", `/api/senders/${configured.id}`, elsewhere);
  const whatsapp = { address: SENDER, channel: "whatsapp", label: "WhatsApp", contentSid: TEMPLATE };
  expect((await product.call("POST", "/api/senders", whatsapp)).status).toBe(201);
});

async function start(to = product.number(), action = "code") {
  product.exchanges.length = 0;
  const { status, body } = await product.call("POST", "/api/verifications", { to, action });
  expect(status, JSON.stringify(body)).toBe(201);
  const [sent] = product.exchanges.flatMap((exchange) => (exchange.kind === "api" ? [exchange.form] : []));
  return { to, id: body.id as string, sid: body.messageSid as string, sent: sent! };
}

/** The newest message's row, once it has a status. */
const kept = (id: string, status: string) =>
  until(async () => {
    const { rows } = await product.pool.query(
      `select status::text, error_code as "errorCode", sender, channel::text, delivered_at is not null as delivered
       from message where verification_id = $1 order by attempt desc`,
      [id],
    );
    return rows[0]?.status === status ? (rows[0] as object) : undefined;
  });

/** Tells the simulator's world something. */
async function tell(path: string, body: object) {
  const response = await fetch(`${env().TWILIO_API_ORIGIN}/simulator/${path}`, {
    method: "PUT",
    body: JSON.stringify(body),
  });
  expect(response.status, await response.text()).toBe(200);
}

test("a code goes as a template's variable, asks for feedback, is read, confirmed and reported", async () => {
  const { to, id, sid, sent } = await start();
  const code = await until(() => /^\d+/.exec(product.simulator.handset(to)[0]?.body ?? "")?.[0]);
  expect(sent).toMatchObject({
    To: `whatsapp:${to}`,
    From: SENDER,
    ContentSid: TEMPLATE,
    ContentVariables: JSON.stringify({ 1: code }),
    ProvideFeedback: "true",
    Attempt: "1",
  });
  expect(sent).not.toHaveProperty("Body");
  expect(await kept(id, "read")).toEqual({
    status: "read",
    errorCode: null,
    sender: SENDER,
    channel: "whatsapp",
    delivered: true,
  });
  expect((await product.check(id, code)).body).toEqual({ status: "approved", messageSid: sid });
  await deliverFeedback();
  expect(product.ledger()).toContain(sid);
  const { body } = await product.call("GET", "/api/insights/summary?range=24h&channel=whatsapp");
  expect(body.current).toMatchObject({ statusOk: body.current.attempted, delivered: body.current.attempted });
  expect(body.current.confirmed).toBeGreaterThan(0);
});

test("who has no WhatsApp does not get it, and Twilio says so", async () => {
  const to = product.number();
  await tell(`handsets/${encodeURIComponent(to)}/delivery`, { mode: "no-whatsapp" });
  const { id } = await start(to);
  expect(await kept(id, "failed")).toMatchObject({ errorCode: 63003, delivered: false });
  const { body } = await product.call("GET", "/api/insights/errors?range=24h&sender=whatsapp:%2B15005550009");
  expect(body.rows).toContainEqual(
    expect.objectContaining({ code: 63003, words: "The number has no WhatsApp" }),
  );
});

test("a template that is not approved sends nothing", async () => {
  await tell("templates", { sid: TEMPLATE, status: "rejected" });
  const { id } = await start();
  expect(await kept(id, "failed")).toMatchObject({ errorCode: 63040 });
  await tell("templates", { sid: TEMPLATE, status: "approved" });
});

test("what has no template goes by another sender: the other actions, and all where none is named", async () => {
  expect((await start(product.number(), "link")).sent).toMatchObject({ From: "+15005550006" });
  await product.pool.query("update sender set content_sid = null");
  expect((await start()).sent).toMatchObject({ From: "+15005550006" });
});

test("one whose answer and callbacks were lost is found in Twilio's list by its code", async () => {
  product.simulator.setFaults({ lostAnswer: 1, callbackLost: 1 });
  const to = product.number();
  const { status, body } = await product.call("POST", "/api/verifications", { to });
  expect(status).toBe(504);
  product.simulator.setFaults({});
  await until(() => product.simulator.handset(to)[0]);
  await reconcile({ from: secondsAfter(clock(), -60), to: secondsAfter(clock(), 1) });
  const { rows } = await product.pool.query<{ sid: string }>(
    "select sid from message where verification_id = $1",
    [body.verification.id],
  );
  expect(rows[0]?.sid).toBe(product.simulator.handset(to)[0]?.sid);
});
