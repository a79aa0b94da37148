import { describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { hostOfOrigin, isLocalHost } from "@/lib/own-origin";

describe("an origin", () => {
  test("is ours when PUBLIC_BASE_URL has it", () => {
    setEnv({ PUBLIC_BASE_URL: "https://otp.example.com" });
    expect(hostOfOrigin("https://otp.example.com")).toBe("otp.example.com");
    for (const other of [
      "http://otp.example.com",
      "https://otp.example.com:8443",
      "https://otp.example.com.evil.example",
      "https://localhost",
      "https://OTP.example.com",
      "null",
      "",
    ]) {
      expect([other, hostOfOrigin(other)]).toEqual([other, undefined]);
    }
  });

  test("on this machine has each of its names, at our port", () => {
    setEnv({ PUBLIC_BASE_URL: "http://127.0.0.1:3000" });
    expect(hostOfOrigin("http://localhost:3000")).toBe("localhost:3000");
    expect(hostOfOrigin("http://[::1]:3000")).toBe("[::1]:3000");
    expect(hostOfOrigin("http://localhost:3001")).toBeUndefined();
    expect(hostOfOrigin("https://localhost:3000")).toBeUndefined();
  });
});

test.each([
  ["localhost", true],
  ["127.0.0.1:3000", true],
  ["[::1]:3000", true],
  ["otp.example.com:8080", true],
  ["evil.example", false],
  ["localhost.evil.example:3000", false],
  ["evil.example@localhost", true],
  ["", false],
  ["a b", false],
])("the host %s is one of this machine or ours: %s", (host, is) => {
  setEnv({ PUBLIC_BASE_URL: "http://otp.example.com" });
  expect(isLocalHost(host)).toBe(is);
});
