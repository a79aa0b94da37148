import { describe, expect, test } from "vitest";
import { env, setEnv } from "@/lib/env";

describe("the configuration", () => {
  test("has the defaults it is documented with", () => {
    setEnv({});
    expect(env()).toMatchObject({
      BRAND_NAME: "OTP Insights",
      DASHBOARD_ACCESS: "operators",
      CODE_LENGTH: 6,
      CODE_TTL_SECONDS: 600,
      MAX_CHECKS: 5,
      PREPARED_STATEMENTS: "on",
      REPORTS_AT_ONCE: 4,
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
    ["TEST_NUMBERS", "+12015550100"],
    ["TEST_NUMBERS", "+12015550100=123456"],
    ["TEST_NUMBERS", "12015550100=123456@2027-01-31"],
    ["TEST_NUMBERS", "+1201555=123456@2027-01-31"],
    ["TEST_NUMBERS", "+12015550100=12345a@2027-01-31"],
    ["TEST_NUMBERS", "+12015550100=12345@2027-01-31"],
    ["TEST_NUMBERS", "+12015550100=123456@2027-02-31"],
    ["TEST_NUMBERS", "+12015550100=123456@soon"],
    ["TEST_NUMBERS", "+12015550100=123456@2027-01-31,+12015550100=654321@2027-01-31"],
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
