import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hasPassword } from "@/lib/account/password";
import { secondsAfter } from "@/lib/clock";
import { browserHash, findViewer, listSessions, openSession } from "@/lib/account/session";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { secretIn } from "@/lib/messaging/body";
import { openLink } from "@/lib/verification/check";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { clock, useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";
import { until } from "@/tests/support/until";

const product = useProduct();

async function startAction(action: string, more: object = {}) {
  const to = product.number();
  const { status, body } = await product.call("POST", "/api/verifications", { to, action, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.action).toBe(action);
  const { id, messageSid: sid } = body as { id: string; messageSid: string };
  const text = await textOn(to, sid);
  return { id, to, sid, text, secret: secretIn(text)! };
}

const textOn = (to: string, sid: string) =>
  until(() => product.simulator.handset(to).find((message) => message.sid === sid)?.body);

const times = (sid: string) => product.ledger().filter((entry) => entry === sid).length;
const read = async (id: string) => (await product.call("GET", `/api/verifications/${id}`)).body;

describe("a link", () => {
  test("confirms when it is opened, once, and reports the message it was in", async () => {
    const { id, sid, secret, text } = await startAction("link");
    expect(text).toContain(`${product.origin}/confirm?id=${secret}`);
    expect(await openLink(secret)).toEqual({ outcome: "approved", messageSid: sid });
    expect(await openLink(secret)).toMatchObject({ problem: "already_used" });
    await deliverFeedback();
    expect(times(sid)).toBe(1);
    expect(await read(id)).toMatchObject({ status: "approved" });
  });

  test("of the first message credits the first after a resend", async () => {
    const { id, sid, secret } = await startAction("link");
    product.advance(30);
    await product.call("POST", `/api/verifications/${id}/messages`);
    expect(await openLink(secret)).toMatchObject({ messageSid: sid });
  });

  test("opened late lets nobody in, and is reported once", async () => {
    const { id, sid, secret } = await startAction("link");
    product.advance(601);
    expect(await openLink(secret)).toMatchObject({ problem: "expired" });
    expect(await openLink(secret)).toMatchObject({ problem: "expired" });
    await deliverFeedback();
    expect(times(sid)).toBe(1);
    expect(await read(id)).toMatchObject({ status: "expired", messages: [{ late: true }] });
  });

  test("that nobody sent is not found; one that was guessed is wrong", async () => {
    const { id, secret } = await startAction("link");
    expect(await openLink("nonsense")).toMatchObject({ problem: "not_found" });
    expect(await openLink("a".repeat(43))).toMatchObject({ problem: "not_found" });
    const guessed = secret.slice(0, -4) + (secret.endsWith("AAAA") ? "BBBB" : "AAAA");
    expect(await openLink(guessed)).toMatchObject({ problem: "not_found" });
    expect(await read(id)).toMatchObject({ status: "pending" });
  });

  test("is not a code", async () => {
    const { id } = await startAction("link");
    const answer = await product.check(id, "123456");
    expect([answer.status, answer.body.code]).toEqual([409, "wrong_action"]);
  });

  test("may lead on to where REDIRECT_ORIGINS allows, and nowhere else", async () => {
    product.configure({ REDIRECT_ORIGINS: "https://app.example" });
    await startAction("link", { redirectUrl: "https://app.example/welcome?a=1" });
    for (const redirectUrl of [
      "https://evil.example/",
      "javascript:alert(1)",
      "https://app.example.evil.example/",
      "//evil.example",
    ]) {
      const answer = await product.call("POST", "/api/verifications", {
        to: product.number(),
        action: "link",
        redirectUrl,
      });
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toMatchObject([{ field: "redirectUrl" }]);
    }
    const onCode = await product.call("POST", "/api/verifications", {
      to: product.number(),
      redirectUrl: "https://app.example/",
    });
    expect(onCode.body.errors).toMatchObject([{ field: "redirectUrl" }]);
  });
});

describe("a temporary password", () => {
  const reset = (id: string, temporaryPassword: string, newPassword = "a new long password") =>
    product.call("POST", `/api/verifications/${id}/password`, { temporaryPassword, newPassword });

  test("sets a new password, ends the sessions there were, and reports its message", async () => {
    const { id, to, sid, secret } = await startAction("temporary_password");
    expect(await hasPassword(to)).toBe(false);
    const session = await signIn(to);
    const answer = await reset(id, secret.toUpperCase().replaceAll("-", " "));
    expect(answer.body).toEqual({ status: "approved", messageSid: sid });
    expect(await hasPassword(to)).toBe(true);
    expect(await findViewer(session.token)).toBeNull();
    await deliverFeedback();
    expect(times(sid)).toBe(1);
    // The same again may have lost its answer; another password was not set.
    expect((await reset(id, secret)).body).toEqual(answer.body);
    expect((await reset(id, secret, "another long password")).body.code).toBe("already_used");
    product.advance(60);
    expect((await reset(id, secret)).body.code).toBe("already_used");
  });

  test("that is wrong changes nothing and counts", async () => {
    const { id, to, sid } = await startAction("temporary_password");
    expect((await reset(id, "baba-baba-baba")).body).toMatchObject({ status: "pending", checksLeft: 4 });
    expect(await hasPassword(to)).toBe(false);
    await deliverFeedback();
    expect(times(sid)).toBe(0);
  });

  test("that is late sets nothing, and its message is reported", async () => {
    const { id, to, sid, secret } = await startAction("temporary_password");
    product.advance(601);
    expect((await reset(id, secret)).status).toBe(410);
    expect(await hasPassword(to)).toBe(false);
    await deliverFeedback();
    expect(times(sid)).toBe(1);
  });

  test.each([
    ["temporaryPassword", "123456", "a new long password"],
    ["newPassword", "baba-baba-baba", "short"],
    ["newPassword", "baba-baba-baba", "x".repeat(257)],
    // Four characters once they are composed, which is what is hashed.
    ["newPassword", "baba-baba-baba", "e\u0301".repeat(4)],
  ])("with a wrong %s names it", async (field, temporaryPassword, newPassword) => {
    const { id } = await startAction("temporary_password");
    const answer = await reset(id, temporaryPassword, newPassword);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field }]);
  });
});

