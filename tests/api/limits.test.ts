import { describe, expect, test } from "vitest";
import { sendBudgets, WINDOW_SECONDS, wrongBudgets } from "@/lib/protection/budgets";
import { forgetSpentLimits } from "@/lib/protection/forget";
import { MESSAGES_FROM_ADDRESS } from "@/lib/protection/quota";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { otherThan, othersThan, useProduct } from "@/tests/support/product";

const product = useProduct();

const start = (to: string, clientIp?: string) => product.call("POST", "/api/verifications", { to, clientIp });
const resend = (id: string) => product.call("POST", `/api/verifications/${id}/messages`);
const retryAfter = (answer: { headers: Headers }) => Number(answer.headers.get("retry-after"));

describe("the gap between two messages to a number", () => {
  test("holds across starts and resends", async () => {
    const { id, to } = await product.start();
    product.advance(10);
    const again = await start(to);
    expect([again.status, again.body.code, retryAfter(again)]).toEqual([429, "resend_too_soon", 20]);
    expect(again.headers.get("ratelimit-policy")).toBe('"gap";q=1;w=30');
    expect(again.headers.get("ratelimit")).toBe('"gap";r=0;t=20');
    expect(again.body).toMatchObject({
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      "violated-policies": ["gap"],
    });
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

test("an office of ninety behind one address is let in, since who signs in gives back what they drew on", async () => {
  const clientIp = "203.0.113.44";
  for (let person = 0; person < 90; person += 1) {
    const to = product.number();
    const { status, body } = await start(to, clientIp);
    expect([person, status]).toEqual([person, 201]);
    // Nine of ten do.
    if (person % 10 !== 0) await product.check(body.id, await product.codeOn(to));
    product.advance(2);
  }
  // By so much that the limit has what it was made for: a confirmed message has cost nothing.
  const tatOf = async () => {
    const { rows } = await product.pool.query(
      "select name, tat from quota where subject = $1 order by name",
      [clientIp],
    );
    return rows as { name: string; tat: Date }[];
  };
  const before = await tatOf();
  const to = product.number();
  const { body } = await start(to, clientIp);
  await product.check(body.id, await product.codeOn(to));
  expect(await tatOf()).toEqual(before);
}, 60_000);

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
    for (const wrong of othersThan(5, code)) await product.check(id, wrong);
    product.advance(30);
    const resend = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([resend.status, resend.body.code]).toEqual([409, "not_pending"]);
  });
});

describe("the gap", () => {
  test("is each asker's own: one does not wait for another", async () => {
    const to = product.number();
    expect((await start(to, "203.0.113.1")).status).toBe(201);
    expect((await start(to, "203.0.113.2")).status).toBe(201);
    expect((await start(to, "203.0.113.1")).body.code).toBe("resend_too_soon");
    // Who names no address is one asker.
    expect((await start(to)).status).toBe(201);
    expect((await start(to)).body.code).toBe("resend_too_soon");
  });
});

describe("messages to a number within a day", () => {
  test("are so many of one address, starts and resends alike, and then allowed again when the first is a day old", async () => {
    const to = product.number();
    const address = "203.0.113.10";
    const first = await start(to, address);
    for (let count = 1; count < sendBudgets().one; count += 1) {
      product.advance(60);
      const sent = count % 2 ? await resend(first.body.id) : await start(to, address);
      expect(sent.status).toBe(201);
    }
    product.advance(60);
    const refused = await start(to, address);
    expect([refused.status, refused.body.code]).toEqual([429, "too_many_starts"]);
    expect(retryAfter(refused)).toBe(WINDOW_SECONDS - sendBudgets().one * 60);
    expect((await resend(first.body.id)).body.code).toBe("too_many_starts");
    expect((await start(to, "203.0.113.11")).status).toBe(201);
    product.advance(retryAfter(refused));
    expect((await start(to, address)).status).toBe(201);
    expect((await start(to, address)).status).toBe(429);
  });

  test("are so many of all together, however many addresses ask", async () => {
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "6" });
    const to = product.number();
    for (let count = 0; count < 6; count += 1)
      expect((await start(to, `198.51.100.${count}`)).status).toBe(201);
    const refused = await start(to, "198.51.100.99");
    expect([refused.status, refused.body.code]).toEqual([429, "too_many_starts"]);
    expect((await start(product.number(), "198.51.100.99")).status).toBe(201);
  });
});

describe("messages from an address", () => {
  test("are capped, where the caller names it, resends too", async () => {
    const address = "2001:db8:1:2::3";
    const neighbour = "2001:db8:1:2:ffff::1";
    const first = await start(product.number(), address);
    for (let count = 1; count < MESSAGES_FROM_ADDRESS.burst; count += 1) {
      expect((await start(product.number(), count % 2 ? address : neighbour)).status).toBe(201);
    }
    const refused = await start(product.number(), address);
    expect([refused.status, refused.body.code]).toEqual([429, "too_many_starts"]);
    expect((await start(product.number(), "2001:db8:1:3::3")).status).toBe(201);
    expect((await start(product.number())).status).toBe(201);
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const resent = await resend(first.body.id);
    expect([resent.status, resent.body.code]).toEqual([429, "too_many_starts"]);
  });

  test("that the number refuses leave the address alone, and the other way round", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const to = product.number();
    const address = "192.0.2.4";
    for (let count = 0; count < sendBudgets().one; count += 1) await start(to, address);
    for (let count = 0; count < MESSAGES_FROM_ADDRESS.burst; count += 1) {
      expect((await start(to, address)).status).toBe(429);
    }
    const other = product.number();
    for (let count = sendBudgets().one; count < MESSAGES_FROM_ADDRESS.burst; count += 1) {
      expect((await start(product.number(), address)).status).toBe(201);
    }
    for (let count = 0; count < sendBudgets().together; count += 1) {
      expect((await start(other, address)).status).toBe(429);
    }
    expect((await start(other, "192.0.2.5")).status).toBe(201);
  });
});

