/** Passwords: which are taken, when one is enough, and that nobody sets one with a session alone or unnoticed. */
import { beforeEach, describe, expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { checkPassword, hasPassword, setOwnPassword } from "@/lib/account/password";
import {
  endOtherSessions,
  endSession,
  endSessionElsewhere,
  findViewer,
  knownBrowserHash,
  openSessionOf,
} from "@/lib/account/session";
import { db } from "@/lib/db";
import { sendNotices } from "@/lib/delivery/notices";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { secretIn } from "@/lib/messaging/body";
import { parseRecipient, type Recipient } from "@/lib/verification/recipient";
import { otherThan, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

const SHORT = "kuda moti rab";
const LONG = "kuda moti rabe and more";

function recipientOf(number: string): Recipient {
  const reading = parseRecipient(number);
  if (!reading.ok) throw new Error(reading.why);
  return reading.recipient;
}

async function viewerOf(token: string) {
  const viewer = await findViewer(token);
  if (!viewer) throw new Error("nobody is signed in by this token");
  return viewer;
}

/** Somebody who is signed in, in two browsers. */
async function someone() {
  const number = product.number();
  const account = { id: uuid(), number, country: "US", createdAt: new Date() };
  await db().account.create({ data: account });
  const { token } = await openSessionOf(account.id, "This");
  const { token: elsewhere } = await openSessionOf(account.id, "Elsewhere");
  return { number, token, elsewhere, viewer: await viewerOf(token) };
}

const notices = (number: string) =>
  product.simulator.handset(number).filter(({ body }) => body.includes("password was set or changed"));

async function reset(newPassword: string, to = product.number()) {
  const { body } = await product.call("POST", "/api/verifications", { to, action: "temporary_password" });
  const { id, messageSid: sid } = body as { id: string; messageSid: string };
  const text = await until(() => product.simulator.handset(to).find((message) => message.sid === sid)?.body);
  const temporaryPassword = secretIn(text);
  const answer = await product.call("POST", `/api/verifications/${id}/password`, {
    temporaryPassword,
    newPassword,
  });
  return { answer, to, id, sid };
}

describe("the API's new password", () => {
  test.each([
    ["password", "is among the commonest"],
    ["OTP Insights 1", "our name"],
    ["a".repeat(20), "over and over"],
    ["x1", "at least 8"],
  ])("%j is refused by the same rule as a page's, and costs no try", async (password, why) => {
    const { answer, id } = await reset(password);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { field: "newPassword", message: expect.stringContaining(why) as string },
    ]);
    expect((await product.call("GET", `/api/verifications/${id}`)).body).toMatchObject({ checksLeft: 5 });
  });

  test("is refused when it is the number", async () => {
    const to = product.number();
    const { answer } = await reset(`${to.slice(2, 5)}-${to.slice(5, 8)}-${to.slice(8)}`, to);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field: "newPassword" }]);
    expect(await hasPassword(to)).toBe(false);
  });
});

describe("a right password", () => {
  let browser: { knownBrowser: Uint8Array<ArrayBuffer> };
  beforeEach(() => void (browser = { knownBrowser: knownBrowserHash("a browser") }));

  async function withPassword(password: string) {
    const { answer, to } = await reset(password);
    expect(answer.body).toMatchObject({ status: "approved" });
    return { recipient: recipientOf(to), to };
  }

  test("is enough alone when it is long, and not when it is short", async () => {
    const long = await withPassword(LONG);
    expect(await checkPassword(long.recipient, LONG, browser)).toMatchObject({
      outcome: "right",
      alone: true,
    });
    const short = await withPassword(SHORT);
    expect(await checkPassword(short.recipient, SHORT, browser)).toMatchObject({
      outcome: "right",
      alone: false,
    });
  });

  test("of an operator is enough only in a browser that has signed in before", async () => {
    const { recipient, to } = await withPassword(LONG);
    product.configure({ OPERATORS: to });
    expect(await checkPassword(recipient, LONG, browser)).toMatchObject({ outcome: "right", alone: false });
    const { id } = await db().account.findUniqueOrThrow({ where: { number: to } });
    await openSessionOf(id, null, browser.knownBrowser);
    expect(await checkPassword(recipient, LONG, browser)).toMatchObject({ alone: true });
    expect(await checkPassword(recipient, LONG, { knownBrowser: knownBrowserHash("b") })).toMatchObject({
      alone: false,
    });
    expect(await checkPassword(recipient, LONG)).toMatchObject({ alone: false });
  });
});

