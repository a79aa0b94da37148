/** The log's filters by what became of messages, its count, its search, and what one message's page shows. */
import { describe, expect, test } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";
import { takeDueFeedback, markRefused } from "@/lib/feedback/due";
import { readMessageEvidence } from "@/lib/insights/reports/message-evidence";
import { countMatches } from "@/lib/insights/reports/messages";
import { FLAG_NAMES } from "@/lib/terms/dimensions";
import { viewOfForm } from "@/components/dashboard/view-bar/view-form";
import { clock, OTHER_API_KEY, otherThan, useProduct } from "@/tests/support/product";
import { describedBy, type Document } from "@/tests/support/openapi";
import { reportRequest } from "@/tests/support/insights-reports/request";
import { dispatch } from "@/tests/support/routes";
import { until } from "@/tests/support/until";

const product = useProduct();

interface Logged {
  id: string;
  sid: string | null;
  verificationId: string | null;
  sender: string;
  to: string;
}

interface MessagePage {
  message: Logged;
  checks: { verdict: string; messageId: string | null }[];
  callbacks: { parameters: Record<string, string> }[];
}

const log = async (query: string) => {
  const answer = await product.call("GET", `/api/insights/messages?range=1h&limit=200&${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as { rows: Logged[]; matches: number | null; nextCursor: string | null };
};
const idsOf = ({ rows }: { rows: Logged[] }) => rows.map(({ id }) => id).sort();

const ids: Record<string, string> = {};

async function sent(): Promise<{ id: string; messageId: string; sid: string; code: string; to: string }> {
  const to = product.number();
  const { body } = await product.call("POST", "/api/verifications", { to });
  const code = await product.codeOn(to, body.messageSid);
  return { id: body.id, messageId: body.messageId, sid: body.messageSid, code, to };
}

async function filled() {
  // What is told of them stays as it is.
  product.simulator.setFaults({ callbackLost: 1 });
  const failed = await sent();
  const undelivered = await sent();
  for (const [{ messageId }, status] of [
    [failed, "failed"],
    [undelivered, "undelivered"],
  ] as const)
    await product.pool.query(
      "update message set status = $2::message_status, error_code = 30003 where id = $1",
      [messageId, status],
    );
  const refused = await product.call("POST", "/api/verifications", { to: "+15005550001" });
  expect(refused.status).toBe(502);
  const confirmed = await sent();
  await product.check(confirmed.id, otherThan(confirmed.code));
  await product.check(confirmed.id, confirmed.code);
  const late = await sent();
  await product.pool.query("update message set confirmed_at = now(), late = true where id = $1", [
    late.messageId,
  ]);
  Object.assign(ids, {
    failed: failed.messageId,
    undelivered: undelivered.messageId,
    confirmed: confirmed.messageId,
    late: late.messageId,
    verification: confirmed.id,
    sid: confirmed.sid,
    number: confirmed.to,
  });
}

describe("the log", () => {
  test("finds what failed, was undelivered or refused in one choice, what came late and what is not reported", async () => {
    await filled();
    const { rows: refused } = await product.pool.query<{ id: string }>(
      "select id from message where sid is null and refused_at is not null",
    );
    expect(refused).toHaveLength(1);
    const failing = [ids["failed"], ids["undelivered"], refused[0]?.id].sort();
    expect(idsOf(await log("failed=true"))).toEqual(failing);
    expect(idsOf(await log("late=true"))).toEqual([ids["late"]]);
    expect(idsOf(await log("unreported=true"))).toEqual([ids["confirmed"], ids["late"]].sort());
    expect(idsOf(await log("feedback=pending"))).toEqual([ids["confirmed"]]);
    expect((await log("resent=true")).rows).toEqual([]);

    await product.pool.query("update message set attempt = 2 where id = $1", [ids["failed"]]);
    expect(idsOf(await log("resent=true"))).toEqual([ids["failed"]]);

    const {
      due: [due],
    } = await takeDueFeedback(10, clock());
    expect(due?.messageId).toBe(ids["confirmed"]);
    await markRefused(ids["confirmed"] ?? "", "20404", clock());
    expect(idsOf(await log("feedback=refused&feedbackError=20404"))).toEqual([ids["confirmed"]]);
    await product.pool.query(
      "update feedback set reported_at = now(), refused_at = null where message_id = $1",
      [ids["confirmed"]],
    );
    expect(idsOf(await log("unreported=true"))).toEqual([ids["late"]]);
    expect(idsOf(await log("feedback=reported"))).toEqual([ids["confirmed"]]);
  });

  test("divides all messages by each of these, and counts its matches", async () => {
    const all = await log("");
    expect(all.matches).toBe(all.rows.length);
    for (const flag of FLAG_NAMES) {
      const [holds, not] = [await log(`${flag}=true`), await log(`${flag}=false`)];
      expect([flag, ...idsOf(holds), ...idsOf(not)].sort()).toEqual([flag, ...idsOf(all)].sort());
      expect([holds.matches, not.matches]).toEqual([holds.rows.length, not.rows.length]);
    }
    const page = await product.call("GET", "/api/insights/messages?range=1h&limit=2");
    expect(page.body).toMatchObject({ matches: all.rows.length, rows: [{}, {}] });
    const next = await product.call(
      "GET",
      `/api/insights/messages?range=1h&limit=2&cursor=${page.body.nextCursor}`,
    );
    expect(next.body.matches).toBeNull();
    const { body: whole } = await product.call("GET", "/api/insights/summary?range=1h");
    const range = { from: new Date(whole.range.from), to: new Date(whole.range.to), tz: "UTC" };
    const counted = await countMatches({ range, filters: {} });
    // The log's page tells them apart, so that what leads there from "Attempted" finds the same number.
    expect(counted).toEqual({ all: all.matches, attempted: whole.current.attempted });
    expect(counted?.attempted).toBe(all.rows.length - 1);
    const summary = await product.call("GET", "/api/insights/summary?range=1h&failed=true");
    expect(summary.body.current).toMatchObject({ attempted: 2, errors: 2, refused: 1 });
  });

  test("whatever its form can choose the API takes, and the document says so", async () => {
    const parameters = JSON.stringify(openApiDocument().paths?.["/api/insights/messages"]);
    for (const flag of FLAG_NAMES) {
      expect(parameters).toContain(`"name":"${flag}"`);
      for (const side of ["true", "false"]) {
        const asked = viewOfForm(
          new URLSearchParams({ "set-page": "/messages", "set-fate": `${flag}=${side}` }),
        );
        expect(asked).toBe(`/messages?${flag}=${side}`);
        expect((await log(asked.split("?")[1] ?? "")).rows).toBeDefined();
      }
    }
    for (const name of ["feedback", "feedbackError"]) expect(parameters).toContain(`"name":"${name}"`);
    const changed = viewOfForm(
      new URLSearchParams({ "set-page": "/messages", confirmed: "true", "set-fate": "late=true" }),
    );
    expect(changed, "one at a time").toBe("/messages?late=true");
  });
});

describe("a search", () => {
  const search = (key: unknown, headers: Record<string, string> = {}) =>
    product.call("POST", "/api/insights/messages/search", { key }, headers);

  test("finds a message by its SID, its id, its verification's id and a whole number, with a key alone", async () => {
    for (const key of [
      ids["sid"],
      ids["sid"]?.toLowerCase(),
      ` ${ids["sid"]}\u200b`,
      ids["confirmed"],
      ids["verification"],
      ids["verification"]?.toUpperCase(),
      ids["number"],
    ]) {
      const { status, body } = await search(key);
      const rows = body.rows as Logged[];
      expect([key, status, rows.map(({ id }) => id)]).toEqual([key, 200, [ids["confirmed"]]]);
      expect(rows[0]?.verificationId).toBe(ids["verification"]);
      expect(JSON.stringify(body)).not.toContain(ids["number"]?.slice(1));
    }
    expect((await search(ids["sid"], { Authorization: `Bearer ${OTHER_API_KEY}` })).status).toBe(200);
    expect((await search(ids["sid"], { Authorization: "" })).status).toBe(401);
    expect((await search("SM00000000000000000000000000000000")).body.rows).toEqual([]);
  });

  test.each(["SM123", "12", "", "hello", "SMzz"])("%j is refused with the reason", async (key) => {
    const { status, body } = await search(key);
    expect([status, body.errors?.[0]?.field]).toEqual([422, "key"]);
  });
});

describe("one message", () => {
  test("has its sender, its checks and Twilio's callbacks, numbers masked", async () => {
    const { id, messageId, sid, code, to } = await sent();
    const wrong = otherThan(code);
    await product.check(id, wrong);
    await product.check(id, wrong);
    product.advance(1);
    await product.check(id, code);
    const path = `/api/insights/messages/${messageId}`;
    const statusesOf = ({ callbacks }: MessagePage) =>
      callbacks.map(({ parameters }) => parameters["MessageStatus"]);
    // Of one message they arrive in any order.
    const body = await until(async () => {
      const page = (await product.call("GET", path)).body as MessagePage;
      return ["sent", "delivered"].every((status) => statusesOf(page).includes(status)) ? page : undefined;
    });
    expect(body.message).toMatchObject({ id: messageId, sid, verificationId: id, sender: "+15005550006" });
    expect(body.checks.map(({ verdict, messageId: of }) => [verdict, of])).toEqual([
      ["miss", null],
      ["approved", messageId],
    ]);
    for (const { parameters } of body.callbacks)
      expect(parameters).toMatchObject({
        MessageSid: sid,
        To: `${to.slice(0, -3)}•••`,
        From: "+15005550006",
      });
    expect(JSON.stringify(body)).not.toContain(to.slice(1));
    const document = (await product.call("GET", "/api/openapi.json")).body as Document;
    describedBy(document)("get", "/api/insights/messages/{id}", await product.call("GET", path));
    const found = await product.call("POST", "/api/insights/messages/search", { key: sid });
    describedBy(document)("post", "/api/insights/messages/search", found);
    const { rows } = await product.pool.query("select parameters from status_callback");
    expect(JSON.stringify(rows), "nor in the database").not.toContain(to.slice(1));

    const ofOperators = await readMessageEvidence(messageId, { whole: true });
    expect(ofOperators.callbacks[0]?.parameters["To"]).toBe(to);
    const open = await dispatch(reportRequest(`messages/${messageId}`));
    expect(open.status).toBe(200);
    const read = (await open.json()) as MessagePage;
    expect(read.message.verificationId).toBeNull();
    expect(read.callbacks[0]?.parameters["AccountSid"]).toBe("AC…");
  });

  test("that is none is not found", async () => {
    const nobody = "00000000-0000-7000-8000-000000000000";
    expect((await product.call("GET", `/api/insights/messages/${nobody}`)).status).toBe(404);
    expect((await product.call("GET", "/api/insights/messages/x")).status).toBe(404);
  });
});
