/** Marks on the time axis: who reads and who writes them, what they may say, and in which order they come. */
import { beforeEach, expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { openSessionOf, SESSION_COOKIE_NAME } from "@/lib/account/session";
import { db } from "@/lib/db";
import { clock, useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";

const product = useProduct();

const list = (query = "") => product.call("GET", `/api/annotations${query}`);
const add = (body: unknown, headers?: Record<string, string>) =>
  product.call("POST", "/api/annotations", body, headers);
const texts = (body: unknown) => (body as { rows: { text: string }[] }).rows.map(({ text }) => text);

beforeEach(async () => {
  await db().annotation.deleteMany();
  product.configure({ DASHBOARD_ACCESS: "open" });
});

test("is kept, listed in order of time, and taken away", async () => {
  const late = await add({ at: "2026-11-20T10:00:00+05:30", text: "  New sender  ", country: "br" });
  expect(late.status).toBe(201);
  expect(late.body).toMatchObject({ at: "2026-11-20T04:30:00.000Z", text: "New sender", country: "BR" });
  await add({ at: "2026-11-16", text: "Deploy" });
  await add({ at: "2026-11-18T00:00:00Z", text: "Route of India", country: "IN" });
  expect(texts((await list()).body)).toEqual(["Deploy", "Route of India", "New sender"]);
  expect(texts((await list("?country=BR")).body)).toEqual(["Deploy", "New sender"]);
  expect(texts((await list("?from=2026-11-18T00:00:00Z&to=2026-11-20T04:30:00Z")).body)).toEqual([
    "Route of India",
  ]);
  const { id } = late.body as { id: string };
  expect((await product.call("DELETE", `/api/annotations/${id}`)).status).toBe(204);
  expect((await product.call("DELETE", `/api/annotations/${id}`)).status).toBe(404);
  expect((await product.call("DELETE", "/api/annotations/nope")).status).toBe(404);
  expect(texts((await list()).body)).toEqual(["Deploy", "Route of India"]);
});

test("says one line of a moment there is", async () => {
  const at = "2026-11-16T14:15:00Z";
  for (const [body, field] of [
    [{ at: "yesterday", text: "x" }, "at"],
    [{ at: "2026-13-01", text: "x" }, "at"],
    [{ at, text: "   " }, "text"],
    [{ at, text: "two\nlines" }, "text"],
    [{ at, text: "x".repeat(101) }, "text"],
    [{ at, text: "x\0" }, "text"],
    [{ at, text: "x", country: "XX" }, "country"],
    [{ at, text: "x", colour: "red" }, ""],
  ] as const) {
    const refused = await add(body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: "invalid_request" });
    if (field) expect(refused.body).toMatchObject({ errors: [{ field }] });
  }
  expect(texts((await list()).body)).toEqual([]);
});

test("is read by whoever may see the dashboard, and written by operators and keys only", async () => {
  const mark = { at: "2026-11-16T14:15:00Z", text: "Deploy" };
  const nobody = {};
  const session = async (number: string) => {
    const account = { id: uuid(), number, country: "US", createdAt: clock() };
    await db().account.create({ data: account });
    const { token } = await openSessionOf(account.id, "Test");
    return { cookie: `${SESSION_COOKIE_NAME}=${token}` };
  };
  const [operator, person] = [product.number(), product.number()];
  product.configure({ DASHBOARD_ACCESS: "open", OPERATORS: operator });
  const [asOperator, asPerson] = [await session(operator), await session(person)];
  /** Without a key. */
  const without = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    dispatch(
      new Request(product.origin + path, {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
  for (const who of [nobody, asPerson]) {
    expect((await without("POST", "/api/annotations", who, mark)).status).toBe(401);
  }
  const made = await without("POST", "/api/annotations", asOperator, mark);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  for (const who of [nobody, asPerson]) {
    expect((await without("DELETE", `/api/annotations/${id}`, who)).status).toBe(401);
  }
  expect((await list()).status).toBe(200);
  product.configure({ DASHBOARD_ACCESS: "operators", OPERATORS: operator });
  expect((await without("DELETE", `/api/annotations/${id}`, asOperator)).status).toBe(204);
});
