/** Every cookie the pages write, as a browser gets it. */
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import { BROWSER_COOKIE, renewBrowser } from "@/app/cookies/browser";
import { rememberHandset } from "@/app/cookies/handsets";
import { browserToKnow } from "@/app/cookies/known-browser";
import { rememberPasswordCode } from "@/app/cookies/password-code";
import { rememberReply } from "@/app/cookies/reply";
import { rememberReset } from "@/app/cookies/reset";
import { rememberVerification } from "@/app/cookies/sign-in";
import { rememberTheme } from "@/app/cookies/theme";
import { sessionCookieName } from "@/lib/account/session";
import { setEnv } from "@/lib/env";

const written = vi.hoisted(() => new Map<string, Record<string, unknown>>());

vi.mock("next/headers", () => ({
  cookies: () =>
    Promise.resolve({
      get: () => undefined,
      set: (name: string, _: string, attributes: Record<string, unknown>) => written.set(name, attributes),
    }),
}));

const SECRET_KEY = "a key for tests only, 32 bytes or more";
const ID = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";

beforeEach(() => written.clear());

async function writeAll(): Promise<void> {
  await renewBrowser();
  await rememberHandset("+14155550100");
  await (await browserToKnow()).keep();
  await rememberReply(ID);
  await rememberPasswordCode(ID);
  await rememberReset({ id: ID, number: "+14155550100", expiresAt: new Date() });
  await rememberVerification(ID);
  await rememberTheme("dark");
}

test("under https each has the prefix that browsers guard, and what the prefix demands", async () => {
  setEnv({ PUBLIC_BASE_URL: "https://login.example.com", SECRET_KEY });
  await writeAll();
  expect(written.size).toBe(8);
  for (const [name, attributes] of written) {
    expect(name).toMatch(/^__Host-/);
    expect(attributes, name).toMatchObject({ secure: true, path: "/", httpOnly: true, sameSite: "lax" });
    expect(attributes, name).not.toHaveProperty("domain");
  }
  expect(BROWSER_COOKIE.fullName()).toMatch(/^__Host-/);
  expect(sessionCookieName()).toMatch(/^__Host-/);
});

test("without https, on one's own machine, they have neither, which a browser would refuse", async () => {
  setEnv({ PUBLIC_BASE_URL: "http://localhost:3000", SECRET_KEY });
  await writeAll();
  for (const [name, attributes] of written) {
    expect(name).not.toMatch(/^__/);
    expect(attributes, name).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax" });
  }
});

test("nothing but their maker writes one", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const writers = files.filter((file) => {
    const source = readFileSync(`app/${file}`, "utf8");
    return /\bcookies\(\)|Set-Cookie|cookies\.set\(/i.test(source);
  });
  expect(writers).toEqual(["cookies/own-cookie.ts"]);
});
