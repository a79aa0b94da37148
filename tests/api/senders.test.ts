/** What messages are sent from: who may change it, what a message goes by, and what its row says of that. */
import { beforeEach, describe, expect, test } from "vitest";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";
import { textUs } from "@/tests/support/webhook";

const product = useProduct();

const CONFIGURED = "+15005550006";
const SERVICE = `MG${"1".repeat(32)}`;
const NEW = { address: "ACME", channel: "sms", label: "A name", countries: ["DE", "AT", "DE"] };

beforeEach(async () => {
  await product.pool.query("truncate sender, sender_change");
});

const add = (settings: object) => product.call("POST", "/api/senders", settings);
const rows = async () => (await product.call("GET", "/api/senders")).body.rows as { address: string }[];

/** What a start's message was written with, and sent with. */
async function sentTo(to: string, more: object = {}) {
  product.exchanges.length = 0;
  const { status, body } = await product.call("POST", "/api/verifications", { to, ...more });
  const kept = await product.pool.query(
    `select m.sender, m.channel, m.locale, v.sender as first, v.channel as "firstChannel" from message m
     join verification v on v.id = m.verification_id where m.id = $1`,
    [body.messageId],
  );
  const [sent] = product.exchanges.filter((exchange) => exchange.kind === "api");
  return {
    status,
    id: body.id as string,
    kept: kept.rows[0],
    form: sent?.form,
  };
}