test("all messages together are as many as are set, and then come evenly", async () => {
  product.configure({ MAX_MESSAGES_PER_HOUR: "4" });
  for (let count = 0; count < 4; count += 1) expect((await start(product.number())).status).toBe(201);
  const refused = await start(product.number());
  expect([refused.status, refused.body.code, retryAfter(refused)]).toEqual([429, "too_many_starts", 900]);
  product.advance(900);
  expect((await start(product.number())).status).toBe(201);
  expect((await start(product.number())).status).toBe(429);
});

describe("countries", () => {
  test("that are not allowed, or blocked, are refused before anything is written or drawn on", async () => {
    const { id, to } = await product.start();
    product.advance(30);
    for (const [name, codes] of [
      ["ALLOWED_COUNTRIES", "gb,ID"],
      ["BLOCKED_COUNTRIES", "US"],
    ] as const) {
      product.configure({ [name]: codes });
      const refused = await start(to);
      expect([refused.status, refused.body.code]).toEqual([403, "destination_refused"]);
      expect((await resend(id)).body.code).toBe("destination_refused");
    }
    product.configure({ ALLOWED_COUNTRIES: "US,GB", BLOCKED_COUNTRIES: "GB" });
    expect((await resend(id)).status).toBe(201);
    expect((await start("+447700900123")).status).toBe(403);
  });
});

describe("wrong codes of one number", () => {
  /** Uses up so many wrong codes, from addresses of their own. */
  async function fail(to: string, count: number, address: (index: number) => string | undefined) {
    product.configure({ RESEND_AFTER_SECONDS: "0", MAX_CHECKS: "100" });
    const { body } = await start(to);
    const { id } = body as { id: string };
    const code = await product.codeOn(to);
    for (const [index, wrong] of othersThan(count, code).entries()) {
      const answer = await check(id, wrong, address(index));
      expect(answer.body.status).toBe("pending");
    }
    return { id, code };
  }

  const check = (id: string, code: string, clientIp?: string) =>
    product.call("POST", `/api/verifications/${id}/checks`, { code, clientIp });

  test("of one address are evaluated so many a day; then right and wrong are answered alike, until the first is a day old", async () => {
    const to = product.number();
    const mine = "203.0.113.20";
    const { id, code } = await fail(to, wrongBudgets().one, () => mine);
    product.advance(100);
    for (const tried of [code, othersThan(100, code)[99] ?? ""]) {
      const delayed = await check(id, tried, mine);
      expect([delayed.status, delayed.body.code]).toEqual([429, "check_delayed"]);
      expect(retryAfter(delayed)).toBe(WINDOW_SECONDS - 100);
    }
    // Another's budget is untouched, and a delayed check is no failed one.
    const left = (await product.call("GET", `/api/verifications/${id}`)).body.checksLeft;
    expect(left).toBe(100 - wrongBudgets().one);
    expect((await check(id, code, "203.0.113.21")).body.status).toBe("approved");
    product.advance(WINDOW_SECONDS - 100);
    const again = await start(to, mine);
    expect((await check(again.body.id, otherThan(await product.codeOn(to)), mine)).body.status).toBe(
      "pending",
    );
  });

  test("count for the start's address where the check names none", async () => {
    const to = product.number();
    product.configure({ MAX_CHECKS: "100" });
    const { body } = await start(to, "2001:db8:7::1");
    const code = await product.codeOn(to, body.messageSid);
    for (const wrong of othersThan(wrongBudgets().one, code)) await check(body.id, wrong);
    expect((await check(body.id, code, "2001:db8:7::2")).body.code).toBe("check_delayed");
  });

  test("are so many a day of all together, over its verifications, and do not touch other numbers", async () => {
    const to = product.number();
    const { id, code } = await fail(to, wrongBudgets().together - 4, (index) => `198.51.100.${index}`);
    const { id: second } = await fail(to, 4, (index) => `192.0.2.${index}`);
    for (const verification of [id, second]) {
      expect((await check(verification, code, "192.0.2.199")).body.code).toBe("check_delayed");
    }
    const other = await product.start();
    expect((await product.check(other.id, other.code)).body.status).toBe("approved");
  });

  test("are compared with the three newest messages", async () => {
    const { id, to, code: first } = await product.start();
    const codes = [first];
    for (let count = 0; count < 3; count += 1) {
      product.advance(30);
      const { body } = await resend(id);
      codes.push(await product.codeOn(to, body.messageSid));
    }
    const [oldest = "", second = ""] = codes;
    expect((await product.check(id, oldest)).body.status).toBe("pending");
    expect((await product.check(id, second)).body.status).toBe("approved");
  });
});

test("the limits' rows, with the numbers in them, are deleted when they say nothing any more", async () => {
  await start(product.number(), "203.0.113.77");
  await forgetSpentLimits();
  const rows = async () => {
    const found = await product.pool.query(
      "select number from number_guard union all select subject from quota",
    );
    return found.rows.length;
  };
  expect(await rows()).toBeGreaterThan(1);
  product.advance(10 * DAY_SECONDS);
  await forgetSpentLimits();
  expect(await rows()).toBe(0);
});