async function signIn(to: string) {
  const browser = browserHash(`browser of ${to}`);
  product.advance(30);
  const { body } = await product.call("POST", "/api/verifications", { to });
  await product.pool.query("update verification set browser = $1 where id = $2", [
    Buffer.from(browser),
    body.id,
  ]);
  await product.check(body.id, await product.codeOn(to, body.messageSid));
  const session = await openSession(body.id, browser, "Test");
  product.advance(30);
  return { ...session!, id: body.id as string, browser };
}

describe("a session", () => {
  test("is opened once by an approved verification, in the browser that started it, and again until its cookie has arrived", async () => {
    const to = product.number();
    const { token, id, browser } = await signIn(to);
    expect(await findViewer(token)).toMatchObject({ number: to, hasPassword: false });
    const again = await openSession(id, browser, null);
    expect(again).not.toBeNull();
    expect(await findViewer(token)).toBeNull();
    const viewer = await findViewer(again?.token ?? "", true, true);
    expect(await listSessions(viewer?.accountId ?? "")).toHaveLength(1);
    expect(await openSession(id, browser, null)).toBeNull();
    expect(await findViewer(`${again?.token}x`)).toBeNull();
  });

  test("is opened again for a quarter of an hour, and no longer", async () => {
    const { id, browser } = await signIn(product.number());
    product.advance(14 * 60);
    expect(await openSession(id, browser, null)).not.toBeNull();
    product.advance(60);
    expect(await openSession(id, browser, null)).toBeNull();
  });

  test("is opened in no other browser, and by nothing unapproved", async () => {
    const { id, code } = await product.start();
    const browser = browserHash("its own");
    await product.pool.query("update verification set browser = $1 where id = $2", [
      Buffer.from(browser),
      id,
    ]);
    expect(await openSession(id, browser, null)).toBeNull();
    await product.check(id, code);
    expect(await openSession(id, browserHash("another"), null)).toBeNull();
    expect(await openSession(id, browser, null)).not.toBeNull();
  });

  test("that is asked for many times at once is one, of the last who asked", async () => {
    const { id, code } = await product.start();
    const browser = browserHash("one");
    await product.pool.query("update verification set browser = $1 where id = $2", [
      Buffer.from(browser),
      id,
    ]);
    await product.check(id, code);
    const asked = (seconds: number) =>
      openSession(id, browser, null, undefined, secondsAfter(clock(), seconds));
    const opened = await Promise.all([3, 1, 4, 1, 5, 9, 2, 6, 5, 3].map(asked));
    const viewers = await Promise.all(opened.map((session) => findViewer(session?.token ?? "")));
    expect(viewers.map((viewer) => viewer !== null)).toEqual(opened.map((_, index) => index === 5));
  });

  test("ends after a week", async () => {
    const { token } = await signIn(product.number());
    product.advance(7 * DAY_SECONDS);
    expect(await findViewer(token)).toBeNull();
  });

  test("does not follow from a reply", async () => {
    const { id, to } = await startAction("reply");
    const browser = browserHash("replies");
    await product.pool.query("update verification set browser = $1 where id = $2", [
      Buffer.from(browser),
      id,
    ]);
    await reply(to, "YES");
    expect(await read(id)).toMatchObject({ status: "approved" });
    expect(await openSession(id, browser, null)).toBeNull();
  });
});

let sids = 0;
const newSid = (prefix: string) => prefix + String((sids += 1)).padStart(32, "0");

