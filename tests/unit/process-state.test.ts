/** What there is once in a process, however often our modules are loaded in it. */
import { expect, test, vi } from "vitest";

async function load() {
  vi.resetModules();
  return import("@/lib/process-state");
}

test("a module that is loaded twice has one state; another name has another", async () => {
  const [one, two] = [await load(), await load()];
  const state = one.processState("unit test", () => ({ count: 1 }));
  expect(two.processState("unit test", () => ({ count: 2 }))).toBe(state);
  expect(two.processState("unit test, other", () => ({ count: 2 }))).toEqual({ count: 2 });
});
