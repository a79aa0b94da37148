import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { INSIGHTS_OPERATIONS } from "@/lib/api/insights";
import { OPERATIONS } from "@/lib/api";
import { describedBy, type Document } from "@/tests/support/openapi";
import { otherThan, useProduct, type Answer } from "@/tests/support/product";
import { ROUTES } from "@/tests/support/routes";

const product = useProduct();

async function document(): Promise<Document> {
  return (await product.call("GET", "/api/openapi.json")).body as Document;
}

/** All but the two that answer for what is not there. */
const isDescribed = (path: string) => path !== "/api" && !path.includes("...");

describe("the OpenAPI document", () => {
  test("has every route and no other", async () => {
    const { openapi, paths } = await document();
    expect(openapi).toBe("3.1.0");
    const routed = ROUTES.map((route) => route.path).filter(isDescribed);
    expect(Object.keys(paths).sort()).toEqual(routed.sort());
    expect(readdirSync("app/api").length).toBeGreaterThan(0);
  });

  test("has every method that does not answer 405, and no other", async () => {
    const { paths } = await document();
    for (const { path, load } of ROUTES.filter((route) => isDescribed(route.path))) {
      const handlers = await load();
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const request = new Request(`${product.origin}${path}`, { method });
        const params = { id: "x", messageId: "x", country: "x" };
        const { status } = await handlers[method]!(request, { params: Promise.resolve(params) });
        expect([path, method, status !== 405]).toEqual([path, method, method.toLowerCase() in paths[path]!]);
      }
    }
  });

  test("describes the answers as they are", async () => {
    const { id, code } = await product.start();
    const number = product.number();
    const answers: [string, string, Answer][] = [
      ["post", "/api/verifications", await product.call("POST", "/api/verifications", { to: number })],
      ["post", "/api/verifications", await product.call("POST", "/api/verifications", { to: number })],
      ["post", "/api/verifications", await product.call("POST", "/api/verifications", { to: 1 })],
      ["post", "/api/verifications", await product.call("POST", "/api/verifications", "{")],
      [
        "post",
        "/api/verifications",
        await product.call("POST", "/api/verifications", { to: "+15005550001" }),
      ],
      ["post", "/api/verifications/{id}/checks", await product.check(id, otherThan(code))],
      [
        "post",
        "/api/verifications/{id}/messages",
        await product.call("POST", `/api/verifications/${id}/messages`),
      ],
      ["post", "/api/verifications/{id}/checks", await product.check(id, code)],
      ["post", "/api/verifications/{id}/checks", await product.check(id, code)],
      ["post", "/api/verifications/{id}/checks", await product.check("nope", code)],
      ["get", "/api/verifications/{id}", await product.call("GET", `/api/verifications/${id}`)],
      ["delete", "/api/verifications/{id}", await product.call("DELETE", `/api/verifications/${id}`)],
      ["get", "/api/livez", await product.call("GET", "/api/livez")],
      ["get", "/api/readyz", await product.call("GET", "/api/readyz")],
    ];
    for (const { path } of INSIGHTS_OPERATIONS) {
      const called = `${path.replace("{country}", "US")}?range=1h`;
      answers.push(["get", path, await product.call("GET", called)]);
      answers.push(["get", path, await product.call("GET", `${called}&nonsense=1`)]);
    }
    const expectDescribed = describedBy(await document());
    for (const [method, path, answer] of answers) expectDescribed(method, path, answer);
  });

  test("says which requests take an Idempotency-Key", () => {
    const keyed = OPERATIONS.filter((operation) => "headers" in operation).map(({ id }) => id);
    expect(keyed.sort()).toEqual(["checkVerification", "resendVerification", "startVerification"]);
  });

  test("gives every operation an id of its own", () => {
    const ids = OPERATIONS.map((operation) => operation.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
