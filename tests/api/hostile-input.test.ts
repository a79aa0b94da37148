/** What is made to make the API fail: each is answered by what is wrong with it, and never by a 5xx. */
import twilioWebhooks from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, test } from "vitest";
import { useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";

const product = useProduct();

async function refusal(method: string, path: string, body?: unknown) {
  const answer = await product.call(method, path, body);
  expect([path, answer.status, answer.body.code]).toEqual([path, 422, "invalid_request"]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return (answer.body as { errors: { field: string; message: string }[] }).errors;
}

const ID = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";
const packed = (text: string) => Buffer.from(text).toString("base64url");

describe("a forged cursor", () => {
  test.each([
    '[99999999999,"+1"]',
    '[2147483648,"+1"]',
    '[-99999999999,"+1"]',
    '[1e300,"+1"]',
    '[-1,"+1"]',
    `[1,"+${"1".repeat(300)}"]`,
    '[1,"+1\\u0000"]',
    "[]",
    "null",
  ])("of the blocks is none: %s", async (text) => {
    const errors = await refusal("GET", `/api/insights/blocks?cursor=${packed(text)}`);
    expect(errors).toMatchObject([{ field: "cursor" }]);
  });

  test.each([
    `-271821-04-20T00:00:00.000Z ${ID}`,
    `+275760-09-13T00:00:00.000Z ${ID}`,
    `0000-01-01T00:00:00.000Z ${ID}`,
    `-004714-01-01T00:00:00.000Z ${ID}`,
    `2026-11-31T00:00:00.000Z ${ID}`,
    `2026 ${ID}`,
    `1 ${ID}`,
    `2026-11-01T00:00:00.000Z ${ID}\u0000`,
    "2026-11-01T00:00:00.000Z x",
  ])("of the messages is none: %s", async (text) => {
    const errors = await refusal("GET", `/api/insights/messages?cursor=${packed(text)}`);
    expect(errors).toMatchObject([{ field: "cursor" }]);
  });

  test.each(['["attempted",{},"x"]', '["-lost",1e999,"x"]', "[[[[[[", "\u0000"])(
    "of the destinations is none: %s",
    async (text) => {
      const errors = await refusal("GET", `/api/insights/destinations?cursor=${packed(text)}`);
      expect(errors).toMatchObject([{ field: "cursor" }]);
    },
  );
});

describe("a query", () => {
  test.each([
    ["__proto__=1", "__proto__"],
    ["limit=0x10", "limit"],
    ["limit=1e1", "limit"],
    ["limit=%2010", "limit"],
    ["limit=", "limit"],
    ["country=%C3%9F", "country"],
    ["country!=%C3%9F", "country!"],
    ["tz=Europe/Berlin%00", "tz"],
    ["cursor=%00", "cursor"],
  ])("says what is wrong with %s", async (query, field) => {
    expect(await refusal("GET", `/api/insights/messages?${query}`)).toMatchObject([{ field }]);
  });

  test("of more than 200 parameters is too long, as its description says", async () => {
    const query = Array.from({ length: 201 }, (_, index) => `x${index}=1`).join("&");
    expect(await refusal("GET", `/api/insights/summary?${query}`)).toMatchObject([{ field: "query" }]);
  });
});

describe("a body", () => {
  test.each(["to", "locale", "clientIp", "redirectUrl"])("with a U+0000 in %s", async (field) => {
    const body = { to: product.number(), action: "link", [field]: `http://127.0.0.1/\u0000x` };
    expect(await refusal("POST", "/api/verifications", body)).toMatchObject([{ field }]);
  });

  test("with a name that objects keep to themselves", async () => {
    const body = `{"to":"${product.number()}","__proto__":{"action":"link"}}`;
    expect(await refusal("POST", "/api/verifications", body)).toMatchObject([{ field: "__proto__" }]);
  });

  test("that breaks off is the client's fault", async () => {
    const request = new Request(`${product.origin}/api/verifications`, {
      method: "POST",
      headers: {
        Authorization: "Bearer test-key-0123456789abcdef",
        "Content-Type": "application/json",
      },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from('{"to":'));
          controller.error(new Error("aborted"));
        },
      }),
      // @ts-expect-error -- Node needs it for a streamed body; the web's types do not know it
      duplex: "half",
    });
    const answer = await dispatch(request);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "body_incomplete" }]);
  });
});

