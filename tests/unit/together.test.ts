/** What many ask for at the same time, and how often it is made. */
import { expect, test } from "vitest";
import { together } from "@/lib/insights/asking/together";
import { ClientGone, servedRequest, whileServing } from "@/lib/served";

/** Work that ends when it is told to, and what has been begun of it. */
function work() {
  const begun: { end: (answer: string) => void; signal: AbortSignal | undefined }[] = [];
  const make = () =>
    new Promise<string>((resolve) => begun.push({ end: resolve, signal: servedRequest()?.signal }));
  return { begun, make };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who asks while a report is being made gets the next one, and all who do the same", async () => {
  const { begun, make } = work();
  const first = together("a", make);
  await settled();
  const others = Array.from({ length: 5 }, () => together("a", make));
  await settled();
  expect(begun).toHaveLength(1);
  begun[0]?.end("as it was");
  expect(await first).toBe("as it was");
  await settled();
  expect(begun).toHaveLength(2);
  begun[1]?.end("as it is");
  expect(await Promise.all(others)).toEqual(others.map(() => "as it is"));
  // Nothing is kept.
  const later = together("a", make);
  await settled();
  begun[2]?.end("later");
  expect(await later).toBe("later");
});

test("another report is not waited for", async () => {
  const [one, other] = [work(), work()];
  const slow = together("one", one.make);
  const quick = together("other", other.make);
  await settled();
  other.begun[0]?.end("other");
  expect(await quick).toBe("other");
  one.begun[0]?.end("one");
  expect(await slow).toBe("one");
});

test("a fault is told to all who wait, and the next one is made", async () => {
  let times = 0;
  const fail = () => Promise.reject(new Error(`broken ${(times += 1)}`));
  const first = together("a", fail);
  const second = together("a", fail);
  await expect(first).rejects.toThrow("broken 1");
  await expect(second).rejects.toThrow("broken 2");
});

test("it is given up when all who asked have gone, and not before", async () => {
  const { begun, make } = work();
  const clients = [new AbortController(), new AbortController()];
  const held = together("a", make);
  await settled();
  const asked = clients.map(({ signal }) => whileServing({ signal, from: "" }, () => together("a", make)));
  begun[0]?.end("first");
  await held;
  await settled();
  clients[0]?.abort();
  await expect(asked[0]).rejects.toBeInstanceOf(ClientGone);
  expect(begun[1]?.signal?.aborted).toBe(false);
  clients[1]?.abort();
  await expect(asked[1]).rejects.toBeInstanceOf(ClientGone);
  expect(begun[1]?.signal?.aborted).toBe(true);
  begun[1]?.end("nobody's");
});
