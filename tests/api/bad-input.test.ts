import { describe, expect, test } from "vitest";
import { useProduct, type Answer } from "@/tests/support/product";

const product = useProduct();
const UNKNOWN = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";

const SQL = [
  "' or 1=1 --",
  "'; drop table verification; --",
  '"; select pg_sleep(10); --',
  "$1",
  "\\",
  "%00",
  "\u0000",
];

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code, title: expect.any(String), type: expect.any(String) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toBe(answer.body.requestId);
}

const start = (body: unknown, headers?: Record<string, string>) =>
  product.call("POST", "/api/verifications", body, headers);

describe("a body", () => {
  test.each(["{", "", "nope", '{"to":', "\u0000"])("that is not JSON: %j", async (body) => {
    expectProblem(await start(body), 400, "malformed_json");
  });

  test.each(["[]", '"text"', "null", "17", "true"])("that is no object: %s", async (body) => {
    const answer = await start(body);
    expectProblem(answer, 422, "invalid_request");
    expect(answer.body.errors).toMatchObject([{ field: "body" }]);
  });

  test("of another media type", async () => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    expectProblem(await start("to=%2B12015550123", form), 415, "unsupported_media_type");
  });

  test("of 1 MB", async () => {
    expectProblem(await start({ to: "9".repeat(1_000_000) }), 413, "body_too_large");
    const { id } = await product.start();
    expectProblem(await product.check(id, "1".repeat(1_000_000)), 413, "body_too_large");
  });

  test("with a field nobody knows names it", async () => {
    const answer = await start({ to: "+12015550123", client_ip: "203.0.113.7" });
    expectProblem(answer, 422, "invalid_request");
    expect(answer.body.detail).toContain("client_ip");
  });
});

describe("a field", () => {
  test.each([
    ["to", 17],
    ["to", null],
    ["to", {}],
    ["to", ["+12015550123"]],
    ["action", "telepathy"],
    ["action", 1],
    ["locale", "not a language"],
    ["locale", 5],
    ["clientIp", "999.1.1.1"],
    ["clientIp", "example.com"],
    ["clientIp", false],
  ])("of the wrong type or form is named: %s = %j", async (field, value) => {
    const answer = await start({ to: "+12015550199", [field]: value });
    expectProblem(answer, 422, "invalid_request");
    expect(answer.body.errors).toMatchObject([{ field, message: expect.any(String) }]);
  });

  test.each(["to", "action", "locale", "clientIp"])("with SQL in it is only text: %s", async (field) => {
    for (const value of SQL) {
      expectProblem(await start({ to: "+12015550198", [field]: value }), 422, "invalid_request");
    }
    const { rows } = await product.pool.query("select count(*) from verification");
    expect(rows).toHaveLength(1);
  });

  test.each([...SQL, "", "12", "12345678901", "abcdef", 482913, null, {}, "१२"])(
    "code is not evaluated when it cannot be one: %j",
    async (code) => {
      const { id } = await product.start();
      expectProblem(await product.check(id, code as string), 422, "invalid_request");
      expect((await product.call("GET", `/api/verifications/${id}`)).body.checksLeft).toBe(5);
    },
  );

  test.each(["", " ", "ключ", "x".repeat(256)])("Idempotency-Key of the wrong form: %j", async (key) => {
    // Headers are bytes: what is beyond them cannot even be sent by a client that checks.
    const value = Buffer.from(key, "utf8").toString("latin1");
    const answer = await start({ to: product.number() }, { "Idempotency-Key": value });
    expectProblem(answer, 422, "invalid_request");
    expect(answer.body.errors).toMatchObject([{ field: "Idempotency-Key" }]);
  });
});

describe("an id", () => {
  const ids = [UNKNOWN, "1", "null", "undefined", "..", encodeURIComponent("' or 1=1 --"), "a".repeat(5000)];
  test.each(ids)("that names nothing: %.40s", async (id) => {
    const path = `/api/verifications/${id === ".." ? "%2E%2E%2F" : id}`;
    expectProblem(await product.call("GET", path), 404, "not_found");
    expectProblem(await product.call("DELETE", path), 404, "not_found");
    expectProblem(await product.call("POST", `${path}/messages`), 404, "not_found");
    expectProblem(await product.call("POST", `${path}/checks`, { code: "123456" }), 404, "not_found");
  });
});

describe("a caller", () => {
  test.each([
    ["without a key", ""],
    ["with another key", "Bearer nope"],
    ["with an empty key", "Bearer "],
    ["with another scheme", "Basic dGVzdDp0ZXN0"],
    ["with a part of a key", "Bearer test-key-0123456789abcde"],
  ])("%s gets a 401 and learns nothing else", async (_, Authorization) => {
    for (const answer of [
      await start({ to: "nonsense" }, { Authorization }),
      await product.call("GET", `/api/verifications/${UNKNOWN}`, undefined, { Authorization }),
      await product.call("GET", "/api/openapi.json", undefined, { Authorization }),
    ]) {
      expectProblem(answer, 401, "unauthorized");
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  test("gets its own request id back, unless it is none", async () => {
    const own = await start({}, { "X-Request-Id": "my-request.1" });
    expect(own.headers.get("x-request-id")).toBe("my-request.1");
    for (const id of ["two words", "+12015550123", "a".repeat(65), "<script>"]) {
      const other = await start({}, { "X-Request-Id": id });
      expect(other.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe("an address", () => {
  test("where there is nothing", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      expectProblem(await product.call(method, "/api/nowhere/at/all"), 404, "not_found");
    }
  });

  test("that does not take a method says which it takes", async () => {
    const answer = await product.call("PUT", "/api/verifications", {});
    expectProblem(answer, 405, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe("POST");
  });
});

test("a fault of ours is a 5xx without its cause", async () => {
  product.configure({ SECRET_KEY: "" });
  const answer = await start({ to: product.number() });
  expectProblem(answer, 500, "internal_error");
  expect(JSON.stringify(answer.body)).not.toMatch(/SECRET_KEY|Error/);
});
