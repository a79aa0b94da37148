import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { recordStatus } from "@/lib/delivery/record-status";
import type { MessageStatus } from "@/lib/terms/statuses";
import { clock, useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";
import { until } from "@/tests/support/until";

const product = useProduct();

/** Twilio's signature, computed from its published rule rather than with the SDK the product checks it with. */
function sign(url: string, form: Record<string, string>, token = "simulator"): string {
  const text = Object.keys(form)
    .sort()
    .reduce((signed, name) => signed + name + form[name], url);
  return createHmac("sha1", token).update(text).digest("base64");
}

async function post(path: string, form: Record<string, string>, signature?: string | null) {
  const url = product.origin + path;
  const header = signature === undefined ? sign(url, form) : signature;
  const response = await dispatch(
    new Request(url, {
      method: "POST",
      headers: header === null ? {} : { "X-Twilio-Signature": header },
      body: new URLSearchParams(form),
    }),
  );
  return { status: response.status, text: await response.text() };
}

/** A message as it is right after it was accepted: the simulator has not moved it on. */
async function accepted(): Promise<{ messageId: string; sid: string }> {
  product.simulator.setFaults({ callbackLost: 1 });
  const { body } = await product.call("POST", "/api/verifications", { to: product.number() });
  return { messageId: body.messageId, sid: body.messageSid };
}

async function row(messageId: string): Promise<Record<string, unknown>> {
  const { rows } = await product.pool.query<Record<string, unknown>>(
    `select status, error_code, refused_at, accepted_at, sent_at, delivered_at, failed_at, xmin::text as version
     from message where id = $1`,
    [messageId],
  );
  return rows[0]!;
}

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

const callback = (sid: string, status: string, more: Record<string, string> = {}) => ({
  AccountSid: `AC${"0".repeat(32)}`,
  MessageSid: sid,
  MessageStatus: status,
  SmsSid: sid,
  SmsStatus: status,
  ...more,
});

describe("status callbacks", () => {
  const orders = permutations(["queued", "sending", "sent", "delivered"]);

  test("in any of 24 orders, each doubled and concurrent, leave the same row", async () => {
    expect(orders).toHaveLength(24);
    const rows = [];
    for (const order of orders) {
      const { messageId, sid } = await accepted();
      const path = `/api/twilio/status/${messageId}`;
      const answers = await Promise.all(
        order.flatMap((status) => [post(path, callback(sid, status)), post(path, callback(sid, status))]),
      );
      expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
      const { version: _, ...state } = await row(messageId);
      rows.push(state);
    }
    const at = clock();
    expect(new Set(rows.map((state) => JSON.stringify(state)))).toEqual(
      new Set([
        JSON.stringify({
          status: "delivered",
          error_code: null,
          refused_at: null,
          accepted_at: at,
          sent_at: at,
          delivered_at: at,
          failed_at: null,
        }),
      ]),
    );
  });

  test("one after another in any order leave the same row, also with a failure among them", async () => {
    const reports: { status: MessageStatus; errorCode: number | null }[] = [
      { status: "sending", errorCode: null },
      { status: "sent", errorCode: null },
      { status: "failed", errorCode: 30008 },
      { status: "undelivered", errorCode: 30003 },
    ];
    const states = new Set<string>();
    for (const order of permutations(reports)) {
      const { messageId, sid } = await accepted();
      for (const report of order) await recordStatus({ messageId, sid, at: clock(), ...report });
      const { version: _, ...state } = await row(messageId);
      states.add(JSON.stringify(state));
    }
    expect([...states].map((state) => JSON.parse(state) as object)).toMatchObject([
      { status: "undelivered", error_code: 30003, delivered_at: null },
    ]);
    expect(states.size).toBe(1);
  });

  test("a repeated one writes nothing", async () => {
    const { messageId, sid } = await accepted();
    const path = `/api/twilio/status/${messageId}`;
    await post(path, callback(sid, "delivered"));
    const once = await row(messageId);
    product.advance(5);
    await post(path, callback(sid, "delivered"));
    await post(path, callback(sid, "sent"));
    expect(await row(messageId)).toEqual(once);
  });

  test("with parameters and statuses we do not know are tolerated", async () => {
    const { messageId, sid } = await accepted();
    const path = `/api/twilio/status/${messageId}`;
    const form = callback(sid, "delivered", { RawDlrDoneDate: "2611231200", NewThing: "it's & new" });
    expect((await post(path, form)).status).toBe(200);
    expect((await post(path, callback(sid, "partially_delivered"))).status).toBe(200);
    expect(await row(messageId)).toMatchObject({ status: "delivered" });
  });

  test("find their message by SID where the URL has no id", async () => {
    const { messageId, sid } = await accepted();
    const form = callback(sid, "undelivered", { ErrorCode: "30005" });
    expect((await post("/api/twilio/status", form)).status).toBe(200);
    expect(await row(messageId)).toMatchObject({ status: "undelivered", error_code: 30005 });
  });

  test("for a message that is not there are taken, or Twilio would repeat them", async () => {
    const unknown = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";
    const form = callback(`SM${"a".repeat(32)}`, "delivered");
    expect((await post(`/api/twilio/status/${unknown}`, form)).status).toBe(200);
  });

  test("with another SID than the message's change nothing", async () => {
    const { messageId } = await accepted();
    const before = await row(messageId);
    await post(`/api/twilio/status/${messageId}`, callback(`SM${"b".repeat(32)}`, "delivered"));
    expect(await row(messageId)).toEqual(before);
  });

  test.each([
    ["missing", () => null],
    ["empty", () => ""],
    ["forged", () => "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
    ["of another token", (url: string, form: Record<string, string>) => sign(url, form, "another")],
    ["of another form", (url: string) => sign(url, {})],
    ["of another path", (url: string, form: Record<string, string>) => sign(`${url}/`, form)],
  ])("whose signature is %s are refused and change nothing", async (_, signature) => {
    const { messageId, sid } = await accepted();
    const before = await row(messageId);
    const path = `/api/twilio/status/${messageId}`;
    const form = callback(sid, "delivered");
    const answer = await post(path, form, signature(product.origin + path, form));
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "bad_signature" });
    expect(await row(messageId)).toEqual(before);
  });

  test("of the simulator arrive and bring the message to delivered, with retries after our faults", async () => {
    const { body } = await product.call("POST", "/api/verifications", { to: product.number() });
    await until(async () => (await row(body.messageId))["status"] === "delivered");
    expect(await row(body.messageId)).toMatchObject({ error_code: null });
  });
});

