import { createHmac } from "node:crypto";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { now, secondsAfter } from "@/lib/clock";
import { recordStatus } from "@/lib/delivery/record-status";
import { checkVerification } from "@/lib/verification/check";
import type { Asker } from "@/lib/protection/asker";
import { wrongBudgets } from "@/lib/protection/budgets";
import { secretHash } from "@/lib/secrets";
import { resendVerification } from "@/lib/verification/resend";
import { startVerification } from "@/lib/verification/start";
import { useProduct } from "@/tests/support/product";

const product = useProduct();
const CODE = "482913";
const WRONG = "000000";
/** Each is another one. */
const wrong = (index: number) => String(index).padStart(6, "0");

/** A pending verification with one message, written without sending: these tests are about what happens after. */
async function pending(to = product.number()): Promise<{ id: string; messageId: string; sid: string }> {
  const id = uuid();
  const messageId = uuid();
  const sid = `SM${createHmac("md5", "sid").update(messageId).digest("hex")}`;
  await product.pool.query(
    `insert into verification (id, "to", country, block, created_at, expires_at) values ($1, $2, 'US', '+1415555', $3, $4)`,
    [id, to, now(), secondsAfter(now(), 600)],
  );
  await product.pool.query(
    `insert into message (id, verification_id, sid, secret_hash, country, block, action, sender, attempt, status, requested_at)
     values ($1, $2, $3, $4, 'US', '+1415555', 'code', '+15005550006', 1, 'queued', $5)`,
    [messageId, id, sid, secretHash(id, CODE), now()],
  );
  return { id, messageId, sid };
}

async function outcome(id: string, code: string, asker: Asker = {}): Promise<string> {
  const result = await checkVerification(id, code, "code", asker);
  return result.outcome === "refused" ? result.problem : result.outcome;
}

function tally(outcomes: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of outcomes) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test("of 200 concurrent right codes one is approved and the others learn that it was", async () => {
  const { id } = await pending();
  const outcomes = await times(200, () => outcome(id, CODE));
  expect(tally(outcomes)).toEqual({ approved: 1, already_used: 199 });
  const { rows } = await product.pool.query(
    "select count(*)::int from feedback f join message m on m.id = f.message_id where m.verification_id = $1",
    [id],
  );
  expect(rows).toEqual([{ count: 1 }]);
});

test("of 200 concurrent wrong codes as many are counted as there are tries, and the right one is too late", async () => {
  const { id } = await pending();
  const outcomes = await times(200, (index) => outcome(id, wrong(index)));
  expect(tally(outcomes)).toEqual({ pending: 4, max_checks_reached: 196 });
  const { rows } = await product.pool.query("select failed_checks from verification where id = $1", [id]);
  expect(rows).toEqual([{ failed_checks: 5 }]);
  expect(await outcome(id, CODE)).toBe("max_checks_reached");
});

test("of 200 concurrent checks with the same wrong code one is counted", async () => {
  const { id } = await pending();
  expect(tally(await times(200, () => outcome(id, WRONG)))).toEqual({ pending: 200 });
  const { rows } = await product.pool.query("select failed_checks from verification where id = $1", [id]);
  expect(rows).toEqual([{ failed_checks: 1 }]);
});

test("a right code that races a wrong one is approved, 200 times of 200", async () => {
  const right: string[] = [];
  for (let trial = 0; trial < 200; trial += 1) {
    const { id } = await pending();
    const [first, second] = await Promise.all(
      trial % 2 ? [outcome(id, CODE), outcome(id, WRONG)] : [outcome(id, WRONG), outcome(id, CODE)],
    );
    right.push(trial % 2 ? first : second);
  }
  expect(tally(right)).toEqual({ approved: 200 });
});

test("concurrent checks and callbacks of one verification never deadlock, in 300 rounds", async () => {
  const before = await deadlocks();
  for (let round = 0; round < 300; round += 1) {
    const { id, messageId, sid } = await pending();
    const report = (status: "sending" | "sent" | "delivered") =>
      recordStatus({ messageId, sid, status, errorCode: null, at: now() });
    await Promise.all([
      report("delivered"),
      outcome(id, WRONG),
      report("sent"),
      outcome(id, CODE),
      report("sending"),
      outcome(id, CODE),
      report("delivered"),
    ]);
  }
  expect(await deadlocks()).toBe(before);
  const { rows } = await product.pool.query(
    "select distinct m.status, v.status as verification from message m join verification v on v.id = m.verification_id where v.accepted_at is not null",
  );
  expect(rows).toEqual([{ status: "delivered", verification: "approved" }]);
});

