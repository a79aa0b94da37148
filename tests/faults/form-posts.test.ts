/** What is posted to pages: our own forms are carried out, whatever a proxy makes of our name, and nothing else is. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MULTIPART, multipart, readForm, type PageForm } from "@/tests/support/page-form";
import { rawAnswer } from "@/tests/support/raw-request";
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

  test.each([
    ["by scripts", multipart([["0", '["$K1"]']]), { "Next-Action": ACTION }],
    ["without scripts", multipart([[`$ACTION_ID_${ACTION}`, ""]]), {}],
  ])("%s for an action of another build is told so, and the log is not", async (_, body, headers) => {
    const response = await post(body, headers);
    expect([response.status, response.headers.get("x-nextjs-action-not-found")]).toEqual([409, "1"]);
    expect(app.output).not.toContain(ACTION);
  });

  describe("that two parsers would read differently", () => {
    /** The action of the form, what it was drawn with, and the form as scripts post it. */
    const own = () => {
      const value = (name: RegExp) => page.hidden.find(([each]) => name.test(each))?.[1] ?? "";
      const id = /[\da-f]{42}/.exec(value(/:0$/))?.[0] ?? "";
      const [state = ""] = /\{.*\}/.exec(value(/:1$/)) ?? [];
      return {
        id,
        args: `[${state},"$K1"]`,
        form: FIELDS.map(([name, text]): [string, string] => [`_1_${name}`, text]),
      };
    };
    const byScripts = (body: string) => post(body, { "Next-Action": own().id, Cookie: page.cookie });
    const BASE64 =
      'Content-Disposition: form-data; name="a"\r\nContent-Type: application/octet-stream\r\n' +
      "Content-Transfer-Encoding: base64\r\n\r\nMTIz\r\n";
    const typed = (body: string, name: string, type: string) =>
      body.replace(`name="${name}"`, `name="${name}"\r\nContent-Type: ${type}`);

    test("is carried out as scripts post it", async () => {
      const { args, form } = own();
      const response = await byScripts(multipart([...form, ["0", args]]));
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining("We can’t text that number"),
      ]);
    });

    test.each(["0", "00", "0x0", "-0", "", "S0", "1"])("is refused with a field %j beside", async (name) => {
      const { args, form } = own();
      for (const value of [args, "[]", "x"]) {
        expect((await byScripts(multipart([...form, [name, value], ["0", args]]))).status).toBe(400);
        expect((await byScripts(multipart([["0", args], ...form, [name, value]]))).status).toBe(400);
      }
    });

    test.each(["application/octet-stream", "text/plain; charset=utf-16le"])(
      "is read in one way, whatever type a part says: %s",
      async (type) => {
        const { args, form } = own();
        expect((await byScripts(typed(multipart([...form, ["0", args]]), "0", type))).status).toBe(200);
      },
    );

    test("fails at nothing when a part is said to be encoded", async () => {
      const { args, form } = own();
      const body = multipart([...form, ["0", args]]);
      const boundary = body.slice(0, body.indexOf("\r\n") + 2);
      expect((await byScripts(boundary + BASE64 + body)).status).toBe(400);
      const inForm = boundary + BASE64.replace('"a"', '"_1_a"') + body;
      expect((await byScripts(inForm)).status).toBe(200);
    });

    test("is refused with $@01 for what the page gave it", async () => {
      const { id, args } = own();
      const state = args.replace(',"$K1"', "");
      const fields: [string, string][] = [
        ["$ACTION_REF_9", ""],
        ["$ACTION_9:0", JSON.stringify({ id, bound: "$@01" })],
        ["$ACTION_9:01", state],
        ...FIELDS,
      ];
      expect((await post(multipart(fields), { Cookie: page.cookie })).status).toBe(400);
    });
  });
});

test.each([
  "/icon.svg",
  "/icon%2esvg",
  "/world%2Esvg",
  "/.well-known/security.txt",
  "/%2ewell-known/security%2etxt",
  "/_next/static/x.js",
  "/%5fnext/static/x%2ejs",
])("what is posted to a file is refused: %s", async (path) => {
  for (const [type, body] of [
    [MULTIPART, multipart([["a", "b"]])],
    ["application/json", "{}"],
  ] as const) {
    const { status, headers } = await send(
      app.port,
      path,
      { Origin: app.origin, "Content-Type": type },
      body,
    );
    expect([status, headers["allow"]]).toEqual([405, "GET, HEAD"]);
  }
});

test.each([
  ...["/api/../login", "/api/%2e%2e/login", "/api/.%2E/login", "/api/%2e./login", "/api/x/../../login"],
  ...["/api/../icon.svg", "/login/../login", "/./login", "/%2e/login", "/api\\..\\login", "/api/..\\login"],
  ...[
    "/api/%5c..%5clogin",
    "/api%2f..%2flogin",
    "/api/..%2flogin",
    "/api/%252e%252e/login",
    "/api/.\t./login",
  ],
  ...["/api/..", "/..", "/api/..?x", "/api/x#/../login"],
])("an address that leads elsewhere leads nowhere: %j", async (path) => {
  for (const method of ["GET", "POST", "PUT"]) {
    const body = method === "GET" ? "" : multipart([["0", "[{}]"]]);
    const lines = [
      `${method} ${path} HTTP/1.1`,
      "Host: 127.0.0.1",
      "Origin: https://evil.example",
      `Next-Action: ${"40".padEnd(42, "a")}`,
      `Content-Type: ${MULTIPART}`,
      `Content-Length: ${body.length}`,
      "Connection: close",
    ];
    const answer = await rawAnswer(app.port, `${lines.join("\r\n")}\r\n\r\n${body}`);
    // Node itself refuses some of them.
    expect([method, answer.split("\r\n")[0]]).toEqual([method, expect.stringMatching(/ 40[04] /)]);
    expect(answer).toMatch(/^content-type: application\/problem\+json/im);
  }
});

// The last one: of all that was posted.
test("nothing that was posted leaves a fault in the log, or a word of Next's own", () => {
  expect(app.output).not.toMatch(/⨯|uncaught|"level":"(?:error|fatal)"|"status":5\d\d/i);
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