describe("status callbacks that come together", () => {
  /** Messages as they are right after they were accepted. */
  const someAccepted = (count: number) => Promise.all(Array.from({ length: count }, accepted));

  const postDelivered = ({ messageId, sid }: { messageId: string; sid: string }) =>
    post(`/api/twilio/status/${messageId}`, callback(sid, "delivered"));

  test("are all recorded when they are answered, evidence included, whichever way they name their message", async () => {
    const messages = await someAccepted(30);
    await Promise.all(
      messages.map(async ({ messageId, sid }, index) => {
        const path = index % 2 ? "/api/twilio/status" : `/api/twilio/status/${messageId}`;
        expect((await post(path, callback(sid, "delivered"))).status).toBe(200);
        expect(await row(messageId)).toMatchObject({ status: "delivered", delivered_at: clock() });
        const { rows } = await product.pool.query(
          "select parameters->>'MessageStatus' as status from status_callback where message_id = $1",
          [messageId],
        );
        expect(rows).toEqual([{ status: "delivered" }]);
      }),
    );
  });

  test("fail each for itself", async () => {
    const messages = await someAccepted(12);
    product.simulator.setFaults({ lostAnswer: 1, callbackLost: 1 });
    const { body } = await product.call("POST", "/api/verifications", { to: product.number() });
    const unanswered = await product.call("GET", `/api/verifications/${body.verification.id}`);
    // The SID of another message: no two may have the same.
    const wrong = { messageId: unanswered.body.messages[0].id as string, sid: messages[0]!.sid };
    const answers = await Promise.all(
      [...messages.slice(0, 6), wrong, ...messages.slice(6)].map(postDelivered),
    );
    expect(answers.map(({ status }) => status)).toEqual([...Array(6).fill(200), 500, ...Array(6).fill(200)]);
    for (const { messageId } of messages) expect(await row(messageId)).toMatchObject({ status: "delivered" });
    expect(await row(wrong.messageId)).toMatchObject({ status: null });
  });

  test("do not wait for one whose message somebody is at", async () => {
    const [held, ...others] = await someAccepted(12);
    const client = await product.pool.connect();
    await client.query("begin");
    await client.query("select from message where id = $1 for update", [held!.messageId]);
    let answered = false;
    const first = postDelivered(held!).finally(() => (answered = true));
    const answers = await Promise.all(others.map(postDelivered));
    expect(answers.map(({ status }) => status)).toEqual(Array(11).fill(200));
    expect(answered).toBe(false);
    await client.query("rollback");
    client.release();
    expect((await first).status).toBe(200);
    expect(await row(held!.messageId)).toMatchObject({ status: "delivered" });
  });

  test("of a verification's first SID, too, which need its row", async () => {
    product.simulator.setFaults({ lostAnswer: 1, callbackLost: 1 });
    const started = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { body } = await product.call("POST", "/api/verifications", { to: product.number() });
        const { id } = body.verification as { id: string };
        const { body: verification } = await product.call("GET", `/api/verifications/${id}`);
        return { id, messageId: verification.messages[0].id as string };
      }),
    );
    const sidOf = (messageId: string) => `SM${messageId.replaceAll("-", "")}`;
    const report = (messageId: string) => postDelivered({ messageId, sid: sidOf(messageId) });
    const [held, ...others] = started;
    const client = await product.pool.connect();
    await client.query("begin");
    await client.query("select from verification where id = $1 for no key update", [held!.id]);
    let answered = false;
    const first = report(held!.messageId).finally(() => (answered = true));
    await Promise.all(others.map(({ messageId }) => report(messageId)));
    expect(answered).toBe(false);
    // Whoever was at it has brought the first SID: then there is none to bring, and the report counts all the same.
    await client.query("update verification set accepted_at = $2 where id = $1", [held!.id, clock()]);
    await client.query("commit");
    client.release();
    expect((await first).status).toBe(200);
    const { rows } = await product.pool.query(
      `select m.sid, m.status, v.accepted_at from message m join verification v on v.id = m.verification_id
       where m.id = any($1) order by m.id`,
      [started.map(({ messageId }) => messageId)],
    );
    const ids = started.map(({ messageId }) => messageId).sort();
    expect(rows).toEqual(
      ids.map((messageId) => ({ sid: sidOf(messageId), status: "delivered", accepted_at: clock() })),
    );
  });
});
