/** How many passwords are hashed at once. */
import { afterAll, expect, test, vi } from "vitest";

const ends: ((hash: string) => void)[] = [];
// Files of this project share modules: this one needs its own, and leaves none to the others.
vi.resetModules();
vi.doMock("@node-rs/argon2", () => ({
  hash: () => new Promise<string>((resolve) => ends.push(resolve)),
  verify: () => Promise.reject(new Error("broken")),
}));

const { hashPassword, isHashingBusy, isPasswordOf } = await import("@/lib/account/hashing");

afterAll(() => {
  vi.doUnmock("@node-rs/argon2");
  vi.resetModules();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("two passwords are hashed at once, eighty wait, and who comes then is told to come back", async () => {
  const asked = Array.from({ length: 81 }, () => hashPassword("x"));
  await settled();
  expect(ends).toHaveLength(2);
  expect(isHashingBusy()).toBe(false);
  asked.push(hashPassword("x"));
  expect(isHashingBusy()).toBe(true);
  for (let n = 0; n < asked.length; n += 1) {
    expect(ends.length).toBe(Math.min(n + 2, asked.length));
    ends[n]?.("hash");
    await settled();
  }
  expect(await Promise.all(asked)).toEqual(asked.map(() => "hash"));
  expect(isHashingBusy()).toBe(false);
});

test("one that fails gives its place on", async () => {
  for (let n = 0; n < 3; n += 1) await expect(isPasswordOf("known", "x")).rejects.toThrow("broken");
});
