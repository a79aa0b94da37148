/**
 * That nobody sends without a ceiling: browsers that are known count over all numbers, from an address and together, and so do notices;
 * and that what known browsers may have is theirs alone.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { setOwnPassword } from "@/lib/account/password";
import { findViewer, knownBrowserHash, openSessionOf } from "@/lib/account/session";
import { db } from "@/lib/db";
import { sendNotices } from "@/lib/delivery/notices";
import type { Asker } from "@/lib/protection/asker";
import { sendBudgets } from "@/lib/protection/budgets";
import { MESSAGES_OF_BROWSER, MESSAGES_OF_KNOWN_FROM_ADDRESS, messagesOfKnown } from "@/lib/protection/quota";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/terms/durations";
import { startVerification } from "@/lib/verification/start";
import { clock, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

/** Each test has days of its own: limits remember, and the ceiling over everybody is one. */
let days = 0;
beforeEach(() => {
  days += 10;
  product.advance(days * DAY_SECONDS);
});

async function numberKnowing(...browsers: Uint8Array<ArrayBuffer>[]) {
  const account = { id: uuid(), number: product.number(), country: "US", createdAt: clock() };
  await db().account.create({ data: account });
  const opened = [];
  for (const browser of browsers) opened.push(await openSessionOf(account.id, null, browser));
  return { number: account.number, accountId: account.id, token: opened[0]?.token ?? "" };
}

/** `sent`, or whose limit refused it. */
async function ask(number: string, asker: Asker = {}): Promise<string> {
  const recipient = { number, country: "US", network: null, block: number.slice(0, -3) };
  const sending = await startVerification({ recipient, ...asker });
  if (sending.outcome !== "refused") return sending.outcome;
  return /asked for, (.*);/.exec(sending.detail ?? "")?.[1] ?? sending.problem;
}

const aBrowser = () => knownBrowserHash(uuid());

async function askAll(askings: [string, Asker][]): Promise<Record<string, number>> {
  const tally: Record<string, number> = {};
  for (let at = 0; at < askings.length; at += 20) {
    const some = await Promise.all(askings.slice(at, at + 20).map(([number, asker]) => ask(number, asker)));
    for (const outcome of some) tally[outcome] = (tally[outcome] ?? 0) + 1;
  }
  return tally;
}

const several = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));

describe("known browsers", () => {
  test("have so many messages a day each, over all the numbers that know them", async () => {
    const knownBrowser = aBrowser();
    const numbers: string[] = [];
    for (let n = 0; n < 20; n += 1) numbers.push((await numberKnowing(knownBrowser)).number);
    const outcomes: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      product.advance(31);
      for (const number of numbers) outcomes.push(await ask(number, { knownBrowser }));
    }
    // In these minutes, not one has become free again.
    const { burst } = MESSAGES_OF_BROWSER;
    expect(outcomes.slice(0, burst)).toEqual(several(burst, () => "sent"));
    expect(new Set(outcomes.slice(burst))).toEqual(new Set(["by this browser"]));
    product.advance(DAY_SECONDS);
    expect(await ask(numbers[0] ?? "", { knownBrowser })).toBe("sent");
  });

  test("have so many together for one number, however many it knows", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const browsers = several(4, aBrowser);
    const { number } = await numberKnowing(...browsers);
    const askings = browsers.flatMap((knownBrowser) =>
      several(sendBudgets().known, (): [string, Asker] => [number, { knownBrowser }]),
    );
    const tally = await askAll(askings);
    const most = messagesOfKnown().burst;
    expect(tally).toEqual({ sent: most, "to this number": askings.length - most });
    // A stranger's budget is another.
    expect(await ask(number, { clientAddress: "203.0.113.9" })).toBe("sent");
  });

  test("have so many together at one address, whatever strangers do there", async () => {
    const clientAddress = "198.51.100.7";
    const strangers = several(80, (): [string, Asker] => [product.number(), { clientAddress }]);
    expect((await askAll(strangers))["sent"]).toBe(60);
    const most = MESSAGES_OF_KNOWN_FROM_ADDRESS.burst;
    const known: [string, Asker][] = [];
    for (let n = 0; n < most + 5; n += 1) {
      const knownBrowser = aBrowser();
      known.push([(await numberKnowing(knownBrowser)).number, { knownBrowser, clientAddress }]);
    }
    expect(await askAll(known)).toEqual({ sent: most, "from this address": 5 });
  });

  test("have a share of all messages that strangers have no part in, and no more than that", async () => {
    product.configure({ MAX_MESSAGES_PER_HOUR: "10" });
    const strangers = several(20, (): [string, Asker] => [product.number(), {}]);
    expect(await askAll(strangers)).toEqual({ sent: 10, "in all": 10 });
    const known: [string, Asker][] = [];
    for (let n = 0; n < 20; n += 1) {
      const knownBrowser = aBrowser();
      known.push([(await numberKnowing(knownBrowser)).number, { knownBrowser }]);
    }
    expect(await askAll(known)).toEqual({ sent: 10, "in all": 10 });
    product.advance(HOUR_SECONDS / 10);
    expect(await askAll(strangers)).toEqual({ sent: 1, "in all": 19 });
    expect(await askAll(known.slice(10))).toEqual({ sent: 1, "in all": 9 });
  });
});

