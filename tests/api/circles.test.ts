/**
 * That nobody who asks in one place keeps somebody out of another: our pages, each program, the devices that a program's users are known
 * by, and whoever has just given the right password.
 */
import { describe, expect, test } from "vitest";
import { browserHash } from "@/lib/account/session";
import { db } from "@/lib/db";
import { sendBudgets, wrongBudgets } from "@/lib/protection/budgets";
import { checkVerification } from "@/lib/verification/check";
import { startVerification } from "@/lib/verification/start";
import { OTHER_API_KEY, othersThan, useProduct } from "@/tests/support/product";

const product = useProduct();
const other = { Authorization: `Bearer ${OTHER_API_KEY}` };
const DEVICE = "a random cookie of a program".replaceAll(" ", "-");

const recipientOf = (number: string) => ({
  number,
  country: "US",
  network: null,
  block: number.slice(0, -3),
});

interface Named {
  clientIp?: string;
  deviceId?: string;
}

const start = (to: string, named: Named = {}, headers?: Record<string, string>) =>
  product.call("POST", "/api/verifications", { to, ...named }, headers);

const check = (id: string, code: string, named: Named = {}, headers?: Record<string, string>) =>
  product.call("POST", `/api/verifications/${id}/checks`, { code, ...named }, headers);

/** A message on our login page: `sent`, or the problem. */
async function startOnPage(number: string, clientAddress: string, afterPassword = false) {
  const browser = browserHash(clientAddress);
  const sending = await startVerification({
    recipient: recipientOf(number),
    browser,
    clientAddress,
    afterPassword,
  });
  if (sending.outcome === "refused") return { outcome: sending.problem, id: "", sid: undefined };
  return { outcome: sending.outcome, id: sending.verification.id, sid: sending.message.sid ?? undefined };
}

/** Strangers use up all messages of our pages, from three addresses and more. */
async function useUpPages(number: string) {
  const outcomes = new Set<string>();
  for (let n = 0; n <= sendBudgets().together; n += 1)
    outcomes.add((await startOnPage(number, `198.51.100.${n}`)).outcome);
  expect([...outcomes]).toEqual(["sent", "too_many_starts"]);
}

/** The same over the API, and all wrong codes, too. */
async function useUpProgram(to: string, headers?: Record<string, string>) {
  let id = "";
  const stranger = (n: number) => ({ clientIp: `192.0.2.${n}`, deviceId: `${DEVICE}-stranger-${n}` });
  for (let n = 0; n < sendBudgets().together; n += 1) {
    const { status, body } = await start(to, stranger(n), headers);
    expect(status).toBe(201);
    ({ id } = body as { id: string });
  }
  product.configure({ MAX_CHECKS: "100" });
  const code = await product.codeOn(to);
  const wrong = othersThan(100, code);
  const tried = async (n: number) => (await check(id, wrong[n] ?? "", stranger(n), headers)).body;
  for (let n = 0; n < wrongBudgets().together; n += 1) expect((await tried(n)).status).toBe("pending");
  expect((await tried(99)).code).toBe("check_delayed");
}

test("strangers on our login page keep no program's user out, nor those of one program another's", async () => {
  const to = product.number();
  await useUpPages(to);
  const { status, body } = await start(to, { clientIp: "203.0.113.1" });
  expect(status).toBe(201);
  expect((await check(body.id, await product.codeOn(to, body.messageSid))).body.status).toBe("approved");
  await useUpProgram(to, other);
  const again = await start(to, { clientIp: "203.0.113.2" });
  expect(again.status).toBe(201);
  expect((await check(again.body.id, await product.codeOn(to, again.body.messageSid))).body.status).toBe(
    "approved",
  );
});

