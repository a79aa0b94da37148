import { describe, expect, test } from "vitest";
import { gathered } from "@/lib/gathered";

/** Work that ends when it is told to: its batches so far, and how to end the oldest that is under way. */
function workToEnd() {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const work = (items: string[]) => {
    batches.push(items);
    return new Promise<string[]>((resolve) =>
      ends.push(() => resolve(items.map((item) => `${item} is done`))),
    );
  };
  const end = async () => {
    const before = batches.length;
    ends.shift()?.();
    await expect.poll(() => batches.length).toBe(before + 1);
  };
  return { batches, work, end, endLast: () => ends.shift()?.() };
}

describe("what is asked for while a batch is done", () => {
  test("is done next, together; the first is done at once", async () => {
    const { batches, work, end, endLast } = workToEnd();
    const ask = gathered(work, { most: 3 });
    const all = ["a", "b", "c", "d", "e"].map(ask);
    expect(batches).toEqual([["a"]]);
    await end();
    expect(batches).toEqual([["a"], ["b", "c", "d"]]);
    await end();
    endLast();
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d", "e"].map((item) => `${item} is done`));
    expect(batches).toEqual([["a"], ["b", "c", "d"], ["e"]]);
  });

  test("is done after what shares a key with it and came before, in batches of their own", async () => {
    const { batches, work, end, endLast } = workToEnd();
    const ask = gathered(work, { most: 10, keys: (item) => item.split("") });
    const all = ["-", "a", "ab", "b", "c"].map(ask);
    await end();
    // "ab" waits for "a", and "b" for "ab", whose turn has not come.
    expect(batches.at(-1)).toEqual(["a", "c"]);
    await end();
    expect(batches.at(-1)).toEqual(["ab"]);
    await end();
    endLast();
    await Promise.all(all);
    expect(batches.at(-1)).toEqual(["b"]);
  });
});

test("a batch that fails is its own items' failure, and the next goes on", async () => {
  const ask = gathered(
    (items: number[]) => (items.includes(2) ? Promise.reject(new Error("broken")) : Promise.resolve(items)),
    { most: 2 },
  );
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(ask));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
});

test("work that fails before it has begun is a failure as well", async () => {
  const ask = gathered<number, number>(
    () => {
      throw new Error("broken");
    },
    { most: 2 },
  );
  await expect(ask(1)).rejects.toThrow("broken");
  await expect(ask(2)).rejects.toThrow("broken");
});
