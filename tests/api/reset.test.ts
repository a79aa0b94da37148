/** That a reset tells nobody which numbers have an account with a password: both kinds side by side, step by step. */
import { beforeEach, describe, expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { beginReset, finishReset, sealReset, unsealReset, type Reset } from "@/lib/account/reset";
import { browserHash, knownBrowserHash, openSessionOf } from "@/lib/account/session";
import { db } from "@/lib/db";
import { sendBudgets, WINDOW_SECONDS, wrongBudgets } from "@/lib/protection/budgets";
import { secretIn } from "@/lib/messaging/body";
import { parseRecipient, type Recipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();
let browser: Uint8Array<ArrayBuffer>;
beforeEach(() => void (browser = browserHash("a browser")));

function recipientOf(number: string): Recipient {
  const reading = parseRecipient(number);
  if (!reading.ok) throw new Error(reading.why);
  return reading.recipient;
}

async function numberOf(kind: "known" | "without password" | "unknown"): Promise<Recipient> {
  const recipient = recipientOf(product.number());
  if (kind === "unknown") return recipient;
  // Whatever the hash: nobody gives the password here.
  const passwordHash = kind === "known" ? "of a password" : null;
  await db().account.create({
    data: { id: uuid(), number: recipient.number, country: "US", passwordHash, createdAt: new Date() },
  });
  return recipient;
}

let wrongPasswords = 0;
/** Another one each time: the same again costs nothing. */
const wrongPassword = () => `zzzz-zzzz-${String((wrongPasswords += 1)).padStart(4, "z")}`;

async function begin(recipient: Recipient): Promise<Reset> {
  const begun = await beginReset({ recipient, browser });
  if (begun.outcome === "refused") throw new Error(begun.problem);
  await begun.afterAnswer();
  return begun.reset;
}

describe.each(["known", "without password", "unknown"] as const)("a number that is %s", (kind) => {
  test("gets the same answers to wrong tries, in time and late", async () => {
    const reset = await begin(await numberOf(kind));
    const tryIt = () => finishReset(reset, { browser }, wrongPassword(), "a new password");
    for (const checksLeft of [4, 3, 2, 1]) expect(await tryIt()).toEqual({ outcome: "pending", checksLeft });
    expect(await tryIt()).toEqual({ outcome: "max_checks_reached", checksLeft: 0 });
    expect(await tryIt()).toMatchObject({ problem: "max_checks_reached" });
    product.advance(601);
    expect(await tryIt()).toMatchObject({ problem: "expired" });
  });

  test("gets the same answer to the same wrong try, which costs nothing", async () => {
    const reset = await begin(await numberOf(kind));
    for (let times = 0; times < 6; times += 1) {
      const again = await finishReset(reset, { browser }, "zzzz-zzzz-zzzz", "a new password");
      expect(again).toEqual({ outcome: "pending", checksLeft: 4 });
    }
  });

  test("has its late wrong tries counted against it, as many as are evaluated", async () => {
    const recipient = await numberOf(kind);
    const reset = await begin(recipient);
    product.advance(601);
    for (let tries = 0; tries < 6; tries += 1) {
      const late = await finishReset(reset, { browser }, wrongPassword(), "a new password");
      expect(late).toMatchObject({ problem: "expired" });
    }
    const { rows } = await product.pool.query(
      "select cardinality(wrong_at) as wrong from number_guard where number = $1",
      [recipient.number],
    );
    expect(rows).toEqual([{ wrong: 5 }]);
  });

  test("gets the same limits for whatever is asked for next", async () => {
    const recipient = await numberOf(kind);
    await begin(recipient);
    expect(await beginReset({ recipient, browser })).toMatchObject({ problem: "resend_too_soon" });
    expect(await startVerification({ recipient, browser })).toMatchObject({ problem: "resend_too_soon" });
    product.advance(DAY_SECONDS);
    for (let count = 0; count < sendBudgets().one; count += 1) {
      expect(await beginReset({ recipient, browser })).toMatchObject({ outcome: "begun" });
      product.advance(60);
    }
    expect(await beginReset({ recipient, browser })).toMatchObject({ problem: "too_many_starts" });
  });

  test("is answered for concurrent tries one after the other", async () => {
    const reset = await begin(await numberOf(kind));
    const results = await Promise.all(
      [1, 2, 3, 4].map(() => finishReset(reset, { browser }, wrongPassword(), "a new password")),
    );
    const left = results.map((result) => ("checksLeft" in result ? result.checksLeft : -1));
    expect(left.sort()).toEqual([1, 2, 3, 4]);
  });

  test("has no wrong tries left alike after as many as one asker has in a day", async () => {
    product.configure({ MAX_CHECKS: "100" });
    const recipient = await numberOf(kind);
    const reset = await begin(recipient);
    const tryIt = () => finishReset(reset, { browser }, wrongPassword(), "a new password");
    for (let tries = 0; tries < wrongBudgets().one; tries += 1) {
      expect(await tryIt()).toMatchObject({ outcome: "pending" });
    }
    product.advance(60);
    expect(await tryIt()).toMatchObject({ problem: "check_delayed", retryAfter: WINDOW_SECONDS - 60 });
  });

  test("gives no gap back when Twilio refuses its message", async () => {
    const recipient = await numberOf(kind);
    product.simulator.setFaults({ refused: 1 });
    await begin(recipient);
    product.advance(0.5);
    expect(await beginReset({ recipient, browser })).toMatchObject({ problem: "resend_too_soon" });
  });

  test("is answered alike in another browser, which counts nowhere", async () => {
    const reset = await begin(await numberOf(kind));
    const another = { browser: browserHash("another") };
    const tryIt = (asker: typeof another) => finishReset(reset, asker, wrongPassword(), "a new password");
    expect(await tryIt({ browser })).toMatchObject({ checksLeft: 4 });
    expect(await tryIt(another)).toMatchObject({ problem: "expired" });
    expect(await tryIt({ browser })).toMatchObject({ checksLeft: 3 });
    expect(await tryIt(another)).toMatchObject({ problem: "expired" });
  });
});

test("only the number with a password is sent a message, and only its own browser can use it", async () => {
  const known = await numberOf("known");
  const reset = await begin(known);
  const unknown = await numberOf("unknown");
  await begin(unknown);
  const secret = await until(() => secretIn(product.simulator.handset(known.number)[0]?.body ?? ""));
  expect(product.simulator.handset(unknown.number)).toEqual([]);
  expect(
    await finishReset(reset, { browser: browserHash("another") }, secret, "a new password"),
  ).toMatchObject({ problem: "expired" });
  expect(await finishReset(reset, { browser }, secret, "a new password")).toMatchObject({
    outcome: "approved",
  });
});

test("a reset forgets the browsers the number knew, but for the one that resets", async () => {
  const known = await numberOf("known");
  const mine = knownBrowserHash("mine");
  const { id } = await db().account.findUniqueOrThrow({ where: { number: known.number } });
  for (const each of [mine, knownBrowserHash("theirs")]) await openSessionOf(id, null, each);
  const reset = await begin(known);
  const secret = await until(() => secretIn(product.simulator.handset(known.number)[0]?.body ?? ""));
  const finished = await finishReset(reset, { browser, knownBrowser: mine }, secret, "a new password");
  expect(finished).toMatchObject({ outcome: "approved" });
  expect(await db().session.count({ where: { accountId: id } })).toBe(0);
  const left = await db().knownBrowser.findMany({ where: { number: known.number } });
  expect(left.map((row) => Buffer.from(row.browser))).toEqual([Buffer.from(mine)]);
});

test("a reset is what we sealed, and no other text, and says nothing of what is in it", () => {
  const reset = { id: uuid(), number: "+14155550100", expiresAt: new Date(1_700_000_000_000) };
  const sealed = sealReset(reset);
  expect(unsealReset(sealed)).toEqual(reset);
  const readable = sealed + Buffer.from(sealed, "base64url").toString("latin1");
  for (const part of [reset.id, reset.id.replaceAll("-", ""), "4155550100", "1700000000000"]) {
    expect(readable).not.toContain(part);
  }
  const changed = (at: number) => {
    const bytes = Buffer.from(sealed, "base64url");
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes.toString("base64url");
  };
  const forged = [
    "",
    "x",
    "A".repeat(80),
    sealed.slice(0, -2),
    `${sealed}AAAA`,
    changed(0),
    changed(20),
    changed(40),
  ];
  for (const text of forged) expect(unsealReset(text), text).toBeNull();
});
