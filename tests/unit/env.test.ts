import { afterEach, describe, expect, test, vi } from "vitest";
import { env, productionFaults, setEnv, SIMULATOR_ACCOUNT_SID } from "@/lib/env";

const SAFE = {
  DATABASE_URL: "postgresql://db.example/otp",
  TWILIO_ACCOUNT_SID: `AC${"1".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_FROM: "+12015550123",
  PUBLIC_BASE_URL: "https://otp.example",
  SECRET_KEY: "k".repeat(32),
  API_KEYS: "a".repeat(24),
};

function faultsOf(values: Record<string, string>): string[] {
  setEnv(values);
  vi.stubEnv("PUBLIC_BASE_URL", values["PUBLIC_BASE_URL"] ?? "");
  return productionFaults();
}

afterEach(() => vi.unstubAllEnvs());

describe("the configuration", () => {
  test("has the defaults it is documented with", () => {
    setEnv({});
    expect(env()).toMatchObject({
      BRAND_NAME: "OTP Insights",
      DASHBOARD_ACCESS: "operators",
      CODE_LENGTH: 6,
      CODE_TTL_SECONDS: 600,
      MAX_CHECKS: 5,
      RESEND_AFTER_SECONDS: 30,
      TRUSTED_PROXIES: 0,
    });
  });

  test("takes an empty variable for an unset one", () => {
    setEnv({ CODE_LENGTH: "", TWILIO_FROM: "" });
    expect(env()).toMatchObject({ CODE_LENGTH: 6 });
    expect(env().TWILIO_FROM).toBeUndefined();
  });

  test.each([
    ["CODE_LENGTH", "3"],
    ["CODE_LENGTH", "11"],
    ["CODE_LENGTH", "six"],
    ["MAX_CHECKS", "0"],
    ["SECRET_KEY", "short"],
    ["TWILIO_ACCOUNT_SID", "AC123"],
    ["DASHBOARD_ACCESS", "everyone"],
    ["PUBLIC_BASE_URL", "otp.example"],
    ["ALLOWED_COUNTRIES", "UK"],
    ["BLOCKED_COUNTRIES", "ß"],
    ["TWILIO_API_ORIGIN", "https://evil.example"],
    ["TWILIO_API_ORIGIN", "http://127.0.0.1.evil.example"],
    ["TWILIO_API_ORIGIN", "http://localhost@evil.example"],
  ])("names a variable that is wrong: %s=%s", (name, value) => {
    expect(() => setEnv({ [name]: value })).toThrow(new RegExp(`^Configuration: ${name} `));
  });

  test.each(["http://127.0.0.1:4010", "http://[::1]:4010", "http://localhost:4010"])(
    "lets Twilio's API be on loopback: %s",
    (origin) => {
      setEnv({ TWILIO_API_ORIGIN: origin });
      expect(env().TWILIO_API_ORIGIN).toBe(origin);
    },
  );
});

describe("production", () => {
  test("runs with what it needs", () => {
    expect(faultsOf(SAFE)).toEqual([]);
  });

  test.each(Object.keys(SAFE))("is refused without %s", (name) => {
    const { [name as keyof typeof SAFE]: _, ...rest } = SAFE;
    const faults = faultsOf(rest);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
  });

  test.each([
    ["TWILIO_ACCOUNT_SID", SIMULATOR_ACCOUNT_SID],
    ["PUBLIC_BASE_URL", "http://otp.example"],
    ["API_KEYS", "short"],
  ])("is refused with an unsafe %s", (name, value) => {
    expect(faultsOf({ ...SAFE, [name]: value })).toEqual([expect.stringContaining(`${name} is unsafe`)]);
  });
});
