import { describe, expect, test } from "vitest";
import { setEnv, SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { MOST_PROGRAMS } from "@/lib/protection/budgets";
import { productionFaults, productionWarnings } from "@/lib/production";

/** Nothing of it is anybody's. */
const SAFE = {
  DATABASE_URL: "postgresql://otp@db.example/otp?sslmode=verify-full",
  TWILIO_ACCOUNT_SID: `AC${"1".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "3f9c1e07b2d84a6658cc0d91e7f2ab34",
  TWILIO_FROM: "+12015550123",
  PUBLIC_BASE_URL: "https://otp.example",
  SECRET_KEY: "q8Jx3vLw0RmT5yHd7KbN2sFgZ9cPeA4u",
  API_KEYS: "k1_pWz8RtYx4QmN7vBc3LsKd,k2_9fGh2JkL5mNb8VcX1zQwE",
  TRUSTED_PROXIES: "1",
  MAX_MESSAGES_PER_HOUR: "1000",
  ALLOWED_COUNTRIES: "US,GB",
};

/** What may be left out; the rest must be there. */
const OPTIONAL = ["TRUSTED_PROXIES", "MAX_MESSAGES_PER_HOUR", "ALLOWED_COUNTRIES"];

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(SAFE).filter(([other]) => other !== name));
}

function told(values: Record<string, string>) {
  setEnv(values);
  return { faults: productionFaults(), warnings: productionWarnings() };
}

describe("production", () => {
  test("runs with what it needs, without a word", () => {
    expect(told(SAFE)).toEqual({ faults: [], warnings: [] });
  });

  const needed = Object.keys(SAFE).filter((name) => !OPTIONAL.includes(name));
  test.each(needed)("is refused without %s", (name) => {
    expect(told(without(name)).faults).toEqual([expect.stringContaining(`${name} is not set`)]);
  });

  test.each(["MAX_MESSAGES_PER_HOUR", "ALLOWED_COUNTRIES"])("is warned without %s", (name) => {
    expect(told(without(name))).toEqual({
      faults: [],
      warnings: [expect.stringContaining(`${name} is not set`)],
    });
  });

  test("is told nothing of ALLOWED_COUNTRIES where some are blocked", () => {
    expect(told({ ...without("ALLOWED_COUNTRIES"), BLOCKED_COUNTRIES: "RU" }).warnings).toEqual([]);
  });

  test.each([
    ["TWILIO_ACCOUNT_SID", SIMULATOR_ACCOUNT_SID],
    ["TWILIO_AUTH_TOKEN", "simulator"],
    ["TWILIO_AUTH_TOKEN", "0".repeat(32)],
    ["PUBLIC_BASE_URL", "http://otp.example"],
    ["PUBLIC_BASE_URL", "http://192.168.0.2:3000"],
    ["SECRET_KEY", "0".repeat(32)],
    ["SECRET_KEY", "secretsecretsecretsecretsecretse"],
    ["SECRET_KEY", SAFE.TWILIO_AUTH_TOKEN],
    ["SECRET_KEY", "changeme-changeme-changeme-changeme"],
    ["SECRET_KEY", "Otp-Insights-otp-insights-OTP-INSIGHTS"],
    ["API_KEYS", SAFE.TWILIO_AUTH_TOKEN],
    ["API_KEYS", `${SAFE.API_KEYS},${SAFE.API_KEYS}`],
    ["API_KEYS", "changeme-changeme-changeme"],
    ["OPERATORS", "+1201555,foo,+442079460000"],
    ["OPERATORS", "+12015550123,foo"],
    ["API_KEYS", "short"],
    ["API_KEYS", `${SAFE.API_KEYS},short`],
    ["API_KEYS", "a".repeat(24)],
    ["CODE_LENGTH", "4"],
    ["NODE_TLS_REJECT_UNAUTHORIZED", "0"],
  ])("is refused with an unsafe %s: %s", (name, value) => {
    expect(told({ ...SAFE, [name]: value }).faults).toEqual([expect.stringContaining(`${name} is unsafe`)]);
  });

  test.each([
    ["DASHBOARD_ACCESS", "open"],
    ["TRUSTED_PROXIES", "0"],
    ["PUBLIC_BASE_URL", "http://localhost:3000"],
    ["PUBLIC_BASE_URL", "http://127.0.0.1:3000"],
    ["TWILIO_API_ORIGIN", "http://127.0.0.1:4010"],
    ["REDIRECT_ORIGINS", "https://app.example,http://app.example"],
    ["DATABASE_URL", "postgresql://otp@db.example/otp"],
    ["DATABASE_URL", "postgresql://otp@db.example/otp?sslmode=prefer"],
    ["CODE_LENGTH", "5"],
    ["CODE_TTL_SECONDS", "36000"],
    ["MAX_CHECKS", "100"],
    ["RESEND_AFTER_SECONDS", "0"],
    ["MAX_MESSAGES_PER_NUMBER_DAY", "1000"],
  ])("is warned of a doubtful %s: %s", (name, value) => {
    expect(told({ ...SAFE, [name]: value })).toEqual({
      faults: [],
      warnings: [expect.stringContaining(`${name} is doubtful`)],
    });
  });

  test.each([
    ["DATABASE_URL", "postgresql://otp@127.0.0.1/otp"],
    ["DATABASE_URL", "postgresql:///otp?host=/var/run/postgresql"],
    ["DATABASE_URL", "postgresql://otp@db.example/otp?sslmode=require"],
    ["REDIRECT_ORIGINS", "http://localhost:8080"],
    ["CODE_LENGTH", "8"],
    ["OPERATORS", "+12015550123, +1 (201) 555-0124"],
    ["NODE_TLS_REJECT_UNAUTHORIZED", "1"],
  ])("is told nothing of %s: %s", (name, value) => {
    expect(told({ ...SAFE, [name]: value })).toEqual({ faults: [], warnings: [] });
  });

  test("says which operators cannot be read, and repeats no number", () => {
    const [fault = ""] = told({ ...SAFE, OPERATORS: "+1201555,+12015550123,foo" }).faults;
    expect(fault).toContain("no. 1, 3");
    expect(fault).not.toContain("201");
  });

  test("says that there are test numbers and until when, or that their time is over, and repeats none", () => {
    const warning = (numbers: string) => told({ ...SAFE, TEST_NUMBERS: numbers }).warnings.join();
    const [open, ended] = ["+12015550100=482913@2098-01-31", "+12015550101=482914@2020-01-31"];
    expect(warning(open)).toContain(
      "TEST_NUMBERS is doubtful: whoever knows a fixed code signs in to its number",
    );
    expect(warning(`${open},+12015550102=482915@2099-12-31`)).toMatch(
      /one of 2 numbers.*until the end of 2099-12-31/,
    );
    expect(warning(`${open},${ended}`)).toMatch(/its number.*one entry is past the last day: take it out/);
    expect(warning(ended)).toBe("TEST_NUMBERS is doubtful: one entry is past the last day: take it out");
    expect(warning(`${open},${ended}`)).not.toMatch(/201555|4829/);
  });

  test("says how likely a short code is guessed", () => {
    expect(told({ ...SAFE, CODE_LENGTH: "4" }).faults.join()).toContain("98 %");
    expect(told({ ...SAFE, CODE_LENGTH: "5" }).warnings.join()).toContain("33 %");
  });

  test("warns of so many programs that strangers have more tries in all", () => {
    const keys = (count: number) =>
      Array.from({ length: count }, (_, n) => `k${n}_pWz8RtYx4QmN7vBc3LsKd`).join(",");
    const warned = (count: number) => told({ ...SAFE, API_KEYS: keys(count) }).warnings.join();
    expect(warned(MOST_PROGRAMS)).not.toContain("API_KEYS");
    expect(warned(MOST_PROGRAMS + 1)).toContain("API_KEYS is doubtful: each of more than 7 programs");
  });
});