describe("one's own password", () => {
  test("is set by a fresh code, ends the other sessions, renews this one, and the number is told once", async () => {
    const { number, viewer, token, elsewhere } = await someone();
    const { id, code } = await product.start({ to: number });
    const set = await setOwnPassword(viewer, { verificationId: id, code, newPassword: LONG });
    expect(set.result).toMatchObject({ outcome: "approved" });
    expect(await hasPassword(number)).toBe(true);
    expect(await findViewer(elsewhere)).toBeNull();
    expect(await findViewer(token)).toBeNull();
    expect(await viewerOf(set.token)).toMatchObject({ sessionId: viewer.sessionId, hasPassword: true });
    expect(notices(number)).toEqual([]);
    await Promise.all([sendNotices(), sendNotices()]);
    await until(() => notices(number).length === 1);
    await sendNotices();
    expect(notices(number)).toHaveLength(1);
  });

  test("is not set by a wrong code, nor by a code of another number", async () => {
    const { number, viewer, elsewhere } = await someone();
    const { id, code } = await product.start({ to: number });
    const wrong = { verificationId: id, code: otherThan(code), newPassword: LONG };
    expect((await setOwnPassword(viewer, wrong)).result).toEqual({ outcome: "pending", checksLeft: 4 });
    const other = await product.start();
    await setOwnPassword(viewer, { verificationId: other.id, code: other.code, newPassword: LONG });
    expect(await hasPassword(number)).toBe(false);
    expect(await hasPassword(other.to)).toBe(false);
    expect(await findViewer(elsewhere)).not.toBeNull();
    expect(await sendNotices()).toBe(0);
  });
});

test("a reset tells the number, without feedback, in no figure of conversion", async () => {
  const { to, sid } = await reset(LONG);
  await sendNotices();
  const notice = await until(() => notices(to)[0]);
  expect(notice.body).toContain("OTP Insights");
  const its = product.exchanges.filter(({ kind, form }) => kind === "api" && form["Body"] === notice.body);
  expect(its).toHaveLength(1);
  expect(its[0]?.form).not.toHaveProperty("ProvideFeedback");
  // Its delivery is followed in its own row.
  await until(async () => {
    const row = await db().notice.findFirst({ where: { to } });
    return row?.status === "delivered" && row.sid === notice.sid;
  });
  await deliverFeedback();
  expect(product.ledger().filter((each) => each === notice.sid || each === sid)).toEqual([sid]);
  const messages = await db().message.findMany({ where: { verification: { to } }, select: { sid: true } });
  expect(messages).toEqual([{ sid }]);
});

test("a notice that Twilio refuses, or whose answer is lost, is not sent again", async () => {
  for (const fault of [{ refused: 1 }, { lostAnswer: 1 }]) {
    const { to } = await reset(LONG);
    product.simulator.setFaults(fault);
    expect(await sendNotices()).toBe(1);
    product.simulator.setFaults({});
    expect(await sendNotices()).toBe(0);
    const row = await db().notice.findFirstOrThrow({ where: { to } });
    expect(row.refusedAt !== null).toBe("refused" in fault);
  }
});

