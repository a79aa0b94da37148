import { describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { secretHash } from "@/lib/secrets";
import { checkVerification } from "@/lib/verification/check";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { OTHER_API_KEY, otherThan, othersThan, useProduct } from "@/tests/support/product";

const product = useProduct();

describe("a code in time", () => {
  test("is approved, and Twilio is told of exactly that message", async () => {
    const { id, sid, code } = await product.start();
    const unanswered = await product.start();

    const answer = await product.check(id, code);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: "approved", messageSid: sid });

    await deliverFeedback();
    expect(product.ledger()).toContain(sid);
    expect(product.ledger()).not.toContain(unanswered.sid);
    expect(product.simulator.ledger().filter((entry) => entry.messageSid === sid)).toMatchObject([
      { outcome: "confirmed" },
    ]);
  });

  test("is approved once: whoever started it may ask again for a minute, and nothing happens a second time", async () => {
    const { id, to, sid, code } = await product.start();
    product.advance(30);
    const { body } = await product.call("POST", `/api/verifications/${id}/messages`);
    const second = await product.codeOn(to, body.messageSid);
    const first = await product.check(id, code);
    expect(first.body).toEqual({ status: "approved", messageSid: sid });
    const at = (await product.call("GET", `/api/verifications/${id}`)).body.approvedAt;
    product.advance(59);
    const again = await product.check(id, code);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await product.call("GET", `/api/verifications/${id}`)).body.approvedAt).toBe(at);
    for (const other of [second, otherThan(code, second)]) {
      const answer = await product.check(id, other);
      expect([answer.status, answer.body.code]).toEqual([409, "already_used"]);
    }
    const stranger = { Authorization: `Bearer ${OTHER_API_KEY}` };
    const theirs = await product.call("POST", `/api/verifications/${id}/checks`, { code }, stranger);
    expect(theirs.status).toBe(404);
    // Who neither is the program nor the browser that started it.
    expect(await checkVerification(id, code)).toMatchObject({ problem: "already_used" });
    product.advance(1);
    expect((await product.check(id, code)).body.code).toBe("already_used");
    await deliverFeedback();
    expect(product.ledger().filter((entry) => entry === sid)).toHaveLength(1);
  });

  test("that is sent twice at once is approved twice, and reported once", async () => {
    const { id, sid, code } = await product.start();
    const answers = await Promise.all(Array.from({ length: 10 }, () => product.check(id, code)));
    for (const { body } of answers) expect(body).toEqual({ status: "approved", messageSid: sid });
    await deliverFeedback();
    expect(product.ledger().filter((entry) => entry === sid)).toHaveLength(1);
  });

  test("may be typed with spaces, dashes and the digits of other scripts", async () => {
    const { id, code } = await product.start();
    const arabic = Array.from(code, (digit) => String.fromCodePoint(0x660 + Number(digit)));
    const typed = ` ${arabic.slice(0, 3).join("")}–${arabic.slice(3).join(" ")} `;
    expect((await product.check(id, typed)).body.status).toBe("approved");
  });

  test("may be in a text that was pasted whole", async () => {
    const { id, code } = await product.start();
    expect((await product.check(id, `[10:42] Your code is ${code}`)).body.status).toBe("approved");
  });

  test("of another length than codes have costs no try", async () => {
    const { id } = await product.start();
    for (const code of ["40249", "4024955"]) expect((await product.check(id, code)).status).toBe(422);
    expect((await product.call("GET", `/api/verifications/${id}`)).body.checksLeft).toBe(5);
  });

  test("is of the verification it was sent for and of no other", async () => {
    const first = await product.start();
    const second = await product.start();
    const crossed = await product.check(first.id, second.code);
    // One in a million pairs draws the same code twice.
    if (first.code !== second.code) expect(crossed.body.status).toBe("pending");
  });
});