async function webhook(path: string, form: Record<string, string>, signed = true) {
  const url = product.origin + path;
  const text = Object.keys(form)
    .sort()
    .reduce((all, name) => all + name + form[name], url);
  const signature = createHmac("sha1", signed ? "simulator" : "forged")
    .update(text)
    .digest("base64");
  const response = await dispatch(
    new Request(url, {
      method: "POST",
      headers: { "X-Twilio-Signature": signature },
      body: new URLSearchParams(form),
    }),
  );
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

const OURS = "+15005550006";
const reply = (From: string, Body: string, more: Record<string, string> = {}, signed = true) =>
  webhook("/api/twilio/messages", { MessageSid: newSid("SM"), From, To: OURS, Body, ...more }, signed);
const call = (From: string, more: Record<string, string> = {}, signed = true) =>
  webhook("/api/twilio/calls", { CallSid: newSid("CA"), From, To: OURS, ...more }, signed);

describe("a reply", () => {
  test.each(["YES", "yes", " Yes! ", "y", "Sí", "OUI", "ja.", "sim", "YA", "نعم", "हाँ"])(
    "%s confirms",
    async (word) => {
      const { id, to, sid } = await startAction("reply");
      const answer = await reply(to, word);
      expect(answer.type).toContain("text/xml");
      expect(answer.text).toContain("<Message>Thank you. Your number is confirmed.</Message>");
      expect(await read(id)).toMatchObject({ status: "approved" });
      await deliverFeedback();
      expect(times(sid)).toBe(1);
    },
  );

  test.each(["no", "yes please call me", "", "1234"])(
    "of other words confirms nothing and says how: %j",
    async (word) => {
      const { id, to, sid } = await startAction("reply");
      expect((await reply(to, word)).text).toContain("reply YES");
      expect(await read(id)).toMatchObject({ status: "pending", checksLeft: 5 });
      await deliverFeedback();
      expect(times(sid)).toBe(0);
    },
  );

  test.each(["STOP", "stop", "Help", "UNSUBSCRIBE"])("%s is left to Twilio", async (word) => {
    const { to } = await startAction("reply");
    expect((await reply(to, word)).text).not.toContain("<Message>");
  });

  test("by a call confirms, unless the network found the caller forged", async () => {
    const forged = await startAction("reply");
    await call(forged.to, { StirVerstat: "TN-Validation-Failed-A" });
    expect(await read(forged.id)).toMatchObject({ status: "pending" });
    const answer = await call(forged.to, { StirVerstat: "TN-Validation-Passed-A" });
    expect(answer.text).toContain("<Say");
    expect(await read(forged.id)).toMatchObject({ status: "approved" });
    await deliverFeedback();
    expect(times(forged.sid)).toBe(1);
  });

  test("counts once: the same webhook again does nothing", async () => {
    const first = await startAction("reply");
    const MessageSid = newSid("SM");
    await reply(first.to, "YES", { MessageSid });
    product.advance(30);
    const { body } = await product.call("POST", "/api/verifications", { to: first.to, action: "reply" });
    await reply(first.to, "YES", { MessageSid });
    expect(await read(body.id)).toMatchObject({ status: "pending" });
    await reply(first.to, "YES");
    expect(await read(body.id)).toMatchObject({ status: "approved" });
  });

  test("that is doubled and concurrent confirms one verification once", async () => {
    const { id, to, sid } = await startAction("reply");
    const MessageSid = newSid("SM");
    await Promise.all(Array.from({ length: 8 }, () => reply(to, "YES", { MessageSid })));
    expect(await read(id)).toMatchObject({ status: "approved" });
    await deliverFeedback();
    expect(times(sid)).toBe(1);
  });

  test("belongs to the newest pending verification of its number", async () => {
    const older = await startAction("reply");
    product.advance(30);
    const { body: newer } = await product.call("POST", "/api/verifications", {
      to: older.to,
      action: "reply",
    });
    await reply(older.to, "YES");
    expect(await read(newer.id)).toMatchObject({ status: "approved" });
    expect(await read(older.id)).toMatchObject({ status: "pending" });
  });

  test("to another sender, from another number, or to no reply verification confirms nothing", async () => {
    const { id, to } = await startAction("reply");
    await reply(to, "YES", { To: "+12025550100" });
    await reply(product.number(), "YES");
    expect(await read(id)).toMatchObject({ status: "pending" });
    const code = await startAction("code");
    expect((await reply(code.to, "YES")).text).toContain("nothing to confirm");
    expect(await read(code.id)).toMatchObject({ status: "pending" });
  });

  test("that comes late lets nobody in, looks like nothing to confirm, and is reported once", async () => {
    const { id, to, sid } = await startAction("reply");
    product.advance(601);
    expect((await reply(to, "YES")).text).toContain("nothing to confirm");
    await reply(to, "YES");
    await deliverFeedback();
    expect(times(sid)).toBe(1);
    expect(await read(id)).toMatchObject({ status: "expired", messages: [{ late: true }] });
  });

  test("that is forged is refused and does nothing", async () => {
    const { id, to } = await startAction("reply");
    expect((await reply(to, "YES", {}, false)).status).toBe(403);
    expect((await call(to, {}, false)).status).toBe(403);
    expect(await read(id)).toMatchObject({ status: "pending" });
  });
});

test("messages are written in the language asked for, or the country's", async () => {
  expect((await startAction("code", { locale: "de-AT" })).text).toContain("Ihr Code");
  const { body } = await product.call("POST", "/api/verifications", { to: "+5511961234567" });
  expect(await textOn("+5511961234567", body.messageSid)).toContain("senha");
});
