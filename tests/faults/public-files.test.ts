/** The files of public/, as the server gives them to browsers, home screens and robots. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let app: AppProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  // Nobody sends anything here: there is no Twilio.
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin: "http://127.0.0.1:9" });
  await app.start();
});

afterAll(async () => {
  await app?.kill();
  await database?.drop();
});

const WEEK = "public, max-age=604800";
const ASK_AGAIN = "public, max-age=0";

test.each([
  ["/favicon.ico", "image/x-icon", WEEK],
  ["/icon.svg", "image/svg+xml", WEEK],
  ["/apple-touch-icon.png", "image/png", WEEK],
  ["/icon-192.png", "image/png", WEEK],
  ["/icon-512.png", "image/png", WEEK],
  ["/site.webmanifest", "application/manifest+json", WEEK],
  ["/world.svg", "image/svg+xml", WEEK],
  ["/world-licence.txt", "text/plain", ASK_AGAIN],
  ["/robots.txt", "text/plain", ASK_AGAIN],
  ["/.well-known/security.txt", "text/plain", ASK_AGAIN],
])("%s is the file, as %s", async (path, type, cached) => {
  const response = await fetch(app.origin + path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")?.split(";")[0]).toBe(type);
  expect(response.headers.get("cache-control")).toBe(cached);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  // A file needs neither a browser's cookie nor a page's policy.
  expect(response.headers.get("set-cookie")).toBeNull();
  expect(Buffer.from(await response.arrayBuffer()).equals(readFileSync(`public${path}`))).toBe(true);
});

test("whoever has a copy of a file is not sent it again", async () => {
  const etag = (await fetch(`${app.origin}/world.svg`)).headers.get("etag") ?? "";
  const response = await fetch(`${app.origin}/world.svg`, {
    // As browsers ask; without a line of our own fetch() adds no-cache.
    headers: { "If-None-Match": etag, "Cache-Control": "max-age=0" },
  });
  expect(response.status).toBe(304);
});

test("the map goes over the wire compressed", async () => {
  const response = await fetch(`${app.origin}/world.svg`, { headers: { "Accept-Encoding": "gzip" } });
  expect(response.headers.get("content-encoding")).toBe("gzip");
});

describe("a page", () => {
  test("names its icons and its manifest, and its policy lets them through", async () => {
    const response = await fetch(`${app.origin}/login`);
    const head = /<head>[\s\S]*<\/head>/.exec(await response.text())?.[0] ?? "";
    const named = [...head.matchAll(/<link rel="(icon|apple-touch-icon|manifest)" href="([^"?]*)/g)];
    expect(named.map(([, rel, href]) => [rel, href])).toEqual([
      ["manifest", "/site.webmanifest"],
      ["icon", "/favicon.ico"],
      ["icon", "/icon.svg"],
      ["apple-touch-icon", "/apple-touch-icon.png"],
    ]);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("img-src 'self'");
    expect(policy).toContain("manifest-src 'self'");
  });
});

test("the manifest's icons are there, in the sizes it says", async () => {
  const { icons } = (await (await fetch(`${app.origin}/site.webmanifest`)).json()) as {
    icons: { src: string; sizes: string }[];
  };
  expect(icons.length).toBeGreaterThan(0);
  for (const { src, sizes } of icons) {
    const png = readFileSync(`public${src}`);
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
  }
});

test("robots are asked to stay away, and whoever finds a hole is told whom to tell", () => {
  expect(readFileSync("public/robots.txt", "utf8")).toBe("User-agent: *\nDisallow: /\n");
  const security = readFileSync("public/.well-known/security.txt", "utf8");
  expect(security).toMatch(/^Contact: (mailto|https|tel):\S+$/m);
  expect(Date.parse(/^Expires: (\S+)$/m.exec(security)?.[1] ?? "")).toBeGreaterThan(0);
});
