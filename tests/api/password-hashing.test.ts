/** When a password is hashed, which is dear: only where a right secret would be taken, and then whatever the secret is. */
import type * as Argon2 from "@node-rs/argon2";
import { beforeEach, expect, test, vi } from "vitest";
import { secretIn } from "@/lib/messaging/body";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const hashed = vi.hoisted(() => ({ times: 0 }));
vi.mock("@node-rs/argon2", async (original) => {
  const argon2 = await original<typeof Argon2>();
  return {
    ...argon2,
    hash: (...given: Parameters<typeof argon2.hash>) => {
      hashed.times += 1;
      return argon2.hash(...given);
    },
  };
});

const product = useProduct();

beforeEach(() => {
  hashed.times = 0;
});

/** Another temporary password, of the same words; another one for each `turn`. */
const otherThan = (secret: string, turn = 0) => {
  const letters = secret.replace(/\W+/g, "").split("").reverse().join("");
  return `${letters.slice(0, -2)}${String.fromCharCode(97 + Math.floor(turn / 26), 97 + (turn % 26))}`;
};

async function begun(action = "temporary_password") {
  const to = product.number();
  const { body } = await product.call("POST", "/api/verifications", { to, action });
  const { id, messageSid: sid } = body as { id: string; messageSid: string };
  const text = await until(() => product.simulator.handset(to).find((message) => message.sid === sid)?.body);
  return { id, secret: secretIn(text) ?? "" };
}

async function post(id: string, temporaryPassword: string) {
  const before = hashed.times;
  const body = { temporaryPassword, newPassword: "kuda moti rabe and more" };
  const { status } = await product.call("POST", `/api/verifications/${id}/password`, body);
  return [status, hashed.times - before];
}

test("a reset that waits hashes the new password, whether the temporary one is right or wrong; one that does not hashes nothing", async () => {
  product.configure({ MAX_CHECKS: "2" });
  const right = await begun();
  expect(await post(right.id, otherThan(right.secret))).toEqual([200, 1]);
  expect(await post(right.id, right.secret)).toEqual([200, 1]);
  // Once more, in case that answer was lost; and no more.
  expect(await post(right.id, right.secret)).toEqual([200, 0]);
  product.advance(60);
  expect(await post(right.id, right.secret)).toEqual([409, 0]);
  const tried = await begun();
  expect(await post(tried.id, otherThan(tried.secret))).toEqual([200, 1]);
  expect(await post(tried.id, otherThan(tried.secret, 1))).toEqual([200, 1]);
  expect(await post(tried.id, tried.secret)).toEqual([429, 0]);
  const other = await begun("link");
  expect(await post(other.id, right.secret)).toEqual([409, 0]);
  expect(await post("019fb0c3-7a52-7d0e-a0a2-6d1d2b9c4f10", right.secret)).toEqual([404, 0]);
});

test("nothing is hashed once the budget of wrong tries is used up, right or wrong alike", async () => {
  product.configure({ MAX_CHECKS: "50" });
  const { id, secret } = await begun();
  let last = await post(id, otherThan(secret));
  for (let tries = 0; last[0] === 200 && tries < 40; tries += 1)
    last = await post(id, otherThan(secret, 1 + tries));
  expect(last).toEqual([429, 0]);
  expect(await post(id, secret)).toEqual([429, 0]);
});

test("a right one that comes late is told to Twilio, and hashes nothing", async () => {
  const { id, secret } = await begun();
  product.advance(11 * 60);
  expect(await post(id, secret)).toEqual([410, 0]);
  const { body } = await product.call("GET", `/api/verifications/${id}`);
  expect(body).toMatchObject({ messages: [{ late: true }] });
});
