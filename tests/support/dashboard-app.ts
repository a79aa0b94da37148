/**
 * Playwright's `test` for the dashboard: an app of its own over a small sample history, in which one destination more has an
 * outage that began a few hours ago. Nothing is sent while tests run, so the same question has the same answer.
 */
import pg from "pg";
import { loadSampleHistory } from "@/demo/history/load";
import { v7 as uuid } from "uuid";
import { openSessionOf, SESSION_COOKIE_NAME } from "@/lib/account/session";
import { db, disconnect } from "@/lib/db";
import { setEnv } from "@/lib/env";
import { AppProcess, SECRET_KEY } from "./app-process";
import { test as base, expect } from "./browser";
import { insertHistory, type Batch } from "./insights-database";
import { LIMITS } from "@/scripts/test/limits.js";
import { cloneTemplate } from "./test-server";
import { until } from "./until";
import { HOUR, QUARTER } from "@/lib/terms/durations";

const MESSAGES = 20_000;

/** Who may do there what readers may not. */
const OPERATOR = "+14155550100";

/** Where the outage is: no one in the sample history lives there. */
export const FAILING = { country: "IS", name: "Iceland" } as const;

export interface DashboardApp {
  origin: string;
  databaseUrl: string;
  /** The cookie of an operator who is signed in. */
  operatorCookie(): Promise<{ name: string; value: string; url: string }>;
  /** A report of the API, as everybody gets it who reads the open pages. */
  report<Body = Record<string, unknown>>(pathAndQuery: string): Promise<Body>;
}

export const test = base.extend<object, { dashboard: DashboardApp }>({
  dashboard: [
    async ({}, use) => {
      const database = await cloneTemplate({
        serverUrl: process.env["E2E_SERVER_URL"] ?? "",
        template: process.env["E2E_TEMPLATE"] ?? "",
      });
      const { url } = database;
      await fill(url);
      const app = await AppProcess.prepare({
        databaseUrl: url,
        twilioOrigin: process.env["E2E_SIMULATOR_ORIGIN"] ?? "http://127.0.0.1:9",
        env: { OPERATORS: OPERATOR },
      });
      try {
        await app.start();
        const report = async <Body>(pathAndQuery: string) => {
          const answer = await fetch(`${app.origin}/api/insights/${pathAndQuery}`);
          expect(answer.status, pathAndQuery).toBe(200);
          return (await answer.json()) as Body;
        };
        await until(async () => {
          const { rows } = await report<{ rows: { country: string; open: boolean }[] }>("alerts");
          return rows.some(({ country, open }) => country === FAILING.country && open);
        });
        const operatorCookie = async () => ({
          name: SESSION_COOKIE_NAME,
          value: await operatorSession(url),
          url: app.origin,
        });
        await use({ origin: app.origin, databaseUrl: url, report, operatorCookie });
      } finally {
        await app.kill();
        await database.drop();
      }
    },
    { scope: "worker", timeout: 1000 * LIMITS.e2e },
  ],

  baseURL: async ({ dashboard }, use) => use(dashboard.origin),
});

export { expect } from "@playwright/test";

/** Signs the operator in behind the app's back, since nothing may be sent, and gives back the session's token. */
async function operatorSession(databaseUrl: string): Promise<string> {
  setEnv({ DATABASE_URL: databaseUrl, SECRET_KEY, OPERATORS: OPERATOR });
  try {
    const number = OPERATOR;
    const { id } = await db().account.upsert({
      where: { number },
      create: { id: uuid(), number, country: "US", createdAt: new Date() },
      update: {},
    });
    return (await openSessionOf(id, null)).token;
  } finally {
    await disconnect();
  }
}

/** The sample history up to this quarter-hour, and the destination that fails. */
async function fill(url: string): Promise<void> {
  const end = new Date(Math.floor(Date.now() / QUARTER) * QUARTER);
  await loadSampleHistory({ url, messages: MESSAGES, until: end });
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    await insertHistory(pool, outage(end));
  } finally {
    await pool.end();
  }
}

/** Three weeks of nine in ten confirmed, then five hours of two in ten. */
function outage(end: Date): Batch[] {
  const at = (hoursBefore: number) => new Date(end.getTime() - hoursBefore * HOUR);
  const before = Array.from({ length: 21 * 4 }, (_, i) => ({
    at: at(6 * (i + 1)),
    attempted: 60,
    confirmed: 54,
  }));
  const since = [5, 4, 3, 2, 1].map((hours) => ({
    at: at(hours),
    attempted: 20,
    confirmed: 4,
    failed: 16,
    errorCode: 30003,
  }));
  return [...before, ...since].map((batch) => ({ ...batch, country: FAILING.country, network: "Síminn" }));
}
