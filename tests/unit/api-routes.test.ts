/** How the API's route files are found. */
import { describe, expect, test } from "vitest";
import { METHODS } from "@/lib/http/frame";
import { apiRoutes, findRoute } from "@/scripts/server/api-routes";

const routes = apiRoutes();
const found = (path: string) => {
  const { route, params } = findRoute(routes, path) ?? {};
  return [route?.path, params];
};

describe("a route file is found by its path", () => {
  test.each([
    ["/api/livez", "/api/livez", {}],
    ["/api/openapi.json", "/api/openapi.json", {}],
    ["/api/verifications", "/api/verifications", {}],
    ["/api/verifications/7", "/api/verifications/{id}", { id: "7" }],
    ["/api/verifications/7/checks", "/api/verifications/{id}/checks", { id: "7" }],
    ["/api/insights/destinations", "/api/insights/destinations", {}],
    ["/api/insights/destinations/BR", "/api/insights/destinations/{country}", { country: "BR" }],
    ["/api/twilio/status/a%2Fb%20c", "/api/twilio/status/{messageId}", { messageId: "a/b c" }],
    // A dot is a dot, and what nobody answers has a file of its own.
    ["/api/openapiXjson", "/api/{...nothing}", { nothing: ["openapiXjson"] }],
    ["/api/verifications/7/nothing", "/api/{...nothing}", { nothing: ["verifications", "7", "nothing"] }],
    ["/api", "/api", {}],
  ])("%s", (path, route, params) => {
    expect(found(path)).toEqual([route, params]);
  });

  test("and what is no path of the API leads nowhere", () => {
    expect(found("/apis/livez")).toEqual([undefined, undefined]);
  });
});

test("each is loaded once, however often it is asked for", () => {
  for (const route of routes) expect(route.load(), route.file).toBe(route.load());
});

test("each answers every method, if only by refusing it", async () => {
  for (const route of routes) {
    const module = await route.load();
    expect(
      METHODS.filter((method) => !module[method]),
      route.file,
    ).toEqual([]);
  }
});
