/** A link asked for on the login page: who is told about whom, and what a yes and a no do. */
import { beforeEach, describe, expect, test } from "vitest";
import { browserHash, openSession } from "@/lib/account/session";
import { db } from "@/lib/db";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { retain } from "@/lib/insights/counting/retention";
import { secretIn } from "@/lib/messaging/body";
import { openLink } from "@/lib/verification/check";
import { denyLink, findLink } from "@/lib/verification/link";
import { parseRecipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { clock, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();
let asker: Uint8Array<ArrayBuffer>;
beforeEach(() => void (asker = browserHash("the browser that asks")));
const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";

async function askedForHere() {
  const number = product.number();
  const reading = parseRecipient(number);
  if (!reading.ok) throw new Error(reading.why);
  const sending = await startVerification({
    recipient: reading.recipient,
    action: "link",
    browser: asker,
    clientAddress: "203.0.113.7",
    userAgent: AGENT,
  });
  if (sending.outcome !== "sent") throw new Error(sending.outcome);
  const body = await until(() => product.simulator.handset(number)[0]?.body);
  return { id: sending.verification.id, sid: sending.message.sid, number, token: secretIn(body) ?? "" };
}

const stateOf = async (id: string) =>
  db().verification.findUniqueOrThrow({ where: { id }, select: { status: true, deniedAt: true } });

describe("a link asked for on the login page", () => {
  test("says who asked, and whether that opens it; asking decides nothing", async () => {
    const { id, token } = await askedForHere();
    const asked = { userAgent: AGENT, address: "203.0.113.7", askedAt: clock() };
    for (const opener of [null, browserHash("another")]) {
      expect(await findLink(token, opener)).toEqual({
        verificationId: id,
        status: "pending",
        asker: { ...asked, isOpener: false },
      });
    }
    expect(await findLink(token, asker)).toMatchObject({ asker: { isOpener: true } });
    expect(await stateOf(id)).toEqual({ status: "pending", deniedAt: null });
    expect(await findLink(`${token.slice(0, -4)}AAAA`, asker)).toBeNull();
    product.advance(601);
    expect(await findLink(token, null)).toMatchObject({ status: "expired" });
  });

  test("confirmed anywhere signs in the browser that asked, and no other", async () => {
    const { id, token } = await askedForHere();
    expect(await openLink(token)).toMatchObject({ outcome: "approved" });
    expect(await openSession(id, browserHash("the opener"), null)).toBeNull();
    expect(await openSession(id, asker, null)).not.toBeNull();
  });

  test("that was not them is canceled, denied, and confirms no more; nobody is signed in", async () => {
    const { id, sid, token } = await askedForHere();
    expect(await denyLink(token)).toEqual({ outcome: "denied" });
    expect(await stateOf(id)).toEqual({ status: "canceled", deniedAt: clock() });
    expect(await denyLink(token)).toEqual({ outcome: "denied" });
    expect(await openLink(token)).toMatchObject({ problem: "canceled" });
    expect(await openSession(id, asker, null)).toBeNull();
    await deliverFeedback();
    expect(product.ledger()).not.toContain(sid);
  });

  test("is denied by its own token only, in time, and before it is confirmed", async () => {
    const first = await askedForHere();
    expect(await denyLink(`${first.token.slice(0, -4)}AAAA`)).toMatchObject({ problem: "not_found" });
    expect(await denyLink("nonsense")).toMatchObject({ problem: "not_found" });
    product.advance(601);
    expect(await denyLink(first.token)).toMatchObject({ problem: "expired" });
    const second = await askedForHere();
    await openLink(second.token);
    expect(await denyLink(second.token)).toMatchObject({ problem: "already_used" });
    expect(await stateOf(second.id)).toEqual({ status: "approved", deniedAt: null });
  });

  test("is decided once, whether a yes or a no comes first", async () => {
    const { id, token } = await askedForHere();
    const answers = await Promise.all([openLink(token), denyLink(token), openLink(token), denyLink(token)]);
    const { status } = await stateOf(id);
    const yes = answers.filter(({ outcome }) => outcome === "approved");
    const no = answers.filter(({ outcome }) => outcome === "denied");
    expect([yes.length, no.length]).toEqual(status === "approved" ? [1, 0] : [0, 2]);
  });

  test("forgets what the browser that asked is called when numbers are redacted", async () => {
    const { id } = await askedForHere();
    product.advance(31 * 86_400);
    await retain();
    const { askedAgent } = await db().verification.findUniqueOrThrow({ where: { id } });
    expect(askedAgent).toBeNull();
  });
});

test("a link that a program asked for has no browser to sign in, and the program is told of a no", async () => {
  const to = product.number();
  const { body } = await product.call("POST", "/api/verifications", { to, action: "link" });
  const { id, messageSid: sid } = body as { id: string; messageSid: string };
  const text = await until(() => product.simulator.handset(to).find((message) => message.sid === sid)?.body);
  const token = secretIn(text) ?? "";
  expect(await findLink(token, asker)).toEqual({ verificationId: id, status: "pending", asker: null });
  expect(await openSession(id, asker, null)).toBeNull();
  const read = async () => (await product.call("GET", `/api/verifications/${id}`)).body as unknown;
  expect(await read()).toMatchObject({ status: "pending", deniedAt: null });
  await denyLink(token);
  expect(await read()).toMatchObject({ status: "canceled", deniedAt: clock().toISOString() });
});
