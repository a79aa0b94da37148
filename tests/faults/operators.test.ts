/** A server whose dashboard is for operators: who sees it, and what a stranger learns. */
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSessionOf } from "@/lib/account/session";
import { disconnect, db } from "@/lib/db";
import { setEnv } from "@/lib/env";
import { AppProcess } from "../support/app-process";
import { createTestDatabase } from "../support/database";

const OPERATOR = "+14155550100";
const SECRET_KEY = "a key for tests only, 32 bytes or more";

let app: AppProcess;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  setEnv({ DATABASE_URL: database.url, SECRET_KEY });
  app = await AppProcess.prepare({
    databaseUrl: database.url,
    twilioOrigin: "http://127.0.0.1:9",
    env: { DASHBOARD_ACCESS: "operators", OPERATORS: OPERATOR, SECRET_KEY },
  });
  await app.start();
});

afterAll(async () => {
  await app.kill();
  await disconnect();
  await drop();
});

async function overview(number?: string): Promise<string> {
  const headers: Record<string, string> = {};
  if (number) {
    const account = await db().account.create({
      data: { id: uuid(), number, country: "US", createdAt: new Date() },
    });
    headers["Cookie"] = `otp_session=${(await openSessionOf(account.id, null)).token}`;
  }
  const response = await fetch(app.origin, { headers });
  expect(response.status).toBe(200);
  return response.text();
}

test("a stranger is shown a way to sign in, and learns of no operator", async () => {
  const page = await overview();
  expect(page).toContain("Sign in to see the dashboard");
  expect(page).not.toContain("Overview: conversion by destination");
  expect(page).not.toContain(OPERATOR.slice(2));
});

test("someone signed in who is no operator sees no figure", async () => {
  const page = await overview("+14155550101");
  expect(page).toContain("This number may not see the dashboard");
  expect(page).not.toContain("Overview: conversion by destination");
  expect(page).not.toContain(OPERATOR.slice(2));
});

test("an operator sees the overview", async () => {
  expect(await overview(OPERATOR)).toContain("Overview: conversion by destination");
});

test("a session that nobody opened opens nothing", async () => {
  const response = await fetch(app.origin, { headers: { Cookie: `otp_session=${"A".repeat(43)}` } });
  expect(await response.text()).toContain("Sign in to see the dashboard");
});