describe("a device that a program names", () => {
  async function approved(to: string, named: Named, atCheck: Named = {}) {
    const { status, body } = await start(to, named);
    expect(status).toBe(201);
    const code = await product.codeOn(to, body.messageSid);
    expect((await check(body.id, code, atCheck)).body.status).toBe("approved");
  }

  test("is known to the number from an approval on, so that strangers keep it from nothing", async () => {
    const to = product.number();
    await approved(to, { deviceId: DEVICE });
    product.advance(60);
    // One is used up already.
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "16" });
    for (let n = 0; n < 15; n += 1) expect((await start(to, { clientIp: `192.0.2.${n}` })).status).toBe(201);
    expect((await start(to, { deviceId: `${DEVICE}-other` })).body.code).toBe("too_many_starts");
    await approved(to, { deviceId: DEVICE });
    // The start's counts for resends, too.
    product.advance(60);
    const { body } = await start(to, { deviceId: DEVICE });
    product.advance(60);
    expect((await product.call("POST", `/api/verifications/${body.id}/messages`)).status).toBe(201);
  });

  test("has wrong codes of its own", async () => {
    const to = product.number();
    await approved(to, { deviceId: DEVICE });
    product.advance(60);
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "16", RESEND_AFTER_SECONDS: "0" });
    await useUpProgramsWrong(to);
    product.advance(1);
    await approved(to, { deviceId: DEVICE });
  });

  async function useUpProgramsWrong(to: string) {
    const { body } = await start(to, { clientIp: "192.0.2.1" });
    const code = await product.codeOn(to, body.messageSid);
    product.configure({ MAX_CHECKS: "100", RESEND_AFTER_SECONDS: "0" });
    for (const [n, wrong] of othersThan(wrongBudgets().together, code).entries())
      await check(body.id, wrong, { clientIp: `192.0.2.${n}` });
    expect((await check(body.id, code, { clientIp: "192.0.2.99" })).body.code).toBe("check_delayed");
  }

  test("counts as the check names it, is known to that number and key alone, and is kept as a hash", async () => {
    const to = product.number();
    const deviceId = `${DEVICE}-alone`;
    await approved(to, {}, { deviceId });
    const rows = await db().knownBrowser.findMany({ where: { number: to } });
    expect(rows).toHaveLength(1);
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "3", RESEND_AFTER_SECONDS: "0" });
    for (const [number, headers, answers] of [
      [to, undefined, [201, 201]],
      [to, other, [201, 429]],
      [product.number(), undefined, [201, 429]],
    ] as const) {
      // `one` is 1 here.
      const first = await start(number, { deviceId }, headers);
      const second = await start(number, { deviceId }, headers);
      expect([first.status, second.status]).toEqual(answers);
    }
    const dump = JSON.stringify([
      (await product.pool.query("select t::text from verification t")).rows,
      (await product.pool.query("select t::text from number_guard t")).rows,
      (await product.pool.query("select t::text from known_browser t")).rows,
    ]);
    expect(dump).not.toContain(deviceId);
    expect(dump).not.toContain(Buffer.from(deviceId).toString("hex"));
  });

  test.each(["short", "x".repeat(201), `${DEVICE} with a space`, `${DEVICE}\0`, 5])(
    "%j is refused",
    async (deviceId) => {
      const { status, body } = await product.call("POST", "/api/verifications", {
        to: product.number(),
        deviceId,
      });
      expect([status, body.errors?.[0]?.field]).toEqual([422, "deviceId"]);
    },
  );
});

test("after the right password the code is sent and evaluated, whatever strangers have used up", async () => {
  const number = product.number();
  await useUpPages(number);
  product.configure({ MAX_MESSAGES_PER_HOUR: "1" });
  // The strangers' share of all messages is used up, too.
  expect((await startOnPage(product.number(), "192.0.2.1")).outcome).toBe("sent");
  expect((await startOnPage(product.number(), "192.0.2.1")).outcome).toBe("too_many_starts");
  const address = "203.0.113.1";
  expect((await startOnPage(number, address)).outcome).toBe("too_many_starts");
  const { outcome, id, sid } = await startOnPage(number, address, true);
  expect(outcome).toBe("sent");
  const code = await product.codeOn(number, sid);
  const browser = browserHash(address);
  const asker = { clientAddress: address, browser, starter: { browser } };
  product.configure({ MAX_CHECKS: "100" });
  for (const wrong of othersThan(wrongBudgets().afterPassword - 1, code))
    expect(await checkVerification(id, wrong, "code", asker)).toMatchObject({ outcome: "pending" });
  expect(await checkVerification(id, code, "code", asker)).toMatchObject({ outcome: "approved" });
});
