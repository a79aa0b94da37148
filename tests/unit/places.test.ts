/** How many reports are worked on at once, and whose is next. */
import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { inPlace, ReportsBusy } from "@/lib/insights/asking/places";
import { ClientGone, whileServing } from "@/lib/served";

beforeEach(() => setEnv({ REPORTS_AT_ONCE: "2" }));

/** A report that lasts until it is told to end. */
function report(from: string, signal = new AbortController().signal) {
  let end: () => void = () => undefined;
  let begun = false;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const answer = whileServing({ signal, from }, () =>
    inPlace(async () => {
      begun = true;
      await ended;
      return from;
    }),
  );
  // A refusal is looked at by the test, or is none of its business.
  answer.catch(() => undefined);
  return { answer, end, begun: () => begun };
}

/** What is resolved goes on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("places", () => {
  test("are as many as configured; the others wait, and begin as one ends", async () => {
    const reports = [report("a"), report("b"), report("c")];
    await settled();
    expect(reports.map(({ begun }) => begun())).toEqual([true, true, false]);
    reports[0]?.end();
    await settled();
    expect(reports.map(({ begun }) => begun())).toEqual([true, true, true]);
    for (const { end } of reports) end();
    expect(await Promise.all(reports.map(({ answer }) => answer))).toEqual(["a", "b", "c"]);
  });

  test("go to one client after another, however many one has asked for", async () => {
    const order: string[] = [];
    const under = [report("many"), report("many")];
    const waiting = ["many", "many", "many", "few"].map((from) => report(from));
    for (const { answer } of waiting) void answer.then((from) => order.push(from));
    for (const { end } of [...under, ...waiting]) end();
    await Promise.all(waiting.map(({ answer }) => answer));
    expect(order.indexOf("few")).toBeLessThan(order.length - 1);
    expect(order).toHaveLength(4);
  });

  test("work within a report needs no other, and what goes on after it does", async () => {
    setEnv({ REPORTS_AT_ONCE: "1" });
    let later: (() => Promise<string>) | undefined;
    const inner = await inPlace(() => inPlace(() => Promise.resolve("within")));
    expect(inner).toBe("within");
    await inPlace(() => {
      later = () => inPlace(() => Promise.resolve("later"));
      return Promise.resolve();
    });
    const other = report("other");
    await settled();
    let done = false;
    const after = later?.().then(() => (done = true));
    await settled();
    expect(done).toBe(false);
    other.end();
    await after;
    expect(done).toBe(true);
  });

  test("beyond those who may wait, one client is told so, and when all do, everybody; with when to come back", async () => {
    setEnv({ REPORTS_AT_ONCE: "1" });
    const held = report("first");
    const crowd = Array.from({ length: 100 }, (_, n) => report(`client ${n % 4}`));
    const busy = async ({ answer }: ReturnType<typeof report>) => {
      const error: unknown = await answer.catch((reason: unknown) => reason);
      if (!(error instanceof ReportsBusy)) throw new Error("was not refused");
      return { ofClient: error.ofClient, retryAfter: error.retryAfter };
    };
    expect(await busy(report("client 0"))).toEqual({ ofClient: true, retryAfter: 5 });
    expect(await busy(report("another"))).toEqual({ ofClient: false, retryAfter: 5 });
    for (const { end } of [held, ...crowd]) end();
    await Promise.all([held, ...crowd].map(({ answer }) => answer));
  });

  test("are not waited for by whoever has gone", async () => {
    setEnv({ REPORTS_AT_ONCE: "1" });
    const held = report("a");
    const going = new AbortController();
    const gone = report("b", going.signal);
    const next = report("b");
    await settled();
    going.abort();
    await expect(gone.answer).rejects.toBeInstanceOf(ClientGone);
    held.end();
    await settled();
    expect([gone.begun(), next.begun()]).toEqual([false, true]);
    next.end();
    await next.answer;
  });

  test("are given back by a report that fails", async () => {
    setEnv({ REPORTS_AT_ONCE: "1" });
    await expect(inPlace(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await inPlace(() => Promise.resolve("next"))).toBe("next");
  });
});

test("slow reports get a quarter of the places, and quick ones do not wait for them", async () => {
  setEnv({ REPORTS_AT_ONCE: "8" });
  const ends: (() => void)[] = [];
  let begun = 0;
  const slow = Array.from({ length: 5 }, () =>
    inPlace(
      () => {
        begun += 1;
        return new Promise<void>((resolve) => ends.push(resolve));
      },
      { slow: true },
    ),
  );
  await settled();
  expect(begun).toBe(2);
  expect(await inPlace(() => Promise.resolve("quick"))).toBe("quick");
  expect(begun).toBe(2);
  while (ends.length > 0) {
    ends.shift()?.();
    await settled();
  }
  await Promise.all(slow);
  expect(begun).toBe(5);
});