/** As PostgreSQL counts them. A deadlock would also have failed the statement it ended. */
async function deadlocks(): Promise<string> {
  const { rows } = await product.pool.query<{ deadlocks: string }>(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  return rows[0]!.deadlocks;
}

/** Two hundred guesses at a number's codes at once, over forty verifications. */
async function guess(asker: (index: number) => Asker): Promise<Record<string, number>> {
  const to = product.number();
  const verifications = await times(40, () => pending(to));
  return tally(
    await times(200, (index) => outcome(verifications[index % 40]?.id ?? "", wrong(index), asker(index))),
  );
}

test("of 200 concurrent wrong codes of one asker for a number as many are evaluated as it has tries, over many verifications", async () => {
  const mine = { clientAddress: "203.0.113.1" };
  const { one } = wrongBudgets();
  const evaluated = { pending: one, check_delayed: 200 - one };
  expect(await guess(() => mine)).toEqual(evaluated);
  // A browser that throws its cookie away, and one that changes its address.
  const unlike = (index: number) => new Uint8Array([index]);
  expect(await guess((index) => ({ ...mine, browser: unlike(index) }))).toEqual(evaluated);
  const moving = (index: number) => ({ clientAddress: `198.51.100.${index}`, browser: unlike(1) });
  expect(await guess(moving)).toEqual(evaluated);
});

test("of 200 concurrent wrong codes of many askers for a number as many are evaluated as they have together", async () => {
  const many = await guess((index) => ({ clientAddress: `198.51.100.${index}` }));
  const { together } = wrongBudgets();
  expect(many).toEqual({ pending: together, check_delayed: 200 - together });
});

test("50 concurrent starts for one number send one message", async () => {
  const number = product.number();
  const recipient = { number, country: "US", network: null, block: number.slice(0, -3) };
  const results = await times(50, () => startVerification({ recipient }));
  const names = results.map((result) => (result.outcome === "refused" ? result.problem : "started"));
  expect(tally(names)).toEqual({ started: 1, resend_too_soon: 49 });
});

test("concurrent starts, resends and checks for one number never deadlock", async () => {
  product.configure({ RESEND_AFTER_SECONDS: "0" });
  const number = product.number();
  const recipient = { number, country: "US", network: null, block: number.slice(0, -3) };
  const before = await deadlocks();
  const first = await startVerification({ recipient });
  if (first.outcome !== "sent") throw new Error(first.outcome);
  const { id } = first.verification;
  for (let round = 0; round < 5; round += 1) {
    await Promise.all([
      startVerification({ recipient }),
      product.call("POST", `/api/verifications/${id}/messages`),
      outcome(id, WRONG),
      startVerification({ recipient }),
      outcome(id, WRONG),
    ]);
  }
  expect(await deadlocks()).toBe(before);
});

test("of 200 concurrent starts for a number as many are sent as its ceilings allow", async () => {
  product.configure({ RESEND_AFTER_SECONDS: "0" });
  const start = async (number: string, clientAddress: string) => {
    const recipient = { number, country: "US", network: null, block: number.slice(0, -3) };
    const sending = await startVerification({ recipient, clientAddress });
    return sending.outcome === "refused" ? sending.problem : sending.outcome;
  };
  const one = product.number();
  expect(tally(await times(200, () => start(one, "203.0.113.1")))).toEqual({ sent: 5, too_many_starts: 195 });
  const many = product.number();
  const addresses = await times(200, (index) => start(many, `198.51.100.${index}`));
  expect(tally(addresses)).toEqual({ sent: 15, too_many_starts: 185 });
});

test("starts, resends and checks from a few addresses for a few numbers never deadlock", async () => {
  product.configure({
    RESEND_AFTER_SECONDS: "0",
    MAX_MESSAGES_PER_HOUR: "100000",
    MAX_MESSAGES_PER_NUMBER_DAY: "1000",
  });
  const before = await deadlocks();
  for (let round = 0; round < 20; round += 1) {
    const numbers = [product.number(), product.number()];
    await times(24, async (index) => {
      const number = numbers[index % 2] ?? "";
      const recipient = { number, country: "US", network: null, block: number.slice(0, -3) };
      // Addresses that no row is kept of yet.
      const clientAddress = `10.0.${round}.${index % 3}`;
      const sending = await startVerification({ recipient, clientAddress });
      if (sending.outcome !== "sent") return;
      const { id } = sending.verification;
      await Promise.all([outcome(id, WRONG, { clientAddress }), resendVerification(id, { clientAddress })]);
    });
  }
  expect(await deadlocks()).toBe(before);
});
