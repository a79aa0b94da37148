import { expect, test } from "vitest";
import { gathered } from "@/lib/gathered";

test("what is asked for while a batch is done is done next, together; the first is done at once", async () => {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const ask = gathered<number>((items) => {
    batches.push(items);
    return new Promise<void>((resolve) => ends.push(resolve));
  }, 3);
  const all = [1, 2, 3, 4, 5].map(ask);
  expect(batches).toEqual([[1]]);
  ends.shift()?.();
  await expect.poll(() => batches.length).toBe(2);
  expect(batches).toEqual([[1], [2, 3, 4]]);
  ends.shift()?.();
  await expect.poll(() => batches.length).toBe(3);
  ends.shift()?.();
  await Promise.all(all);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

test("a batch that fails is its own items' failure, and the next goes on", async () => {
  const ask = gathered<number>(
    (items) => (items.includes(2) ? Promise.reject(new Error("broken")) : Promise.resolve()),
    2,
  );
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(ask));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
});