describe("a verification", () => {
  test("starts with what a program needs to go on", async () => {
    const to = product.number();
    const { status, body, headers } = await product.call("POST", "/api/verifications", { to });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: "pending", action: "code", to, country: "US", checksLeft: 5 });
    expect(headers.get("location")).toBe(`/api/verifications/${body.id}`);
    expect(Date.parse(body.resendAfter)).toBeLessThan(Date.parse(body.expiresAt));
    expect(body.messageSid).toMatch(/^SM[0-9a-f]{32}$/);
  });

  test("takes its number as people write it", async () => {
    const { body } = await product.call("POST", "/api/verifications", { to: "+1 (415) 555-0001" });
    expect(body.to).toBe("+14155550001");
  });

  test.each(["en-US-u-fw-mon-mu-celsius", "es-u-ms-metric", "de-x-formal", "i-klingon", "in-ID", "pt_BR"])(
    "is started whatever the tag of its language is: %s",
    async (locale) => {
      const to = product.number();
      expect((await product.call("POST", "/api/verifications", { to, locale })).status).toBe(201);
    },
  );

  test("asks Twilio for feedback, with what is left of its lifetime and the try it is", async () => {
    const { id, to } = await product.start();
    product.advance(60);
    await product.call("POST", `/api/verifications/${id}/messages`);
    const sends = product.exchanges.flatMap((exchange) =>
      exchange.kind === "api" && exchange.method === "POST" && exchange.form["To"] === to
        ? [exchange.form]
        : [],
    );
    expect(sends).toMatchObject([
      { ProvideFeedback: "true", ValidityPeriod: "600", Attempt: "1", From: "+15005550006" },
      { ProvideFeedback: "true", ValidityPeriod: "540", Attempt: "2" },
    ]);
    expect(sends[0]!["StatusCallback"]).toMatch(/\/api\/twilio\/status\/[0-9a-f-]{36}#rc=5&rp=all$/);
  });

  test("names the brand, and ends with the line browsers fill in from", async () => {
    product.configure({ BRAND_NAME: "Acme", PUBLIC_BASE_URL: product.origin });
    const { to, code } = await product.start();
    const { body } = product.simulator.handset(to)[0]!;
    expect(body).toContain("Acme");
    expect(body.split("\n").at(-1)).toBe(`@127.0.0.1 #${code}`);
  });

  test("shows its messages and their feedback, and never the secret", async () => {
    const { id, sid, code } = await product.start();
    await product.check(id, code);
    await deliverFeedback();
    const { status, body } = await product.call("GET", `/api/verifications/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "approved", messages: [{ sid, feedback: { state: "reported" } }] });
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`"${code}"|secret`));
  });

  test("left unanswered reports nothing, however long one waits", async () => {
    const { id, sid } = await product.start();
    product.advance(2 * DAY_SECONDS);
    await deliverFeedback();
    expect(product.ledger()).not.toContain(sid);
    expect((await product.call("GET", `/api/verifications/${id}`)).body.status).toBe("expired");
  });

  test("can be canceled, and its code is dead then", async () => {
    const { id, code } = await product.start();
    expect((await product.call("DELETE", `/api/verifications/${id}`)).body.status).toBe("canceled");
    expect((await product.call("DELETE", `/api/verifications/${id}`)).status).toBe(200);
    const checked = await product.check(id, code);
    expect([checked.status, checked.body.code]).toEqual([409, "canceled"]);
    const resent = await product.call("POST", `/api/verifications/${id}/messages`);
    expect([resent.status, resent.body.code]).toEqual([409, "not_pending"]);
  });

  test("cannot be canceled once it is approved or has expired", async () => {
    const approved = await product.start();
    await product.check(approved.id, approved.code);
    expect((await product.call("DELETE", `/api/verifications/${approved.id}`)).body.code).toBe(
      "already_used",
    );
    const expired = await product.start();
    product.advance(600);
    expect((await product.call("DELETE", `/api/verifications/${expired.id}`)).body.code).toBe("expired");
  });
});

describe("a wrong code", () => {
  test("says how many tries are left; the last one closes the verification, for the right code too", async () => {
    const { id, sid, code } = await product.start();
    const wrong = othersThan(6, code);
    for (const checksLeft of [4, 3, 2, 1]) {
      expect((await product.check(id, wrong[checksLeft]!)).body).toEqual({ status: "pending", checksLeft });
    }
    const last = { status: "max_checks_reached", checksLeft: 0 };
    expect((await product.check(id, wrong[0]!)).body).toEqual(last);
    expect((await product.check(id, wrong[0]!)).body).toEqual(last);
    expect((await product.check(id, wrong[5]!)).body.code).toBe("max_checks_reached");
    const right = await product.check(id, code);
    expect([right.status, right.body.code]).toEqual([429, "max_checks_reached"]);
    await deliverFeedback();
    expect(product.ledger()).not.toContain(sid);
  });

  test("that comes again costs nothing and is told the same, also after others and a resend, and at once", async () => {
    const { id, to, code } = await product.start();
    const [wrong = "", other = ""] = othersThan(2, code);
    const answers = await Promise.all(Array.from({ length: 8 }, () => product.check(id, wrong)));
    for (const { body } of answers) expect(body).toEqual({ status: "pending", checksLeft: 4 });
    // As it is typed does not matter.
    const spaced = ` ${wrong.slice(0, 3)} ${wrong.slice(3)} `;
    expect((await product.check(id, spaced)).body).toEqual({ status: "pending", checksLeft: 4 });
    expect((await product.check(id, other)).body.checksLeft).toBe(3);
    product.advance(30);
    const { body } = await product.call("POST", `/api/verifications/${id}/messages`);
    const second = await product.codeOn(to, body.messageSid);
    expect((await product.check(id, wrong)).body.checksLeft).toBe(3);
    expect((await product.check(id, second)).body.status).toBe("approved");
  });

  test("never becomes a later message's code", async () => {
    product.configure({ CODE_LENGTH: "4", RESEND_AFTER_SECONDS: "0" });
    const { id } = await product.start();
    // Half of all codes, as if they had been tried: four messages that draw blindly are all spared in one of sixteen runs.
    const missed = Array.from({ length: 5_000 }, (_, n) => secretHash(id, String(2 * n).padStart(4, "0")));
    await db().verification.update({ where: { id }, data: { missed } });
    for (let resend = 1; resend <= 4; resend += 1) {
      expect((await product.call("POST", `/api/verifications/${id}/messages`)).status).toBe(201);
    }
    const { rows } = await product.pool.query<{ hits: number }>(
      `select count(*)::int as hits from message m join verification v on v.id = m.verification_id
       where v.id = $1 and m.attempt > 1 and m.secret_hash = any(v.missed)`,
      [id],
    );
    expect(rows).toEqual([{ hits: 0 }]);
  });

  test("is counted per verification, so that a resend does not give new tries", async () => {
    const { id, to, code } = await product.start();
    await product.check(id, otherThan(code));
    product.advance(30);
    const resent = await product.call("POST", `/api/verifications/${id}/messages`);
    expect(resent.body.checksLeft).toBe(4);
    const second = await product.codeOn(to, resent.body.messageSid);
    expect((await product.check(id, othersThan(2, code, second)[1] ?? "")).body.checksLeft).toBe(3);
  });
});

describe("after a resend", () => {
  async function resent() {
    const first = await product.start();
    product.advance(30);
    const { status, body } = await product.call("POST", `/api/verifications/${first.id}/messages`);
    expect(status).toBe(201);
    const second = { sid: body.messageSid as string, code: await product.codeOn(first.to, body.messageSid) };
    expect(second.code).not.toBe(first.code);
    return { first, second };
  }

  test("the first message's code credits the first message", async () => {
    const { first, second } = await resent();
    expect((await product.check(first.id, first.code)).body.messageSid).toBe(first.sid);
    await deliverFeedback();
    expect(product.ledger()).toContain(first.sid);
    expect(product.ledger()).not.toContain(second.sid);
  });

  test("the second's credits the second", async () => {
    const { first, second } = await resent();
    expect((await product.check(first.id, second.code)).body.messageSid).toBe(second.sid);
    await deliverFeedback();
    expect(product.ledger()).toContain(second.sid);
    expect(product.ledger()).not.toContain(first.sid);
  });

  test("all codes expire together, at the time fixed at the start", async () => {
    const { first, second } = await resent();
    product.advance(569);
    expect((await product.check(first.id, otherThan(first.code, second.code))).status).toBe(200);
    product.advance(1);
    expect((await product.check(first.id, second.code)).body.code).toBe("expired");
  });
});

describe("a code that comes late", () => {
  test("lets nobody in and looks like a wrong one, but its message is reported, once", async () => {
    const { id, sid, code } = await product.start();
    product.advance(600);
    const wrong = await product.check(id, otherThan(code));
    const right = await product.check(id, code);
    expect(right.status).toBe(410);
    expect({ ...right.body, requestId: "" }).toEqual({ ...wrong.body, requestId: "" });

    await product.check(id, code);
    await deliverFeedback();
    expect(product.ledger().filter((entry) => entry === sid)).toHaveLength(1);
    const { body } = await product.call("GET", `/api/verifications/${id}`);
    expect(body).toMatchObject({ status: "expired", approvedAt: null, messages: [{ late: true }] });
  });

  test("counts until 24 hours after expiry and no longer", async () => {
    const { id, sid, code } = await product.start();
    product.advance(600 + DAY_SECONDS);
    expect((await product.check(id, code)).body.code).toBe("expired");
    await deliverFeedback();
    expect(product.ledger()).not.toContain(sid);
  });

  test("is guessed at as little as one in time", async () => {
    const { id, sid, code } = await product.start();
    product.advance(601);
    for (const wrong of othersThan(5, code)) expect((await product.check(id, wrong)).status).toBe(410);
    expect((await product.check(id, code)).status).toBe(410);
    await deliverFeedback();
    expect(product.ledger()).not.toContain(sid);
  });

  test("is not reported when the verification was approved or canceled before", async () => {
    const { id, to, sid, code } = await product.start();
    product.advance(30);
    const second = await product.call("POST", `/api/verifications/${id}/messages`);
    await product.check(id, await product.codeOn(to, second.body.messageSid));
    product.advance(600);
    expect((await product.check(id, code)).body.code).toBe("already_used");
    await deliverFeedback();
    expect(product.ledger()).not.toContain(sid);
  });
});

describe("a number", () => {
  test.each([
    ["+15005550001", 21211],
    ["+15005550002", 21612],
    ["+15005550003", 21408],
    ["+15005550004", 21610],
    ["+15005550009", 21614],
  ])("that Twilio refuses is a send_failed with Twilio's code: %s", async (to, twilioCode) => {
    const { status, body } = await product.call("POST", "/api/verifications", { to });
    expect(status).toBe(502);
    expect(body).toMatchObject({ code: "send_failed", twilioCode, verification: { to, messageSid: null } });
    const { body: verification } = await product.call("GET", `/api/verifications/${body.verification.id}`);
    expect(verification.messages).toMatchObject([{ status: "refused", errorCode: twilioCode, sid: null }]);
    // Nothing was sent, so nobody has to wait for the gap between two messages.
    expect((await product.call("POST", "/api/verifications", { to })).status).toBe(502);
  });

  test.each([
    ["+442079460123", "landline"],
    ["+18005550123", "toll-free"],
    ["+80012345678", "country"],
    ["+14155550", "in use"],
    ["4155550123", "country's code"],
    ["not a number", "not a phone number"],
    ["", "not a phone number"],
  ])("that gets no SMS is refused with the reason: %s", async (to, reason) => {
    const { status, body } = await product.call("POST", "/api/verifications", { to });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field: "to" }]);
    expect(body.errors[0].message).toContain(reason);
  });
});
