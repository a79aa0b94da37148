/** Which addresses proxy.ts gives a page's policy and a browser's cookie: pages, and not the files of public/. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { config } from "@/proxy";

const matches = (path: string) => config.matcher.some((matcher) => new RegExp(`^${matcher}$`).test(path));

test("no file of public/ is a page", () => {
  const files = readdirSync("public", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/^public/, ""));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter(matches)).toEqual([]);
});

test.each(["/flags.svg", "/api", "/api/livez", "/api/x.y", "/_next/static/x.js"])("neither is %s", (path) => {
  expect(matches(path)).toBe(false);
});

test.each([
  "/",
  "/login",
  "/login/state",
  "/confirm",
  "/nope.html",
  "/messages/x.y",
  "/destinations/1.5",
  "/favicon.ico/x",
  "/x/favicon.ico",
  "/world.svg.html",
  "/apis",
])("%s is one, whether it is there or not", (path) => {
  expect(matches(path)).toBe(true);
});
