import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { storiesUntil } from "@/demo/world/stories";
import { placeOf } from "@/demo/world/world";
import { parseHandsetDelivery, routeOf } from "@/simulator/network/handset-delivery";
import { planDelivery } from "@/simulator/network/plan-delivery";
import { priceOf } from "@/simulator/network/prices";
import { routeTo } from "@/simulator/network/scenarios";
import { parseConnectionOverrides } from "@/simulator/webhooks/connection-overrides";

const usual = { undelivered: 0, errors: [[30003, 1]] as const, latency: [1, 4] as const };
const queued = { status: "queued" as const, createdAt: 0, validityPeriod: 36_000 };

describe("the plan of a delivery", () => {
  test("starts after the status the message has", () => {
    const statuses = (status: "accepted" | "queued" | "sending" | "sent") =>
      planDelivery({ ...queued, status }, usual, 0, () => 0.5).map((step) => step.status);
    expect(statuses("accepted")).toEqual(["queued", "sending", "sent", "delivered"]);
    expect(statuses("queued")).toEqual(["sending", "sent", "delivered"]);
    expect(statuses("sent")).toEqual(["delivered"]);
  });

  test("ends with the route's error code for its share of messages", () => {
    const route = { ...usual, undelivered: 0.9 };
    expect(planDelivery(queued, route, 0, () => 0.89).at(-1)).toMatchObject({
      status: "undelivered",
      errorCode: 30003,
    });
    expect(planDelivery(queued, route, 0, () => 0.9).at(-1)).toMatchObject({
      status: "delivered",
      errorCode: null,
    });
  });

  test("never outlasts the validity period, and fails the message only when it would", () => {
    const seconds = fc.integer({ min: 1, max: 300 });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, fc.infiniteStream(chance), (validityPeriod, age, draws) => {
        const steps = planDelivery(
          { ...queued, validityPeriod },
          { ...usual, latency: [1, 120] },
          age * 1000,
          () => draws.next().value,
        );
        const duration = steps.reduce((sum, { after }) => sum + after, 0);
        expect(duration).toBeLessThanOrEqual(Math.max(0, validityPeriod - age) * 1000 + 1e-6);
        const last = steps.at(-1);
        expect(last?.errorCode).toBe(last?.status === "failed" ? 30036 : null);
        expect(steps.every(({ after }) => after >= 0)).toBe(true);
      }),
    );
  });
});

describe("the outage that the sample history ends in", () => {
  test("is all of one network's numbers in the sample world, and none of the others'", () => {
    const { outage } = storiesUntil(Date.parse("2026-11-25T12:00:00Z"));
    for (const { name, blocks } of placeOf(outage.country).numbers) {
      const failing = blocks.filter((block) => routeTo(`${block}123`, "network-outage").undelivered > 0.9);
      expect(failing, name ?? "").toEqual(name === outage.network ? blocks : []);
    }
  });
});

describe("a handset's delivery", () => {
  test("takes the place of what the scenario has for its country", () => {
    expect(routeOf({ mode: "normal" }, usual)).toEqual(usual);
    expect(routeOf({ mode: "delayed", seconds: 20 }, { ...usual, undelivered: 0.9 })).toMatchObject({
      undelivered: 0,
      latency: [20, 20],
    });
    const failed = routeOf({ mode: "failed", errorCode: 30006 }, usual);
    expect(planDelivery(queued, failed, 0, () => 0.99).at(-1)).toMatchObject({
      status: "undelivered",
      errorCode: 30006,
    });
  });

  test("that is lost ends with being sent, and no receipt", () => {
    const lost = routeOf({ mode: "lost" }, { ...usual, undelivered: 0.9 });
    const statuses = planDelivery(queued, lost, 0, () => 0).map(({ status }) => status);
    expect(statuses).toEqual(["sending", "sent"]);
    expect(routeOf({ mode: "delayed", seconds: 5 }, lost).silent).toBe(false);
  });

  test("that is later than the validity period fails the message", () => {
    const late = routeOf({ mode: "delayed", seconds: 660 }, usual);
    const steps = planDelivery({ ...queued, validityPeriod: 600 }, late, 0, () => 0.5);
    expect(steps.at(-1)).toMatchObject({ status: "failed", errorCode: 30036 });
  });

  test.each([
    ["mode", undefined],
    ["mode", null],
    ["mode", []],
    ["mode", { mode: "vanished" }],
    ["seconds", { mode: "lost", seconds: 20 }],
    ["seconds", { mode: "delayed" }],
    ["seconds", { mode: "delayed", seconds: "20" }],
    ["seconds", { mode: "delayed", seconds: -1 }],
    ["seconds", { mode: "delayed", seconds: 36_001 }],
    ["seconds", { mode: "normal", seconds: 20 }],
    ["errorCode", { mode: "failed" }],
    ["errorCode", { mode: "failed", errorCode: 30003.5 }],
    ["errorCode", { mode: "failed", errorCode: 3 }],
    ["errorCode", { mode: "delayed", seconds: 20, errorCode: 30003 }],
    ["colour", { mode: "normal", colour: "red" }],
  ])("names a wrong %s: %j", (field, input) => {
    expect(() => parseHandsetDelivery(input)).toThrow(expect.objectContaining({ status: 422, field }));
  });
});

describe("scenarios", () => {
  test("lose one network's messages without a receipt in a silent outage", () => {
    expect(routeTo("+6281212345678", "silent-outage").silent).toBe(true);
    expect(routeTo("+6281512345678", "silent-outage").silent).toBeUndefined();
  });

  test("change their own countries only", () => {
    expect(routeTo("+5511961234567", "carrier-outage").undelivered).toBeGreaterThan(0.5);
    expect(routeTo("+447911123456", "carrier-outage").undelivered).toBe(0);
    expect(routeTo("+919812345678", "slow-route").latency[0]).toBeGreaterThan(30);
    expect(routeTo("+919812345678", "pumping")).toEqual(routeTo("+919812345678", "calm"));
  });
});

describe("prices", () => {
  test("are negative, with five decimals, and count segments", () => {
    expect(priceOf("+14155552671", 2)).toBe("-0.01660");
    expect(priceOf("+883510000000", 1)).toMatch(/^-0\.\d{5}$/);
  });
});

describe("connection overrides", () => {
  const policies = (url: string) => [...parseConnectionOverrides(url).policies];

  test("are Twilio's defaults without a fragment", () => {
    expect(parseConnectionOverrides("https://example.com/status?rc=5")).toEqual({
      connectTimeout: 5_000,
      readTimeout: 15_000,
      totalTime: 15_000,
      retries: 1,
      policies: new Set(["ct"]),
    });
  });

  test("are read from the fragment", () => {
    const overrides = parseConnectionOverrides(
      "https://example.com/#ct=200&rt=300&tt=4000&rc=3&rp=4xx,5xx,rt",
    );
    expect(overrides).toEqual({
      connectTimeout: 200,
      readTimeout: 300,
      totalTime: 4_000,
      retries: 3,
      policies: new Set(["4xx", "5xx", "rt"]),
    });
    expect(policies("https://example.com/#rp=all")).toEqual(["all"]);
  });

  test("are held to Twilio's limits, and senseless ones passed over", () => {
    expect(parseConnectionOverrides("https://example.com/#rc=50&ct=1&rt=99999").retries).toBe(5);
    expect(parseConnectionOverrides("https://example.com/#ct=1").connectTimeout).toBe(100);
    expect(parseConnectionOverrides("https://example.com/#rc=many").retries).toBe(1);
    expect(policies("https://example.com/#rp=sometimes")).toEqual(["ct"]);
  });
});
