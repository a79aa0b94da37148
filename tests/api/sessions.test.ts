/** How long a session lasts: unused, at the most, and for whom; and that nothing of an ended one stays. */
import { describe, expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { findViewer, forgetEndedSessions, listSessions, openSessionOf } from "@/lib/account/session";
import { db } from "@/lib/db";
import { retain } from "@/lib/insights/counting/retention";
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from "@/lib/terms/durations";
import { clock, useProduct } from "@/tests/support/product";

const product = useProduct();

async function signedIn(number = product.number()) {
  const account = { id: uuid(), number, country: "US", createdAt: clock() };
  await db().account.create({ data: account });
  const { token } = await openSessionOf(account.id, "Test");
  return { token, accountId: account.id, number };
}

/** An operator: a session of a number in OPERATORS, whichever way it is written there. */
async function operator() {
  const session = await signedIn();
  product.configure({ OPERATORS: session.number.replace(/^\+1(...)/, "+1 ($1) ") });
  return session;
}

describe("unused", () => {
  test("a session ends after seven days", async () => {
    const { token } = await signedIn();
    product.advance(7 * DAY_SECONDS - MINUTE_SECONDS);
    expect(await findViewer(token)).not.toBeNull();
    product.advance(7 * DAY_SECONDS);
    expect(await findViewer(token)).toBeNull();
  });

  test("an operator's ends after half an hour", async () => {
    const { token } = await operator();
    product.advance(29 * MINUTE_SECONDS);
    expect(await findViewer(token)).not.toBeNull();
    product.advance(30 * MINUTE_SECONDS);
    expect(await findViewer(token)).toBeNull();
  });

  test("a page that looks for news by itself does not keep one alive", async () => {
    const { token } = await operator();
    product.advance(20 * MINUTE_SECONDS);
    expect(await findViewer(token, false)).not.toBeNull();
    product.advance(20 * MINUTE_SECONDS);
    expect(await findViewer(token, false)).toBeNull();
  });

  test("one that has ended is not revived by being asked for", async () => {
    const { token } = await operator();
    product.advance(31 * MINUTE_SECONDS);
    expect(await findViewer(token)).toBeNull();
    expect(await findViewer(token)).toBeNull();
  });
});

describe("used all the time", () => {
  test("a session ends after thirty days", async () => {
    const { token } = await signedIn();
    for (let day = 1; day < 30; day += 1) {
      product.advance(DAY_SECONDS);
      expect(await findViewer(token), `day ${day}`).not.toBeNull();
    }
    product.advance(DAY_SECONDS);
    expect(await findViewer(token)).toBeNull();
  });

  test("an operator's ends after twelve hours", async () => {
    const { token } = await operator();
    for (let half = 1; half < 36; half += 1) {
      product.advance(20 * MINUTE_SECONDS);
      expect(await findViewer(token), `after ${half * 20} min`).not.toBeNull();
    }
    product.advance(20 * MINUTE_SECONDS);
    expect(await findViewer(token)).toBeNull();
  });
});

test("whoever becomes an operator keeps no session that is too old for one", async () => {
  const { token, number } = await signedIn();
  product.advance(13 * HOUR_SECONDS);
  expect(await findViewer(token)).not.toBeNull();
  product.configure({ OPERATORS: number });
  expect(await findViewer(token)).toBeNull();
});

test("what has ended is listed nowhere, and is deleted with what its browser is called", async () => {
  const { accountId } = await signedIn();
  product.advance(4 * DAY_SECONDS);
  const { token } = await openSessionOf(accountId, "Another");
  const stored = () => db().session.findMany({ where: { accountId }, select: { userAgent: true } });
  product.advance(4 * DAY_SECONDS);
  expect(await listSessions(accountId)).toMatchObject([{ userAgent: "Another" }]);
  expect(await stored()).toHaveLength(2);
  await forgetEndedSessions();
  expect(await stored()).toEqual([{ userAgent: "Another" }]);
  expect(await findViewer(token)).not.toBeNull();
});

test("inbound messages are forgotten when everything else of their time is", async () => {
  const sid = `SM${"1".repeat(32)}`;
  await db().inbound.create({ data: { sid, receivedAt: clock() } });
  product.advance(399 * DAY_SECONDS);
  await retain();
  expect(await db().inbound.count({ where: { sid } })).toBe(1);
  product.advance(3 * DAY_SECONDS);
  await retain();
  expect(await db().inbound.count({ where: { sid } })).toBe(0);
});