describe("the browsers a number knows", () => {
  interface Known {
    knownBrowser: Uint8Array<ArrayBuffer>;
  }
  let mine: Known;
  let theirs: Known;
  beforeEach(() => {
    mine = { knownBrowser: knownBrowserHash("mine") };
    theirs = { knownBrowser: knownBrowserHash("theirs") };
  });

  const knownTo = async (number: string) => {
    const rows = await db().knownBrowser.findMany({ where: { number }, select: { browser: true } });
    return rows.map(({ browser }) => Buffer.from(browser).toString("hex")).sort();
  };
  const hex = ({ knownBrowser }: Known) => Buffer.from(knownBrowser).toString("hex");

  /** Somebody two browsers have signed in to, beside somebody else of whom nothing changes. */
  async function knownTwice() {
    const [one, another] = [await someone(), await someone()];
    for (const { knownBrowser } of [mine, theirs]) {
      await openSessionOf(one.viewer.accountId, null, knownBrowser);
      await openSessionOf(another.viewer.accountId, null, knownBrowser);
    }
    expect(await knownTo(one.number)).toHaveLength(2);
    return { ...one, another: another.number };
  }

  test("are forgotten with one's own password, but for the one that sets it", async () => {
    const { number, viewer, another } = await knownTwice();
    const { id, code } = await product.start({ to: number });
    const wrong = { verificationId: id, code: otherThan(code), newPassword: LONG };
    await setOwnPassword(viewer, wrong, mine);
    expect(await knownTo(number)).toHaveLength(2);
    await setOwnPassword(viewer, { verificationId: id, code, newPassword: LONG }, mine);
    expect(await knownTo(number)).toEqual([hex(mine)]);
    expect(await knownTo(another)).toHaveLength(2);
  });

  test("are not forgotten by a code of another number", async () => {
    const { number, viewer, another } = await knownTwice();
    const other = await product.start({ to: another });
    await setOwnPassword(viewer, { verificationId: other.id, code: other.code, newPassword: LONG }, mine);
    expect(await knownTo(number)).toHaveLength(2);
    expect(await knownTo(another)).toHaveLength(2);
  });

  test("are forgotten, all of them, by a program's reset", async () => {
    const { number, another } = await knownTwice();
    const { answer } = await reset(LONG, number);
    expect(answer.body).toMatchObject({ status: "approved" });
    expect(await knownTo(number)).toEqual([]);
    expect(await knownTo(another)).toHaveLength(2);
  });

  test("need a code for an operator again", async () => {
    const { number } = await knownTwice();
    await reset(LONG, number);
    product.configure({ OPERATORS: number });
    expect(await checkPassword(recipientOf(number), LONG, theirs)).toMatchObject({
      outcome: "right",
      alone: false,
    });
  });

  test("are forgotten with the other sessions, but for the one that ends them", async () => {
    const { number, viewer, another } = await knownTwice();
    await endOtherSessions(viewer, mine.knownBrowser);
    expect(await db().session.findMany({ where: { accountId: viewer.accountId } })).toMatchObject([
      { id: viewer.sessionId },
    ]);
    expect(await knownTo(number)).toEqual([hex(mine)]);
    expect(await knownTo(another)).toHaveLength(2);
  });

  test("are forgotten with their own session, when that is ended elsewhere", async () => {
    const { number, viewer, another } = await knownTwice();
    const sessions = await db().session.findMany({ where: { accountId: viewer.accountId } });
    const sessionIn = ({ knownBrowser }: Known) =>
      sessions.find(
        (session) => session.knownBrowser && Buffer.from(session.knownBrowser).equals(knownBrowser),
      )?.id ?? "";
    // One from before that was kept, and one of somebody else.
    await endSessionElsewhere(viewer, sessions.find((session) => !session.knownBrowser)?.id ?? uuid());
    const other = await db().account.findUniqueOrThrow({ where: { number: another } });
    await endSessionElsewhere({ ...viewer, accountId: other.id }, sessionIn(theirs));
    expect(await knownTo(number)).toHaveLength(2);
    // The browser that asks has another session.
    await endSessionElsewhere(viewer, sessionIn(mine), mine.knownBrowser);
    expect(await knownTo(number)).toHaveLength(2);
    await endSessionElsewhere(viewer, sessionIn(theirs), mine.knownBrowser);
    expect(await knownTo(number)).toEqual([hex(mine)]);
    expect(await knownTo(another)).toHaveLength(2);
    const left = await db().session.findMany({ where: { accountId: viewer.accountId } });
    expect(left.map(({ id }) => id)).not.toContain(sessionIn(theirs));
  });

  test("stay known when they sign out", async () => {
    const { number, viewer } = await knownTwice();
    for (const { id } of await db().session.findMany({ where: { accountId: viewer.accountId } }))
      await endSession(viewer.accountId, id);
    expect(await knownTo(number)).toHaveLength(2);
  });

  test("set the password both at once, and nobody waits for the other for ever", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const { number, viewer } = await knownTwice();
    const codes = [await product.start({ to: number }), await product.start({ to: number })];
    // Both are held up at the rows of the browsers, so that each would have its own before it wants the other's.
    const holder = await product.pool.connect();
    await holder.query("begin");
    await holder.query("select from known_browser where number = $1 for update", [number]);
    const changes = codes.map(({ id, code }, index) =>
      setOwnPassword(viewer, { verificationId: id, code, newPassword: LONG }, index ? mine : theirs),
    );
    const waiting =
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await until(async () => (await holder.query(waiting)).rowCount === 2);
    await holder.query("commit");
    holder.release();
    const results = await Promise.all(changes);
    expect(results.map(({ result }) => result.outcome)).toEqual(["approved", "approved"]);
  });

  test("are forgotten while they sign in, and nobody waits for the other for ever", async () => {
    const { viewer } = await knownTwice();
    const signIns = [mine, theirs].map(({ knownBrowser }) =>
      openSessionOf(viewer.accountId, null, knownBrowser),
    );
    const ends = [mine, theirs].map(({ knownBrowser }) => endOtherSessions(viewer, knownBrowser));
    await expect(Promise.all([...signIns, ...ends])).resolves.toHaveLength(4);
  });
});