describe("a redirectUrl", () => {
  const started = (redirectUrl: string) =>
    product.call("POST", "/api/verifications", { to: product.number(), action: "link", redirectUrl });

  test.each(["http://user:pw@127.0.0.1/x", "http://user@127.0.0.1/x", "http://:pw@127.0.0.1/x"])(
    "with a name before the host is refused: %s",
    async (url) => {
      const answer = await started(url.replace("127.0.0.1", new URL(product.origin).host));
      expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field: "redirectUrl" }]]);
    },
  );

  test("is kept in the one spelling that every program reads alike", async () => {
    const { origin } = product;
    for (const [given, kept] of [
      [`${origin}\\@evil.example/`, `${origin}/@evil.example/`],
      [`${origin}/a/../b?c#d`, `${origin}/b?c#d`],
      [origin, `${origin}/`],
    ] as const) {
      const { status, body } = await started(given);
      expect([given, status]).toEqual([given, 201]);
      const read = await product.call("GET", `/api/verifications/${body.id}`);
      expect(read.body.redirectUrl).toBe(kept);
    }
  });
});

describe("a webhook that is signed", () => {
  const SIDS = { MessageSid: `SM${"0".repeat(32)}`, CallSid: `CA${"0".repeat(32)}` };
  const FORMS = {
    "/api/twilio/messages": { ...SIDS, From: "+14155550123", To: "+15005550006", Body: "Yes" },
    "/api/twilio/calls": { ...SIDS, From: "+14155550123", To: "+15005550006", StirVerstat: "x" },
    "/api/twilio/status": { ...SIDS, MessageStatus: "sent" },
  };

  async function posted(path: keyof typeof FORMS, more: Record<string, string | string[]>) {
    const url = product.origin + path;
    const form: Record<string, string | string[]> = { ...FORMS[path], ...more };
    const fields = Object.entries(form).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    );
    const response = await dispatch(
      new Request(url, {
        method: "POST",
        headers: { "X-Twilio-Signature": twilioWebhooks.getExpectedTwilioSignature("simulator", url, form) },
        body: new URLSearchParams(fields),
      }),
    );
    return response.status;
  }

  test.each([
    ["/api/twilio/status", "MessageStatus", "\u0000"],
    ["/api/twilio/status", "MessageStatus", ["sent", "failed"]],
  ] as const)("%s is told that %s is of the wrong kind", async (path, name, value) => {
    expect(await posted(path, { [name]: typeof value === "string" ? value : [...value] })).toBe(422);
  });

  test.each([
    ["/api/twilio/messages", "Extra", ["1", "2"]],
    ["/api/twilio/messages", "From", "+1415555\u0000"],
    ["/api/twilio/messages", "To", "\u0000"],
    ["/api/twilio/messages", "Body", "YES\u0000"],
    ["/api/twilio/messages", "Body", "!".repeat(15_000)],
    ["/api/twilio/messages", "MessagingServiceSid", "MG\u0000"],
    ["/api/twilio/messages", "MessagingServiceSid", "M".repeat(5_000)],
    ["/api/twilio/messages", "From", ["+14155550123", "+14155550124"]],
    ["/api/twilio/messages", "Body", ["YES", "NO"]],
    ["/api/twilio/messages", "MessageSid", "SM1"],
    ["/api/twilio/calls", "From", "\u0000"],
    ["/api/twilio/calls", "StirVerstat", "\u0000"],
    ["/api/twilio/calls", "CallSid", "x"],
    ["/api/twilio/messages", "Body", `${"!".repeat(4_000)}x`],
    ["/api/twilio/status", "MessageStatus", "beamed up"],
    ["/api/twilio/status", "ErrorCode", "none"],
  ] as const)("%s is taken with a %s that says nothing to us", async (path, name, value) => {
    expect(await posted(path, { [name]: typeof value === "string" ? value : [...value] })).toBe(200);
  });
});
