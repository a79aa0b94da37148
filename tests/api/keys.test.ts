import { expect, test } from "vitest";
import { randomBytes } from "node:crypto";
import { parse as parseUuid } from "uuid";
import { browserHash } from "@/lib/account/session";
import { secretIn } from "@/lib/messaging/body";
import { openLink } from "@/lib/verification/check";
import { parseRecipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { OTHER_API_KEY, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();
const other = { Authorization: `Bearer ${OTHER_API_KEY}` };

/** Every call that names a verification. */
function calls(id: string, code: string, headers?: Record<string, string>) {
  const path = `/api/verifications/${id}`;
  return [
    product.call("GET", path, undefined, headers),
    product.call("POST", `${path}/messages`, undefined, headers),
    product.call("POST", `${path}/checks`, { code }, headers),
    product.call(
      "POST",
      `${path}/password`,
      { temporaryPassword: "baba-baba-baba", newPassword: "a new long password" },
      headers,
    ),
    product.call("DELETE", path, undefined, headers),
  ];
}

test("a key finds nothing of what another started, and the other's is as it was", async () => {
  const { id, code } = await product.start();
  for (const answer of await Promise.all(calls(id, code, other))) {
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  }
  const { body } = await product.call("GET", `/api/verifications/${id}`);
  expect(body).toMatchObject({ status: "pending", checksLeft: 5 });
  expect((await product.check(id, code)).body.status).toBe("approved");
});

test("no key finds what a login page started", async () => {
  const reading = parseRecipient(product.number());
  if (!reading.ok) throw new Error(reading.why);
  const sending = await startVerification({
    recipient: reading.recipient,
    browser: browserHash("a browser"),
  });
  if (sending.outcome !== "sent") throw new Error(sending.outcome);
  for (const answer of await Promise.all(calls(sending.verification.id, "000000"))) {
    expect(answer.status).toBe(404);
  }
});

test("forged tokens of a link count for nothing: the genuine one still opens", async () => {
  const to = product.number();
  const { body } = await product.call("POST", "/api/verifications", { to, action: "link" });
  const { id } = body as { id: string };
  for (let forged = 0; forged < 12; forged += 1) {
    const token = Buffer.concat([parseUuid(id), randomBytes(16)]).toString("base64url");
    expect(await openLink(token)).toMatchObject({ problem: "not_found" });
  }
  const token = await until(() => secretIn(product.simulator.handset(to)[0]?.body ?? ""));
  expect(await openLink(token)).toMatchObject({ outcome: "approved" });
});