describe("notices", () => {
  const told = (number: string) =>
    product.simulator.handset(number).filter(({ body }) => body.includes("password was set or changed"))
      .length;

  async function changePassword(
    { number, token }: { number: string; token: string },
    knownBrowser: Asker["knownBrowser"],
  ) {
    const viewer = await findViewer(token);
    if (!viewer) throw new Error("nobody is signed in by this token");
    product.advance(31);
    // Over the API, whose askers have budgets of their own.
    const { id, code } = await product.start({ to: number });
    const changed = await setOwnPassword(
      viewer,
      { verificationId: id, code, newPassword: "kuda moti rabe and more" },
      { knownBrowser },
    );
    expect(changed.result).toMatchObject({ outcome: "approved" });
    return { number, token: changed.token };
  }

  test("draw on what their number may have, and are put off, one for all that wait, until it may", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const browsers = several(3, aBrowser);
    const { number, token } = await numberKnowing(...browsers);
    const all = several(2, (n) =>
      several(sendBudgets().known, (): [string, Asker] => [number, { knownBrowser: browsers[n] }]),
    );
    await askAll(all.flat().slice(1));
    // One is left.
    const once = await changePassword({ number, token }, browsers[2]);
    expect(await sendNotices()).toBe(1);
    const twice = await changePassword(once, browsers[2]);
    expect(await sendNotices()).toBe(0);
    await changePassword(twice, browsers[2]);
    expect(await sendNotices()).toBe(0);
    await until(() => told(number) === 1);
    product.advance(DAY_SECONDS / messagesOfKnown().burst);
    expect(await sendNotices()).toBe(1);
    product.advance(DAY_SECONDS);
    expect(await sendNotices()).toBe(0);
    await until(() => told(number) === 2);
  });

  test("draw on the known browsers' share of all messages, and keep no password from being changed", async () => {
    const knownBrowser = aBrowser();
    const { number, token } = await numberKnowing(knownBrowser);
    const { number: second, token: secondToken } = await numberKnowing(knownBrowser);
    product.configure({ MAX_MESSAGES_PER_HOUR: "2" });
    await changePassword({ number, token }, knownBrowser);
    await changePassword({ number: second, token: secondToken }, knownBrowser);
    expect(await sendNotices()).toBe(2);
    expect(await ask(number, { knownBrowser })).toBe("in all");
    product.advance(HOUR_SECONDS / 2);
    expect(await ask(number, { knownBrowser })).toBe("sent");
  });
});
