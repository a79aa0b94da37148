import { describe, expect, test } from "vitest";
import { DELAYED_CHECK_SECONDS, STARTS_FOR_NUMBER, STARTS_FROM_ADDRESS } from "@/lib/protection/quota";
import { forgetSpentQuotas } from "@/lib/protection/forget";
import { otherThan, useProduct } from "@/tests/support/product";

const product = useProduct();

const start = (to: string, clientIp?: string) => product.call("POST", "/api/verifications", { to, clientIp });
const retryAfter = (answer: { headers: Headers }) => Number(answer.headers.get("retry-after"));

describe("the gap between two messages to a number", () => {
  test("holds across starts and resends", async () => {
    const { id, to } = await product.start();
    product.advance(10);
    const again = await start(to);
    expect([again.status, again.body.code, retryAfter(again)]).toEqual([429, "resend_too_soon", 20]);
    const resend = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([resend.status, resend.body.code, retryAfter(resend)]).toEqual([429, "resend_too_soon", 20]);
    product.advance(20);
    expect((await product.call("POST", `/api/verifications/${id}/messages`)).status).toBe(201);
    expect((await start(to)).status).toBe(429);
  });

  test("ends at the moment the answer named", async () => {
    const to = product.number();
    const { body } = await start(to);
    product.advance((Date.parse(body.resendAfter) - Date.parse(body.expiresAt)) / 1000 + 600 - 0.001);
    expect((await start(to)).status).toBe(429);
    product.advance(0.001);
    expect((await start(to)).status).toBe(201);
  });
});

describe("resends", () => {
  test("are refused when too little of the lifetime is left", async () => {
    const { id } = await product.start();
    product.advance(481);
    const soon = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([soon.status, soon.body.code]).toEqual([410, "expires_soon"]);
    product.advance(119);
    const expired = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([expired.status, expired.body.code]).toEqual([410, "expired"]);
  });

  test("are at most four, and the answer to the last says that no more will come", async () => {
    const { id } = await product.start();
    for (let resend = 1; resend <= 4; resend += 1) {
      product.advance(30);
      const { status, body } = await product.call("POST", `/api/verifications/${id}/messages`);
      expect(status).toBe(201);
      expect(body.resendAfter === null).toBe(resend === 4);
    }
    product.advance(30);
    const fifth = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([fifth.status, fifth.body.code]).toEqual([429, "max_sends_reached"]);
  });

  test("of a verification whose tries are used up are refused", async () => {
    const { id, code } = await product.start();
    for (let check = 0; check < 5; check += 1) await product.check(id, otherThan(code));
    product.advance(30);
    const resend = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([resend.status, resend.body.code]).toEqual([409, "not_pending"]);
  });
});

describe("starts", () => {
  test("for a number are capped, and allowed again after the time named", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const to = product.number();
    for (let count = 0; count < STARTS_FOR_NUMBER.burst; count += 1) {
      expect((await start(to)).status).toBe(201);
    }
    const refused = await start(to);
    expect([refused.status, refused.body.code]).toEqual([429, "too_many_starts"]);
    expect((await start(product.number())).status).toBe(201);
    product.advance(retryAfter(refused));
    expect((await start(to)).status).toBe(201);
  });

  test("from an address are capped, where the caller names it", async () => {
    const address = "2001:db8:1:2::3";
    const neighbour = "2001:db8:1:2:ffff::1";
    for (let count = 0; count < STARTS_FROM_ADDRESS.burst; count += 1) {
      expect((await start(product.number(), count % 2 ? address : neighbour)).status).toBe(201);
    }
    const refused = await start(product.number(), address);
    expect([refused.status, refused.body.code]).toEqual([429, "too_many_starts"]);
    expect((await start(product.number(), "2001:db8:1:3::3")).status).toBe(201);
    expect((await start(product.number())).status).toBe(201);
  });

  test("that the number's limit refuses leave its gap and the address alone", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const { id, to } = await product.start();
    for (let count = 1; count < STARTS_FOR_NUMBER.burst; count += 1) await start(to);
    product.configure({});
    product.advance(30);
    const address = "198.51.100.4";
    for (let count = 0; count < STARTS_FROM_ADDRESS.burst + 5; count += 1) {
      expect((await start(to, address)).status).toBe(429);
    }
    expect((await start(product.number(), address)).status).toBe(201);
    expect((await product.call("POST", `/api/verifications/${id}/messages`)).status).toBe(201);
  });

  test("that an address limit refuses use up nothing of the number's", async () => {
    const address = "203.0.113.9";
    const to = product.number();
    for (let count = 0; count < STARTS_FROM_ADDRESS.burst; count += 1) await start(product.number(), address);
    expect((await start(to, address)).status).toBe(429);
    expect((await start(to)).status).toBe(201);
  });
});

describe("wrong codes of one number", () => {
  async function failHundredTimes(to: string) {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    for (let round = 0; round < 20; round += 1) {
      const { id, code } = await product.start({ to });
      for (let check = 0; check < 5; check += 1) await product.check(id, otherThan(code));
    }
    product.advance(STARTS_FOR_NUMBER.everySeconds);
  }

  test("delay its checks after a hundred in a day, and never bar its owner", async () => {
    const to = product.number();
    await failHundredTimes(to);
    const { id, sid, code } = await product.start({ to });
    const first = await product.check(id, otherThan(code));
    // The delay counts from the last wrong code, which is longer ago: this one is evaluated.
    expect(first.body).toEqual({ status: "pending", checksLeft: 4 });
    const delayed = await product.check(id, code);
    expect([delayed.status, delayed.body.code]).toEqual([429, "check_delayed"]);
    expect(retryAfter(delayed)).toBe(DELAYED_CHECK_SECONDS);
    // A delayed check is not a failed one.
    expect((await product.call("GET", `/api/verifications/${id}`)).body.checksLeft).toBe(4);
    product.advance(DELAYED_CHECK_SECONDS);
    expect((await product.check(id, code)).body).toEqual({ status: "approved", messageSid: sid });
  });

  test("are forgotten over a day, and do not touch other numbers", async () => {
    const to = product.number();
    await failHundredTimes(to);
    const other = await product.start();
    expect((await product.check(other.id, otherThan(other.code))).status).toBe(200);
    product.advance(86_400);
    const { id, code } = await product.start({ to });
    for (let check = 0; check < 4; check += 1) {
      expect((await product.check(id, otherThan(code))).status).toBe(200);
    }
    expect((await product.check(id, code)).body.status).toBe("approved");
  });
});

test("the limits' rows, with the numbers in them, are deleted when they say nothing any more", async () => {
  await product.start();
  await forgetSpentQuotas();
  const { rows: kept } = await product.pool.query("select from quota");
  expect(kept.length).toBeGreaterThan(0);
  product.advance(10 * 86_400);
  await forgetSpentQuotas();
  const { rows } = await product.pool.query("select from quota");
  expect(rows).toEqual([]);
});