describe("the list", () => {
  test("begins with the one in the configuration, which is there without anybody adding it", async () => {
    expect(await rows()).toEqual([
      expect.objectContaining({ address: CONFIGURED, channel: "sms", configured: true, active: true }),
    ]);
    product.advance(1);
    await add(NEW);
    product.configure({ TWILIO_FROM: "", TWILIO_MESSAGING_SERVICE_SID: SERVICE });
    expect((await rows()).map(({ address }) => address)).toEqual([SERVICE, CONFIGURED, "ACME"]);
  });

  test("takes a sender once for each channel, in one spelling", async () => {
    const { status, body } = await add(NEW);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        address: "ACME",
        countries: ["AT", "DE"],
        currency: null,
        configured: false,
      }),
    ]);
    const number = { ...NEW, address: "+1 500 555 0009" };
    expect((await add(number)).body.address).toBe("+15005550009");
    expect((await add({ ...number, channel: "whatsapp" })).body.address).toBe("whatsapp:+15005550009");
    for (const address of ["+15005550009", "whatsapp:+15005550009"]) {
      const channel = address.startsWith("w") ? "whatsapp" : "sms";
      const again = await add({ ...NEW, address, channel });
      expect([again.status, again.body.code]).toEqual([409, "sender_exists"]);
    }
    expect((await product.call("GET", `/api/senders/${body.id}`)).body).toEqual(body);
  });

  test.each([
    ["address", { address: "a name that is too long" }],
    ["address", { address: "ACME", channel: "whatsapp" }],
    ["channel", { channel: "pigeon" }],
    ["label", { label: " " }],
    ["countries", { countries: ["Germany"] }],
    ["contentSid", { contentSid: `HX${"0".repeat(32)}` }],
    ["currency", { currency: "dollars" }],
  ])("refuses what is none, by its field: %s %j", async (field, wrong) => {
    const { status, body } = await add({ ...NEW, ...wrong });
    const { errors } = body as { errors: { field: string }[] };
    expect([status, errors.map((error) => error.field)]).toEqual([422, [field]]);
  });

  test("changes all but what messages are known by, and takes away all but the configured one", async () => {
    const { body: added } = await add(NEW);
    const path = `/api/senders/${added.id}`;
    const changed = await product.call("PUT", path, { ...NEW, label: "Renamed", active: false });
    expect(changed.body).toMatchObject({ id: added.id, label: "Renamed", active: false });
    expect((await product.call("PUT", path, { ...NEW, address: "OTHER" })).status).toBe(404);
    expect((await product.call("DELETE", path)).status).toBe(204);
    expect((await product.call("GET", path)).status).toBe(404);
    expect((await product.call("DELETE", path)).status).toBe(404);
    const [configured] = (await rows()) as unknown as [{ id: string }];
    const refused = await product.call("DELETE", `/api/senders/${configured.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, "sender_configured"]);
  });

  test("is for programs with a key and for operators", async () => {
    for (const method of ["GET", "POST"]) {
      const answer = await product.call(method, "/api/senders", undefined, { Authorization: "Bearer none" });
      expect(answer.status).toBe(401);
    }
  });

  test("each change is kept with who made it, and what is said again is none", async () => {
    const { body: added } = await add({ ...NEW, author: "ana@example.com" });
    const path = `/api/senders/${added.id}`;
    product.advance(1);
    await product.call("PUT", path, { ...NEW, label: "Renamed" });
    await product.call("PUT", path, { ...NEW, label: "Renamed" });
    product.advance(1);
    await product.call("DELETE", path);
    const { body } = await product.call("GET", "/api/senders/changes");
    expect(body.rows).toEqual([
      expect.objectContaining({ author: "API", after: null }),
      expect.objectContaining({
        author: "API",
        before: expect.objectContaining({ label: "A name" }),
        after: expect.objectContaining({ label: "Renamed" }),
      }),
      expect.objectContaining({
        author: "ana@example.com",
        senderId: added.id,
        before: null,
        after: expect.objectContaining({ address: "ACME", countries: ["AT", "DE"], currency: null }),
      }),
    ]);
  });
});

describe("a message", () => {
  test("goes by the configured sender, in the language of its country or the one asked for", async () => {
    expect(await sentTo(product.number())).toMatchObject({
      status: 201,
      form: expect.objectContaining({ From: CONFIGURED }),
      kept: { sender: CONFIGURED, channel: "sms", locale: "en", first: CONFIGURED, firstChannel: "sms" },
    });
    expect((await sentTo(product.number(), { locale: "pt-BR" })).kept.locale).toBe("pt");
    // Nobody wrote a text in it.
    expect((await sentTo(product.number(), { locale: "fi" })).kept.locale).toBe("en");
  });

  test("goes by the first that may serve its country, from the next message on", async () => {
    const [configured] = (await rows()) as unknown as [{ id: string }];
    const limited = { address: CONFIGURED, channel: "sms", label: "Elsewhere", countries: ["BR"] };
    await product.call("PUT", `/api/senders/${configured.id}`, limited);
    const { body: service } = await add({ ...NEW, address: SERVICE, countries: [] });
    product.advance(1);
    await add({ ...NEW, countries: ["US"] });
    expect(await sentTo(product.number())).toMatchObject({ form: { MessagingServiceSid: SERVICE } });
    await product.call("PUT", `/api/senders/${service.id}`, { ...NEW, address: SERVICE, active: false });
    const { id, ...first } = await sentTo(product.number());
    expect(first).toMatchObject({ form: { From: "ACME" }, kept: { sender: "ACME", first: "ACME" } });
    // Where none may, the configured one does; a resend chooses anew, and the verification counts where it began.
    await product.pool.query("delete from sender where address = 'ACME'");
    product.advance(60);
    const resent = await product.call("POST", `/api/verifications/${id}/messages`);
    const { rows: kept } = await product.pool.query(
      `select m.sender, v.sender as first from message m join verification v on v.id = m.verification_id where m.id = $1`,
      [resent.body.messageId],
    );
    expect(kept).toEqual([{ sender: CONFIGURED, first: "ACME" }]);
  });

  test("of a Messaging Service says which number Twilio picked, and a reply to that one is found", async () => {
    await product.call("GET", "/api/senders");
    await product.pool.query("update sender set active = false");
    await add({ ...NEW, address: SERVICE, countries: [] });
    const to = product.number();
    const { id } = await sentTo(to, { action: "reply" });
    const picked = await until(async () => {
      const { rows: found } = await product.pool.query<{ from: string | null }>(
        `select sent_from as "from" from message where verification_id = $1`,
        [id],
      );
      return found[0]?.from ?? undefined;
    });
    expect(picked).toMatch(/^\+\d+$/);
    expect(await textUs(product, to, "YES", { To: picked })).toContain("confirmed");
    expect((await product.call("GET", `/api/verifications/${id}`)).body.status).toBe("approved");
    const { body } = await product.call("GET", `/api/insights/messages?sender=${SERVICE}&limit=1`);
    expect(body.rows[0]).toMatchObject({ sender: SERVICE, channel: "sms", sentFrom: picked, locale: "en" });
  });
});
