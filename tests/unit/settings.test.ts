/** Settings that used to be taken for something else in silence. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addressIn } from "@/lib/client-address";
import { env, setEnv } from "@/lib/env";
import { brandCost } from "@/lib/messaging/brand-cost";
import { segmentsOf } from "@/lib/messaging/segments";
import { productionFaults, productionWarnings } from "@/lib/production";
import { databaseSettings, searchPath } from "@/lib/settings/database-url";
import { readTestNumbers } from "@/lib/settings/test-numbers";
import { countSegments } from "@/simulator/twilio/segments";

afterEach(() => setEnv({}));

describe("DATABASE_URL", () => {
  const URL = "postgresql://otp:p%3Fw@db.example/otp";

  test("tells pg nothing of what is Prisma's, and everything else as it was", () => {
    const url = `${URL}?schema=tenant%201&options=-c%20jit%3Doff&sslmode=require&connection_limit=7&connect_timeout=3&pgbouncer=false`;
    expect(databaseSettings(url)).toEqual({
      connectionString: `${URL}?options=-c%20jit%3Doff&sslmode=require`,
      schema: "tenant 1",
      connectionLimit: 7,
      connectTimeoutMs: 3_000,
      pooler: false,
    });
    expect(databaseSettings(URL)).toMatchObject({ connectionString: URL, schema: undefined });
    expect(databaseSettings(`${URL}?schema=a`).connectionString).toBe(URL);
    expect(databaseSettings(`${URL}?pgbouncer=true`).connectionString).toBe(URL);
  });

  test("names a schema that is quoted whatever it is called", () => {
    const path = (schema: string) =>
      searchPath(databaseSettings(`${URL}?schema=${encodeURIComponent(schema)}`));
    expect(path("a'; drop schema public; --")).toBe(`set search_path to "a'; drop schema public; --"`);
    expect(path("Größe")).toBe('set search_path to "Größe"');
    expect(searchPath(databaseSettings(URL))).toBe("");
  });

  test.each([
    "schema=",
    "schema=a&schema=b",
    `schema=${"x".repeat(64)}`,
    "schema=a%22b",
    "schema=pg_catalog",
    "schema=information_schema",
    "schema=a&pgbouncer=true",
    "pgbouncer=yes",
    "connection_limit=0",
    "connection_limit=many",
    "connect_timeout=-1",
    "pool_timeout=10",
    "socket_timeout=10",
    "statement_cache_size=0",
    "single_use_connections=true",
    "sslaccept=strict",
    "sslidentity=id.p12",
    "sslpassword=secret",
  ])("is refused by name with %s, and without what is in it", (query) => {
    const told = () => setEnv({ DATABASE_URL: `${URL}?${query}` });
    expect(told).toThrow(new RegExp(`^Configuration: DATABASE_URL .*${query.split("=")[0]}`));
    expect(told).not.toThrow(/p%3Fw|secret|db\.example/);
  });
});

describe("TWILIO_FROM", () => {
  test.each([
    ["+1 500 555 0006", "+15005550006"],
    ["+1 (500) 555-0006", "+15005550006"],
    ["(+1) 500.555.0006", "+15005550006"],
    ["\u202a+1\u00a0500\u202f555\u20110006\u202c", "+15005550006"],
    ["＋１５００５５５０００６", "+15005550006"],
    [" +44 20 7183 8750\t", "+442071838750"],
    ["22395", "22395"],
    ["223 95", "223 95".replace(" ", "")],
    ["ACME", "ACME"],
    [" Acme Bank ", "Acme Bank"],
    ["A1-b_C&d", "A1-b_C&d"],
  ])("%j is the sender %s", (text, sender) => {
    setEnv({ TWILIO_FROM: text });
    expect(env().TWILIO_FROM).toBe(sender);
  });

  test.each([
    "0044 7400 123456",
    "15005550006",
    "+1 500",
    "+15005550006 ext. 2",
    "whatsapp:+15005550006",
    "rcs:brand",
    `MG${"a".repeat(32)}`,
    "A very long name",
    "Größe",
    "ünï",
    "👍",
    " ",
  ])("%j is refused by name", (text) => {
    expect(() => setEnv({ TWILIO_FROM: text })).toThrow(/^Configuration: TWILIO_FROM /);
  });
});

describe("an origin", () => {
  test.each([
    ["https://otp.example.com/auth", "a path"],
    ["https://otp.example.com/a/", "a path"],
    ["https://otp.example.com//", "a path"],
    ["https://otp.example.com/?x=1", "a query"],
    ["https://otp.example.com?x", "a query"],
    ["https://otp.example.com/#top", "a fragment"],
    ["https://user:pass@otp.example.com", "a name before the host"],
    ["https://user@otp.example.com/auth?x", "a path and a query and a name before the host"],
  ])("%s is refused, in each of its variables: it has %s", (url, what) => {
    for (const name of ["PUBLIC_BASE_URL", "REDIRECT_ORIGINS"]) {
      const told = () => setEnv({ [name]: url });
      expect(told).toThrow(new RegExp(`^Configuration: ${name} must be an origin .*it has ${what}$`));
      expect(told).not.toThrow(/pass/);
    }
  });

  test.each(["https://otp.example.com", "https://otp.example.com/", "HTTPS://OTP.example.com:443/"])(
    "%s is one",
    (url) => {
      setEnv({ PUBLIC_BASE_URL: url });
      expect(env().PUBLIC_BASE_URL).toBe("https://otp.example.com");
    },
  );
});

test.each(["OFF", "false", "0", "no", "of"])("LOOPS=%s is refused by name", (value) => {
  expect(() => setEnv({ LOOPS: value })).toThrow("Configuration: LOOPS must be on or off");
});

test("all that is wrong, missing and unsafe is said at once, each variable once", () => {
  expect(() =>
    setEnv({
      DATABASE_URL: "postgresql:///otp?pool_timeout=3",
      CODE_LENGTH: "six",
      LOOPS: "maybe",
      ALLOWED_COUNTRIES: "UK",
      REDIRECT_ORIGINS: "https://a.example/x,https://b.example",
      TWILIO_FROM: "+15005550006",
      TWILIO_MESSAGING_SERVICE_SID: `MG${"a".repeat(32)}`,
      OPERATORS: "0044 7400 123456",
      API_KEYS: "short",
    }),
  ).toThrow(/CODE_LENGTH .*LOOPS/);
  const names = productionFaults().map((sentence) => sentence.split(" ")[0]);
  expect(names.sort()).toEqual([
    "ALLOWED_COUNTRIES",
    "API_KEYS",
    "CODE_LENGTH",
    "DATABASE_URL",
    "LOOPS",
    "OPERATORS",
    "PUBLIC_BASE_URL",
    "REDIRECT_ORIGINS",
    "SECRET_KEY",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM",
  ]);
});

describe("BRAND_NAME", () => {
  beforeEach(() => setEnv({ PUBLIC_BASE_URL: "https://login.example.com" }));

  const costOf = (BRAND_NAME: string) => {
    setEnv({ BRAND_NAME, PUBLIC_BASE_URL: "https://login.example.com" });
    return brandCost();
  };

  test.each(["OTP Insights", "Café 24", "Müller & Co", "ÅÄÖ", "Zoe € 24"])("%s costs nothing", (name) => {
    expect(costOf(name)).toBeNull();
  });

  test.each([
    ["Banco São João", "ã"],
    ["L’Oréal", "’"],
    ["Pay😀", "😀"],
    ["Zoë & Co €", "ë"],
  ])("%s is warned of, with what is to blame and the figures", (name, letter) => {
    const words = costOf(name) ?? "";
    expect(words).toContain(`${letter} is not in the alphabet of SMS`);
    expect(words).toMatch(/code in en.*: 2 SMS instead of 1, 2 times the price/);
    expect(productionWarnings().filter((each) => each.startsWith("BRAND_NAME "))).toEqual([
      `BRAND_NAME is doubtful: ${words}`,
    ]);
  });

  test("that is long is warned of where it makes one more SMS", () => {
    expect(costOf("W".repeat(30))).toMatch(/^it is long, .* SMS instead of/);
  });

  test("is counted as Twilio's stand-in counts", () => {
    for (const text of [
      "",
      "a".repeat(160),
      "a".repeat(161),
      "€".repeat(81),
      "ã".repeat(71),
      "😀".repeat(68),
    ]) {
      expect(segmentsOf(text)).toBe(countSegments(text));
    }
  });
});

test.each([
  ["203.0.113.7:51234", "203.0.113.7"],
  [" 203.0.113.7 ", "203.0.113.7"],
  ["[2001:db8::1]:443", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ['"[2001:DB8::1]:443"', "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["[fe80::1%25eth0]:80", "fe80::1"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["[::ffff:203.0.113.7]:80", "203.0.113.7"],
  ["999.1.1.1", undefined],
  ["203.0.113.7, 203.0.113.8", undefined],
  ["unknown", undefined],
])("the address in %s is %s", (text, address) => {
  expect(addressIn(text)).toBe(address);
});

describe("TEST_NUMBERS", () => {
  test("are numbers with a code each, until the end of a day in UTC", () => {
    expect(readTestNumbers(" +12015550100=123456@2027-01-31, +447700900123=000001@2028-02-29,")).toEqual({
      numbers: [
        {
          number: "+12015550100",
          code: "123456",
          lastDay: "2027-01-31",
          until: new Date("2027-02-01T00:00:00Z"),
        },
        {
          number: "+447700900123",
          code: "000001",
          lastDay: "2028-02-29",
          until: new Date("2028-03-01T00:00:00Z"),
        },
      ],
    });
    expect(readTestNumbers("")).toEqual({ numbers: [] });
  });

  test("say what is wrong in which entry, and how to write it, but no number and no code", () => {
    const first = "+12015550100=123456@2027-01-31";
    const why = (entry: string) => {
      const reading = readTestNumbers(`${first},${entry}`);
      return "why" in reading ? reading.why : "";
    };
    expect(why("+12015550101=987654")).toMatch(/number=code@last day.*second entry/);
    expect(why("+12015550101=987654@2027-02-31")).toMatch(/day such as 2027-01-31.*second entry/);
    expect(why("+1201=987654@2027-01-31")).toMatch(/with \+ and the country's code.*second entry/);
    expect(why(first)).toMatch(/name each once.*second entry/);
    for (const entry of ["+12015550101=987654", "+12015550101=98765x@2027-01-31"]) {
      expect(why(entry)).not.toMatch(/12015550101|9876/);
    }
  });
});
