/** What is posted to pages: our own forms are carried out, whatever a proxy makes of our name, and nothing else is. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MULTIPART, multipart, readForm, type PageForm } from "@/tests/support/page-form";
import { send } from "@/tests/support/send";

let database: TestDatabase;
let app: AppProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  // Nothing is sent here: there is no Twilio.
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin: "http://127.0.0.1:9" });
  await app.start();
});

afterAll(async () => {
  await app?.kill();
  await database?.drop();
});

describe("a post to a page", () => {
  let page: PageForm;
  beforeAll(async () => {
    page = await readForm(`${app.origin}/login`, "number");
  });

  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${app.origin}/login`, {
      method: "POST",
      headers: { Origin: app.origin, "Content-Type": MULTIPART, ...headers },
      body: new Uint8Array(Buffer.from(body)),
      redirect: "manual",
    });
  const FIELDS: [string, string][] = [
    ["country", "US"],
    ["number", "1"],
  ];
  const filled = () => multipart([...page.hidden, ...FIELDS]);

  test("that is a form of ours is carried out", async () => {
    const response = await post(filled(), { Cookie: page.cookie });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("We can’t text that number");
  });

  test.each([
    ["from another site", { Origin: "https://evil.example" }],
    ["from another port", { Origin: "http://127.0.0.1:1" }],
    ["of which its browser says nothing", { Origin: "" }],
    ["from what is no origin", { Origin: "%" }],
    [
      "from another site whose proxy calls it ours",
      { Origin: "https://evil.example", "X-Forwarded-Host": "evil.example" },
    ],
    ["from another site's sandbox", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
  ])("%s is refused", async (_, headers) => {
    const response = await post(filled(), headers);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining("not sent by a page of ours"),
    ]);
  });

  test("from a page that tells nobody where it is is carried out", async () => {
    expect((await post(filled(), { Origin: "null", "Sec-Fetch-Site": "same-origin" })).status).toBe(200);
  });

  const ACTION = "40".padEnd(42, "a");
  test.each<[string, string | Buffer, Record<string, string>, number]>([
    ["that is empty", "", {}, 400],
    ["that is garbage", "\u0000\u0001garbage", {}, 400],
    ["that ends in the middle", multipart(FIELDS).slice(0, 60), {}, 400],
    ["without a boundary", multipart(FIELDS), { "Content-Type": "multipart/form-data" }, 400],
    ["with a U+0000 in a field", multipart([["number", "1\u0000"]]), {}, 400],
    ["with a file", multipart(FIELDS).replace('name="number"', 'name="number"; filename="x"'), {}, 400],
    [
      "whose bound action is garbage",
      multipart([
        ["$ACTION_REF_1", ""],
        ["$ACTION_1:0", "{"],
      ]),
      {},
      400,
    ],
    ["that is too large", multipart([["a", "y".repeat(17_000)]]), {}, 413],
    ["that is much too large", multipart([["a", "y".repeat(500_000)]]), {}, 413],
    ["that is text", "[]", { "Content-Type": "text/plain", "Next-Action": ACTION }, 400],
    ["that is text for no action", "[]", { "Content-Type": "text/plain" }, 415],
    ["that is JSON for an action", "[]", { "Content-Type": "application/json", "Next-Action": ACTION }, 415],
    ["of the other kind of form", "a=b", { "Content-Type": "application/x-www-form-urlencoded" }, 415],
    ["for an action that is none", multipart(FIELDS), { "Next-Action": "[]" }, 400],
    ["with arguments that are none", multipart([["0", "[null,null]"]]), { "Next-Action": ACTION }, 400],
    [
      "with arguments beyond all depth",
      multipart([["0", "[".repeat(9_000)]]),
      { "Next-Action": ACTION },
      400,
    ],
  ])("%s is told what is wrong with it", async (_, body, headers, status) => {
    const response = await post(body, headers);
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(/\w/)]);
  });

  test("for an action of another build is told that there is none", async () => {
    const response = await post(multipart([["0", '["$K1"]']]), { "Next-Action": ACTION });
    expect([response.status >= 400, response.status < 500]).toEqual([true, true]);
  });
});

describe("behind a proxy, under https", () => {
  const PUBLIC = "https://otp.example.com";
  let proxied: AppProcess;

  beforeAll(async () => {
    proxied = await AppProcess.prepare({
      databaseUrl: database.url,
      twilioOrigin: "http://127.0.0.1:9",
      env: { PUBLIC_BASE_URL: PUBLIC, TRUSTED_PROXIES: "1" },
    });
    await proxied.start();
  });
  afterAll(() => proxied?.kill());

  test.each<Record<string, string>>([
    {},
    { Host: "127.0.0.1:3977" },
    { "X-Forwarded-Host": "otp.example.com" },
    { "X-Forwarded-Host": "otp.example.com:443", "X-Forwarded-Proto": "https" },
    { Host: "localhost", "X-Forwarded-Host": "app.internal:3000", "X-Forwarded-Proto": "https" },
    { "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" },
  ])("a form's origin is what PUBLIC_BASE_URL says, whatever the proxy does: %j", async (headers) => {
    const page = await readForm(`${proxied.origin}/login`, "number");
    const body = multipart([...page.hidden, ["country", "US"], ["number", "1"]]);
    const more = {
      ...headers,
      "X-Forwarded-For": "192.0.2.1",
      "Content-Type": MULTIPART,
      Cookie: page.cookie,
    };
    const own = await send(proxied.port, "/login", { ...more, Origin: PUBLIC }, body);
    expect([own.status, own.text]).toEqual([200, expect.stringContaining("We can’t text that number")]);
    for (const Origin of ["https://evil.example", proxied.origin, "https://app.internal:3000"]) {
      expect((await send(proxied.port, "/login", { ...more, Origin }, body)).status).toBe(403);
    }
    expect(proxied.output).not.toContain("Server Actions request");
  });

  test.each(["/login", "/api/livez", "/icon.svg", "/nope.html", "/%"])(
    "%s is for https only",
    async (path) => {
      const { headers } = await send(proxied.port, path, {});
      expect(headers["strict-transport-security"]).toBe("max-age=31536000");
    },
  );
});
