/**
 * The app is killed between a right code and the feedback for it, in every way that interval can be cut, and started
 * again. What Twilio was told must in the end be what the database says was confirmed; and so must what a program was told.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { receiveWebhooks, type WebhookReceiver } from "@/tests/support/receivers";
import { until } from "@/tests/support/until";

/** Each way to be interrupted, early and late. */
const ROUNDS = 8;

let database: TestDatabase;
let pool: pg.Pool;
let simulator: Simulator;
let simulatorPort: number;
let app: AppProcess;
let receiver: WebhookReceiver;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  simulator = createSimulator({ pace: 0.01 });
  const twilioOrigin = await simulator.listen(0);
  simulatorPort = Number(new URL(twilioOrigin).port);
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin });
  await app.start();
  receiver = await receiveWebhooks();
});

afterAll(async () => {
  await app?.kill();
  await receiver?.close();
  await simulator?.close();
  await pool?.end();
  await database?.drop();
});

let numbers = 0;

async function start(): Promise<{ id: string; code: string }> {
  numbers += 1;
  const to = `+1415555${1000 + numbers}`;
  const { status, body } = await app.call("POST", "/api/verifications", { to });
  expect(status, JSON.stringify(body)).toBe(201);
  await until(() => simulator.handset(to).length > 0);
  const code = /#(\d+)$/.exec(simulator.handset(to)[0]!.body)![1]!;
  return { id: (body as { id: string }).id, code };
}

const check = (id: string, code: string) => app.call("POST", `/api/verifications/${id}/checks`, { code });

/** Each way to be interrupted; they take turns. */
const INTERRUPTIONS: Record<
  string,
  { before: () => Promise<void> | void; after: () => Promise<void> | void }
> = {
  "before anything is tried": { before: () => undefined, after: () => undefined },
  "while Twilio is away": {
    before: () => simulator.close(),
    after: async () => {
      await simulator.listen(simulatorPort);
    },
  },
  "while the call hangs": {
    before: () => simulator.setFaults({ hang: 1 }),
    after: () => simulator.setFaults({}),
  },
  "after Twilio took it and before its answer": {
    before: () => simulator.setFaults({ lostAnswer: 1 }),
    after: () => simulator.setFaults({}),
  },
};

test(`killed with -9 between approval and feedback, ${ROUNDS} times: Twilio is told of exactly what was confirmed`, async () => {
  const interruptions = Object.values(INTERRUPTIONS);
  const target = {
    kind: "webhook",
    target: `${receiver.origin}/hook`,
    events: ["verification.approved", "feedback.reported"],
  };
  expect((await app.call("POST", "/api/notifications", target)).status).toBe(201);
  const approved = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { before, after } = interruptions[round % interruptions.length]!;
    const answered = await start();
    await start();
    const wrong = await start();
    await check(wrong.id, wrong.code === "000000" ? "000001" : "000000");

    await before();
    receiver.answers(round % 2 ? "hang" : 204);
    const taken = simulator.ledger().length;
    const { body } = await check(answered.id, answered.code);
    expect(body).toMatchObject({ status: "approved" });
    approved.add(answered.id);
    // Every other time the delivery gets as far as it can before the kill.
    if (round >= ROUNDS / 2) await deliveryTried(answered.id, taken);
    await app.kill();
    await after();
    await app.start();
  }

  await until(async () => {
    const { rows } = await pool.query("select from feedback where reported_at is null");
    return rows.length === 0;
  });
  const { rows } = await pool.query<{ sid: string; status: string }>(
    "select m.sid, v.status from message m join verification v on v.id = m.verification_id where m.confirmed_at is not null",
  );
  expect(rows).toHaveLength(ROUNDS);
  expect(new Set(rows.map((row) => row.status))).toEqual(new Set(["approved"]));
  const told = simulator.ledger();
  expect(new Set(told.map((entry) => entry.messageSid))).toEqual(new Set(rows.map((row) => row.sid)));
  expect(new Set(told.map((entry) => entry.outcome))).toEqual(new Set(["confirmed"]));

  receiver.answers(204);
  const ids = () => new Set(receiver.posts.map(({ headers }) => headers["webhook-id"]));
  await until(() => ids().size === 2 * ROUNDS);
  const byId = new Map(
    receiver.posts.map(({ headers, body }) => [
      headers["webhook-id"],
      JSON.parse(body) as { type: string; data: { verification: string } },
    ]),
  );
  const ofType = (type: string) =>
    [...byId.values()].filter((each) => each.type === type).map(({ data }) => data.verification);
  for (const type of ["verification.approved", "feedback.reported"])
    expect(new Set(ofType(type))).toEqual(approved);
});

/** Waits until the delivery of a verification's feedback has begun. */
async function deliveryTried(id: string, taken: number): Promise<void> {
  await until(async () => {
    const { rows } = await pool.query<{ tries: number }>(
      "select tries from feedback f join message m on m.id = f.message_id where m.verification_id = $1",
      [id],
    );
    return rows[0]!.tries > 0 || simulator.ledger().length > taken;
  });
}

test("feedback is delivered within seconds of Twilio's return", async () => {
  const { id, code } = await start();
  await simulator.close();
  expect((await check(id, code)).body).toMatchObject({ status: "approved" });
  await deliveryTried(id, Infinity);
  await simulator.listen(simulatorPort);
  await until(async () => {
    const { body } = await app.call("GET", `/api/verifications/${id}`);
    return (
      (body as { messages: { feedback: { state: string } }[] }).messages[0]!.feedback.state === "reported"
    );
  });
});
