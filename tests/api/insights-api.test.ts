/** What programs may ask of the reports, who may, and how pages, files and the message log look. */
import { Temporal } from "temporal-polyfill";
import { v7 as uuid } from "uuid";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSessionOf, sessionCookieName } from "@/lib/account/session";
import { secondsAfter, setClock } from "@/lib/clock";
import { recordStatus } from "@/lib/delivery/record-status";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { SORT_KEYS } from "@/lib/insights/reports/destinations";
import { rebuildCells } from "@/lib/insights/counting/rebuild";
import { retain } from "@/lib/insights/counting/retention";
import { checkVerification } from "@/lib/verification/check";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/terms/durations";
import { insertHistory, insertPending, type Batch } from "@/tests/support/insights-database";
import {
  AS_PROGRAM,
  csvRecords,
  parseCsv,
  report,
  reportFile,
  reportRequest,
  type Body,
  type Row as ReportRow,
} from "@/tests/support/insights-reports/request";
import { fileDifferences } from "@/tests/support/insights-reports/row";
import { look, type Seen } from "@/tests/support/insights-recount";
import { useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";

const product = useProduct();

const NOW = new Date("2026-06-15T12:00:00Z");
const FROM = "2026-06-08";
const TO = "2026-06-15";
const WEEK = { from: FROM, to: TO };
const WEEK_TO_NOW = { from: FROM, to: NOW.toISOString() };
const ODD_NETWORKS = ['=HYPERLINK("http://evil.example")', '+Plus, "Net"', "-1+2", "Línea\nNueva"];

/** Two weeks of messages to a dozen countries, some of them with few; and networks whose names are no names. */
function history(): Batch[] {
  const countries = ["BR", "DE", "FR", "GB", "IN", "IT", "MX", "NG", "PK", "US", "VN", "ZA"];
  const batches = countries.flatMap((country, c): Batch[] => {
    const attempted = c % 3 === 0 ? 4 : 12 + c;
    return [-13, -11, -9, -6, -4, -2].map((day, d) => ({
      at: secondsAfter(NOW, day * DAY_SECONDS + c * 1800),
      country,
      network: ["Alpha", "Beta", null][d % 3]!,
      attempted,
      // Of two countries the same, so that their names decide; of some less than a week before.
      confirmed: Math.max(0, attempted - (c % 5) - (day > -8 && c === 1 ? 9 : 0)),
      failed: day > -8 && c === 1 ? 8 : 1,
      errorCode: 30003,
      late: c % 4 === 0 ? 1 : 0,
      deliverySeconds: 2 + c,
    }));
  });
  const odd = ODD_NETWORKS.map((network, n) => ({
    at: secondsAfter(NOW, -3 * DAY_SECONDS),
    country: "SE",
    network,
    attempted: 2 + n,
    confirmed: 1,
  }));
  return [...batches, ...odd];
}

let seen: Seen;

beforeAll(async () => {
  await insertHistory(product.pool, history());
  await product.pool.query(
    `update message set price = -0.0075, price_unit = case when country = 'DE' then 'EUR' else 'USD' end
     where country <> 'ZA'`,
  );
  await product.pool.query(
    "update message set sid = null, status = null, refused_at = requested_at, error_code = 21211 where country = 'PK' and confirmed_at is null",
  );
  seen = await look(product.pool);
});

beforeEach(() => setClock(() => NOW));

describe("a parameter that is wrong is refused by name, with what is allowed", () => {
  const year = { from: "2025-06-01", to: "2026-06-01" };
  test.each<[string, Record<string, string | string[]>, string, RegExp]>([
    ["summary", { nope: "1" }, "nope", /not known here; there are .*country/],
    ["messages", { sort: "attempted" }, "sort", /not known here; there are .*status/],
    ["summary", { tz: "Mars/Olympus" }, "tz", /IANA time zone such as/],
    ["summary", { tz: "+05:30" }, "tz", /IANA time zone such as/],
    ["summary", { tz: ["UTC", "UTC"] }, "tz", /once/],
    ["summary", { from: [FROM, FROM] }, "from", /once/],
    ["summary", { compare: ["none", "week"] }, "compare", /once/],
    ["summary", { from: TO, to: FROM }, "from", /before `to`/],
    ["summary", { from: FROM, to: FROM }, "from", /before `to`/],
    ["summary", { from: "yesterday" }, "from", /a date such as/],
    ["summary", { from: "2026-06-01T10:00" }, "from", /with its offset/],
    ["summary", { from: "2026-02-30" }, "from", /a date such as/],
    ["summary", { to: "2026-13-01" }, "to", /a date such as/],
    ["summary", { from: "2000-01-01", to: "2026-01-01" }, "from", /no more than \d+ days/],
    ["summary", { from: "0000-01-01", to: "0000-02-01" }, "from", /from 1970 to 2199/],
    ["summary", { from: "-200000-01-01T00:00Z", to: "-200000-01-02T00:00Z" }, "from", /from 1970 to 2199/],
    ["summary", { from: "+275000-01-01T00:00Z", to: "+275000-01-02T00:00Z" }, "from", /from 1970 to 2199/],
    ["timeseries", { ...year, interval: "quarter-hour" }, "interval", /\d+ buckets.*the most is 2200/],
    ["timeseries", { interval: "fortnight" }, "interval", /one of quarter-hour, hour, day, week, month/],
    ["summary", { compare: "yesterday" }, "compare", /one of previous, week, none/],
    ["summary", { country: "BRA" }, "country", /ISO 3166-1/],
    ["summary", { country: ["BR", "B1"] }, "country", /ISO 3166-1/],
    ["summary", { "country!": "" }, "country!", /ISO 3166-1/],
    ["summary", { block: "12" }, "block", /without its last three digits/],
    ["summary", { "block!": "+55119876543210" }, "block!", /without its last three digits/],
    ["summary", { action: "sms" }, "action", /one of code, link, temporary_password, reply/],
    ["summary", { network: "" }, "network", /./],
    ["summary", { network: "\u0000" }, "network", /a network's name/],
    ["messages", { "network!": "a\u0000b" }, "network!", /a network's name/],
    ["summary", { status: "lost" }, "status", /one of accepted, scheduled/],
    ["destinations", { errorCode: ["30003", "x"] }, "errorCode", /Twilio's codes/],
    ["timeseries", { confirmed: ["true", "false"] }, "confirmed", /once/],
    ["destinations/BR", { country: "DE" }, "country", /not known here/],
    ["destinations/BR", { "country!": "BR" }, "country!", /not known here/],
    ["summary", { from: "2026-06-08T00:00:00 5" }, "from", /%2B/],
    ["summary", { format: "xml" }, "format", /json or csv/],
    ["destinations", { sort: "size" }, "sort", /one of country, network, sender, channel, locale, attempted/],
    ["destinations", { by: "planet" }, "by", /one of country, network, sender, channel, locale/],
    ["destinations", { limit: "0" }, "limit", /1/],
    ["destinations", { limit: "1001" }, "limit", /1000/],
    ["destinations", { limit: "many" }, "limit", /whole number from 1 to 1000/],
    ["destinations", { cursor: "nonsense" }, "cursor", /nextCursor/],
    ["messages", { limit: "0" }, "limit", /1/],
    ["messages", { limit: "201" }, "limit", /200/],
    ["messages", { limit: "1.5" }, "limit", /whole number/],
    ["messages", { status: "lost" }, "status", /one of accepted, scheduled/],
    ["messages", { errorCode: "E1" }, "errorCode", /Twilio's codes/],
    ["messages", { confirmed: "maybe" }, "confirmed", /true or false/],
    ["messages", { cursor: "nonsense" }, "cursor", /nextCursor/],
    ["blocks", { limit: "0" }, "limit", /1/],
    ["blocks", { cursor: "nonsense" }, "cursor", /nextCursor/],
    ["changes", { limit: "11" }, "limit", /10/],
    ["alerts", { compare: "week" }, "compare", /not known here/],
    ["alerts", { network: "Alpha" }, "network", /not known here/],
    ["feedback", { interval: "day" }, "interval", /not known here/],
    ["errors", { country: "Brazil" }, "country", /ISO 3166-1/],
  ])("%s with %j", async (path, params, field, allowed) => {
    const response = await dispatch(reportRequest(path, params));
    const body = (await response.json()) as { code: string; errors?: { field: string; message: string }[] };
    expect([response.status, body.code], JSON.stringify(body)).toEqual([422, "invalid_request"]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(body.errors).toContainEqual({ field, message: expect.stringMatching(allowed) });
  });

  test("a cursor of a table in another order is refused", async () => {
    const { nextCursor } = await report("destinations", { ...WEEK, sort: "country", limit: "2" });
    const next = { ...WEEK, cursor: nextCursor, limit: "2" };
    expect((await dispatch(reportRequest("destinations", { ...next, sort: "country" }))).status).toBe(200);
    for (const order of [{}, { sort: "-country" }, { sort: "country", by: "network" }]) {
      const response = await dispatch(reportRequest("destinations", { ...next, ...order }));
      const body = (await response.json()) as Body;
      expect([response.status, body["errors"][0].field]).toEqual([422, "cursor"]);
    }
  });

  test("a destination that is no country is not found, in lower case it is", async () => {
    expect((await dispatch(reportRequest("destinations/Brazil"))).status).toBe(404);
    expect((await report("destinations/br", WEEK))["country"]).toBe("BR");
  });
});

/** A session of a number's, as its browser sends it. */
async function cookieOf(number: string): Promise<Record<string, string>> {
  const id = uuid();
  await product.pool.query(
    "insert into account (id, number, country, created_at) values ($1, $2, 'US', $3)",
    [id, number, NOW],
  );
  const { token } = await openSessionOf(id, null);
  return { cookie: `${sessionCookieName()}=${token}` };
}

describe("who may read", () => {
  const PATHS = [
    "summary",
    "timeseries",
    "destinations",
    "destinations/BR",
    "blocks",
    "errors",
    "messages",
    "feedback",
    "alerts",
    "changes",
  ];
  const OPERATOR = "+14155550100";
  const OTHER = "+14155550101";
  const closed = () => product.configure({ DASHBOARD_ACCESS: "operators", OPERATORS: OPERATOR });
  const status = async (path: string, headers?: Record<string, string>) =>
    (await dispatch(reportRequest(path, {}, headers))).status;

  test.each(PATHS)(
    "%s: nobody without a key where it is for operators, everybody where it is open",
    async (path) => {
      expect(await status(path)).toBe(200);
      closed();
      expect(await status(path)).toBe(401);
      expect(await status(path, { authorization: "Bearer wrong" })).toBe(401);
      expect(await status(path, { authorization: "Bearer test-key-0123456789abcdef" })).toBe(200);
    },
  );

  test("an operator's session does, another's does not, and a wrong key is never made up for", async () => {
    closed();
    const operator = await cookieOf(OPERATOR);
    const other = await cookieOf(OTHER);
    expect(await status("summary", operator)).toBe(200);
    expect(await status("summary", other)).toBe(401);
    expect(await status("summary", { cookie: `${sessionCookieName()}=nonsense` })).toBe(401);
    expect(await status("summary", { ...operator, authorization: "Bearer wrong" })).toBe(401);
    setClock(() => secondsAfter(NOW, 8 * DAY_SECONDS));
    expect(await status("summary", operator)).toBe(401);
  });

  test("nothing can be written", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const request = new Request(reportRequest("summary"), { method });
      expect((await dispatch(request)).status).toBe(405);
    }
  });
});

describe("pages of destinations", () => {
  const RANKED = ["conversion", "successRate", "change", "lost", "timeToConfirm", "costPerConversion"];

  async function pages(sort: string, by: string): Promise<ReportRow[]> {
    const rows: ReportRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await report("destinations", {
        ...WEEK,
        compare: "previous",
        by,
        sort,
        limit: "4",
        cursor,
      });
      expect(page.rows.length).toBeLessThanOrEqual(4);
      rows.push(...page.rows);
      cursor = (page["nextCursor"] as string | null) ?? undefined;
    } while (cursor);
    return rows;
  }

  const valueOf: Record<string, (row: ReportRow) => unknown> = {
    change: (row) => row.change.conversion,
    lost: (row) => row.change.lost,
    timeToConfirm: (row) => row.timeToConfirm?.p50,
    spend: (row) => inDollars(row)?.amount,
    costPerConversion: (row) => inDollars(row)?.costPerConversion,
  };

  /** Most is spent in it; what is spent in other currencies cannot be compared. */
  const inDollars = ({ spend }: { spend: ReportRow[] }): ReportRow =>
    spend.find(({ currency }) => currency === "USD");

  test.each(SORT_KEYS.flatMap((key) => [key, `-${key}`]))(
    "by %s go through all rows once, in order, those without a rank last",
    async (sort) => {
      const key = sort.replace("-", "");
      for (const by of ["country", "network"]) {
        const rows = await pages(sort, by);
        const all = await report("destinations", { ...WEEK, compare: "previous", by, sort });
        expect(rows).toEqual(all.rows);
        const names = rows.map((row) => `${row.country} ${row.network}`);
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBe(all["count"]);
        const values = rows.map((row) => {
          const value = (valueOf[key] ?? ((given: ReportRow) => given[key]))(row);
          return RANKED.includes(key) && row.lowSample ? null : (value ?? null);
        });
        const ranked = values.filter((value) => value !== null) as number[];
        expect(values.slice(ranked.length).every((value) => value === null)).toBe(true);
        const descending = sort.startsWith("-");
        const ordered = ranked.every((value, i) => {
          const before = ranked[i - 1];
          return before === undefined || (descending ? before >= value : before <= value);
        });
        expect(ordered, JSON.stringify(ranked)).toBe(true);
      }
    },
  );

  test("there are low samples to be last, and rows that only a name tells apart", async () => {
    const { rows } = await report("destinations", WEEK);
    expect(rows.some((row) => row.lowSample)).toBe(true);
    expect(rows.some((row) => !row.lowSample)).toBe(true);
    const attempted = rows.map((row) => row.attempted);
    expect(new Set(attempted).size).toBeLessThan(attempted.length);
  });
});

describe("the range compared with", () => {
  test("is the stretch right before, the same time whole weeks before, or none", async () => {
    const days = { from: "2026-06-11", to: "2026-06-14" };
    const previous = await report("summary", { ...days, compare: "previous" });
    expect(previous["previousRange"]).toEqual({
      from: "2026-06-08T00:00:00.000Z",
      to: "2026-06-11T00:00:00.000Z",
      tz: "UTC",
    });
    const week = await report("summary", { ...days, compare: "week" });
    expect(week["previousRange"]).toMatchObject({
      from: "2026-06-04T00:00:00.000Z",
      to: "2026-06-07T00:00:00.000Z",
    });
    const none = await report("summary", { ...days, compare: "none" });
    expect([none["previousRange"], none["previous"], none["change"]]).toEqual([null, null, null]);
    for (const { previousRange, previous: row } of [previous, week]) {
      const counted = seen.messages.filter(
        ({ requestedAt, sid }) =>
          sid && requestedAt >= new Date(previousRange.from) && requestedAt < new Date(previousRange.to),
      );
      expect(row.attempted).toBe(counted.length);
    }
  });

  test("without a range it is the last 28 days, whole ones, and today up to the quarter-hour that lasts", async () => {
    setClock(() => new Date("2026-06-15T12:01:00Z"));
    const { range, previousRange } = await report("summary");
    expect(range).toEqual({ from: "2026-05-18T00:00:00.000Z", to: "2026-06-15T12:15:00.000Z", tz: "UTC" });
    expect(previousRange.to).toBe(range.from);
  });
});

describe("a report as a file", () => {
  const REPORTS: [string, Record<string, string>, (body: Body) => unknown[]][] = [
    ["summary", WEEK, ({ current, previous }) => [current, previous]],
    ["timeseries", { ...WEEK, interval: "day" }, ({ rows }) => rows],
    ["destinations", WEEK, ({ rows }) => rows],
    ["destinations", { ...WEEK, by: "network" }, ({ rows }) => rows],
    ["destinations/SE", WEEK, ({ networks }) => networks],
    ["blocks", WEEK, ({ rows }) => rows],
    ["errors", WEEK, ({ rows }) => rows],
    ["messages", { ...WEEK, limit: "200", country: "FR" }, ({ rows }) => rows],
    ["feedback", WEEK, (body) => [body]],
    ["changes", WEEK, ({ rows }) => rows],
  ];

  test.each(REPORTS)("%s %j says what the JSON says, in every cell", async (path, params, rowsOf) => {
    const rows = rowsOf(await report(path, params)) as ReportRow[];
    expect(rows.length).toBeGreaterThan(0);
    expect(fileDifferences(rows, await reportFile(path, params))).toEqual([]);
  });

  test("comes for the parameter or the header, as an attachment with its range in its name", async () => {
    for (const request of [
      reportRequest("destinations", { ...WEEK, format: "csv" }),
      reportRequest("destinations", WEEK, { accept: "text/csv" }),
    ]) {
      const response = await dispatch(request);
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
      expect(response.headers.get("content-disposition")).toBe(
        'attachment; filename="destinations-2026-06-08-2026-06-15.csv"',
      );
      const text = await response.text();
      expect(text.split("\r\n")[0]).toMatch(/^country,attempted,statusOk,.*,change\.lost$/);
      expect(text.endsWith("\r\n")).toBe(true);
    }
    const json = await dispatch(
      reportRequest("destinations", { ...WEEK, format: "json" }, { accept: "text/csv" }),
    );
    expect(json.headers.get("content-type")).toContain("application/json");
  });

  test.each([
    ["text/csv, application/json;q=0.1", "text/csv"],
    ["text/csv;q=0.5, application/json", "application/json"],
    ["text/csv;q=0, */*;q=0.1", "application/json"],
    ["text/*", "text/csv"],
    ["*/*", "application/json"],
    ["image/png", "application/json"],
  ])("Accept: %s gets %s", async (accept, type) => {
    const response = await dispatch(reportRequest("errors", WEEK, { accept }));
    expect(response.headers.get("content-type")).toContain(type);
  });

  test("has all rows, however many, unless a limit is named", async () => {
    const at = secondsAfter(NOW, -2 * DAY_SECONDS);
    const names = Array.from({ length: 320 }, (_, n) => `Network ${n}`);
    await insertHistory(
      product.pool,
      names.map((network) => ({ at, country: "FJ", network, attempted: 1, confirmed: 1 })),
    );
    const networks = { ...WEEK, by: "network", country: "FJ" };
    expect((await report("destinations", networks)).rows).toHaveLength(300);
    expect(await reportFile("destinations", networks)).toHaveLength(320);
    expect(await reportFile("destinations", { ...networks, limit: "7" })).toHaveLength(7);
    const blocks = await report("blocks", WEEK);
    expect(blocks["count"]).toBeGreaterThan(100);
    expect(blocks.rows).toHaveLength(100);
    const file = await reportFile("blocks", WEEK);
    expect(file).toHaveLength(blocks["count"]);

    const paged: ReportRow[] = [];
    for (let cursor: string | undefined = undefined; ;) {
      const page: Body = await report("blocks", { ...WEEK, limit: "47", cursor });
      paged.push(...page.rows);
      expect(page["topBlockShare"]).toBe(blocks["topBlockShare"]);
      if (page["nextCursor"] === null) break;
      cursor = page["nextCursor"] as string;
    }
    expect(paged.map(({ block }) => `(${block}***)`)).toEqual(file.map(({ block }) => block));
    await product.pool.query("delete from verification where country = 'FJ'");
    await rebuildCells();
  });

  test("has no formula in it, and leaves numbers as they are", async () => {
    const response = await dispatch(reportRequest("destinations/SE", { ...WEEK, format: "csv" }));
    const text = await response.text();
    const networks = csvRecords(text).map(({ network }) => network);
    expect(networks.sort()).toEqual(
      ['\'+Plus, "Net"', "'-1+2", `'${ODD_NETWORKS[0]}`, "Línea\nNueva"].sort(),
    );
    const cells = parseCsv(
      await (await dispatch(reportRequest("destinations", { ...WEEK, format: "csv" }))).text(),
    );
    const [header, ...lines] = cells;
    const at = header!.indexOf("change.conversion");
    const falls = lines.map((line) => line[at]!).filter((cell) => cell.startsWith("-"));
    expect(falls.length).toBeGreaterThan(0);
    for (const cell of falls) expect(Number(cell)).toBeLessThan(0);
  });

  test("has numbers as texts, masked, which a filter takes back", async () => {
    const blocks = await reportFile("blocks", WEEK);
    const log = await reportFile("messages", { ...WEEK, country: "SE" });
    expect(log.length).toBeGreaterThan(0);
    for (const { block, to = block } of [...blocks, ...log]) {
      expect(block).toMatch(/^\(\+\d+\*{3}\)$/);
      expect(to).toBe(block);
    }
    const { block = "" } = log[0]!;
    const wanted = (await report("summary", { ...WEEK, block: block.replace(/[()*]/g, "") }))["current"];
    for (const given of [
      block,
      block.replace("+", " "),
      block.replaceAll("*", "•"),
      block.replace(/\D/g, ""),
    ]) {
      expect((await report("summary", { ...WEEK, block: given }))["current"]).toEqual(wanted);
    }
    expect(wanted.attempted).toBeGreaterThan(0);
  });

  test("a + of an offset or a zone may come as the space it is in a query", async () => {
    const plain = await report("summary", {
      from: "2026-06-08T00:00:00+05:30",
      to: "2026-06-10T00:00:00+05:30",
    });
    const spaced = await report("summary", {
      from: "2026-06-08T00:00:00 05:30",
      to: "2026-06-10T00:00:00 05:30",
    });
    expect(spaced).toEqual(plain);
    const zone = { from: "2026-06-08", to: "2026-06-10" };
    expect(await report("summary", { ...zone, tz: "Etc/GMT 5" })).toEqual(
      await report("summary", { ...zone, tz: "Etc/GMT+5" }),
    );
  });

  test("says in its first bytes that it is UTF-8", async () => {
    const response = await dispatch(reportRequest("messages", { ...WEEK, format: "csv" }, AS_PROGRAM));
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 5)]).toEqual([
      0xef, 0xbb, 0xbf, 0x69, 0x64,
    ]);
  });

  test.each([
    ["Asia/Kathmandu", "2026-06-08T18:15:00.000Z", "2026-06-09 00:00:00"],
    ["America/St_Johns", "2026-06-08T02:30:00.000Z", "2026-06-08 00:00:00"],
    ["UTC", "2026-06-09T00:00:00.000Z", "2026-06-09 00:00:00"],
  ])("has the times of %s beside those of UTC", async (tz, start, startLocal) => {
    const params = { from: "2026-06-08", to: "2026-06-11", tz };
    const buckets = await reportFile("timeseries", { ...params, interval: "day" });
    expect(buckets).toContainEqual(expect.objectContaining({ start, startLocal, tz }));
    for (const bucket of buckets) {
      expect(bucket["startLocal"]).toMatch(/^2026-06-\d{2} 00:00:00$/);
      expect(bucket["endLocal"]).toMatch(/^2026-06-\d{2} 00:00:00$/);
    }
    for (const message of await reportFile("messages", params)) {
      expect(message["tz"]).toBe(tz);
      for (const name of ["requestedAt", "deliveredAt", "refusedAt", "feedback.reportedAt"]) {
        const [utc, local] = [message[name]!, message[`${name}Local`]];
        const exact = utc ? Temporal.Instant.from(utc).toZonedDateTimeISO(tz).toPlainDateTime() : undefined;
        expect(local).toBe(exact?.toString({ smallestUnit: "second" }).replace("T", " ") ?? "");
      }
    }
    for (const [report, column] of [
      ["alerts", "since"],
      ["feedback", "range.from"],
    ] as const) {
      const all = await reportFile(report, params);
      for (const record of all)
        expect(record[`${column}Local`]).toMatch(/^2026-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
    }
  });
});

describe("the message log", () => {
  const all = { from: "2026-06-01", to: "2026-06-15" };

  test("goes through every message once, newest first", async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await report("messages", { ...all, country: "VN", limit: "17", cursor });
      ids.push(...page.rows.map(({ id }: { id: string }) => id));
      cursor = (page["nextCursor"] as string | null) ?? undefined;
    } while (cursor);
    const { rows } = await product.pool.query<{ id: string }>(
      "select id from message where country = 'VN' order by requested_at desc, id desc",
    );
    expect(rows.length).toBeGreaterThan(100);
    expect(ids).toEqual(rows.map(({ id }) => id));
    const file = await reportFile("messages", { ...all, country: "VN", limit: "17" });
    expect(file.map(({ id }) => id)).toEqual(ids);
  });

  test.each<[Record<string, string | string[]>, string]>([
    [{ country: ["BR", "DE"] }, "country in ('BR', 'DE')"],
    [{ "country!": "BR", network: "Alpha" }, "country <> 'BR' and network = 'Alpha'"],
    [{ network: "unknown" }, "network is null"],
    [{ "network!": ["unknown", "Beta"] }, "network is not null and network <> 'Beta'"],
    [{ status: ["undelivered", "failed"] }, "status in ('undelivered', 'failed')"],
    [{ errorCode: "30003" }, "error_code = 30003"],
    [{ errorCode: ["21211", "30003"], country: "PK" }, "error_code in (21211, 30003) and country = 'PK'"],
    [{ confirmed: "true" }, "confirmed_at is not null"],
    [{ confirmed: "false", country: "DE" }, "confirmed_at is null and country = 'DE'"],
    [{ action: "link" }, "action = 'link'"],
  ])("filtered by %j", async (params, condition) => {
    const rows = await reportFile("messages", { ...all, ...params });
    const { rows: expected } = await product.pool.query<{ id: string }>(
      `select id from message where ${condition} order by requested_at desc, id desc`,
    );
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  test("by block, with or without its plus escaped", async () => {
    const { block } = seen.messages.find(({ country }) => country === "US")!;
    const escaped = await report("messages", { ...all, block });
    expect(escaped.rows.length).toBeGreaterThan(0);
    expect(escaped.rows.every((row: { block: string }) => row.block === block)).toBe(true);
    const url = reportRequest("messages", all).url + `&block=${block}`;
    const plain = (await (await dispatch(new Request(url, { headers: AS_PROGRAM }))).json()) as {
      rows: unknown[];
    };
    expect(plain.rows).toEqual(escaped.rows);
  });

  test("has no whole number in any answer, as JSON or as a file", async () => {
    const { rows } = await product.pool.query<{ to: string }>(`select distinct "to" from verification`);
    const numbers = rows.map(({ to }) => to.slice(1));
    for (const path of ["messages", "blocks", "destinations/US", "feedback", "errors", "changes"]) {
      for (const format of ["json", "csv"]) {
        const text = await (await dispatch(reportRequest(path, { ...all, format }))).text();
        expect(numbers.filter((number) => text.includes(number))).toEqual([]);
      }
    }
  });

  test("says in a word what became of each", async () => {
    const file = await reportFile("messages", all);
    const outcomes = new Map(file.map(({ id, outcome }) => [id, outcome]));
    for (const row of seen.messages) {
      const expected = !row.sid
        ? "refused"
        : row.confirmedAt
          ? row.late
            ? "late"
            : "confirmed"
          : row.status === "undelivered"
            ? "error"
            : "delivered";
      expect(outcomes.get(row.id)).toBe(expected);
    }
  });
});

describe("feedback", () => {
  test("how much of it Twilio has, how late, and what is in the way", async () => {
    const confirmed = seen.messages.filter(
      ({ confirmedAt, sid, requestedAt }) =>
        confirmedAt && sid && requestedAt >= new Date("2026-06-08T00:00Z"),
    );
    const [reported, refused, retrying, pending] = [0, 30, 35, 37].map((from, i) =>
      confirmed.slice(from, [30, 35, 37, 40][i]),
    ) as [Seen["messages"], Seen["messages"], Seen["messages"], Seen["messages"]];
    const insert = (ids: { id: string }[], values: string) =>
      product.pool.query(
        `insert into feedback (message_id, due_at, tries, error, reported_at, refused_at)
         select m.id, m.confirmed_at, ${values} from message m where m.id = any ($1)`,
        [ids.map(({ id }) => id)],
      );
    await insert(reported, "1, null, m.confirmed_at + interval '4 s', null");
    await insert(refused, "8, '20404', null, m.confirmed_at");
    await insert(retrying, "2, 'timeout', null, null");
    await insert(pending, "0, null, null, null");

    const body = await report("feedback", WEEK);
    expect(body).toMatchObject({
      confirmed: confirmed.length,
      reported: 30,
      coverage: 30 / confirmed.length,
      lag: { n: 30, p50: 4, p95: 4 },
      backlog: { pending: 3, retrying: 2, refused: 5 },
      refusals: [{ error: "20404", messages: 5 }],
    });
    const oldest = [...retrying, ...pending].map(({ confirmedAt }) => confirmedAt!.getTime());
    expect(body["backlog"].oldestSeconds).toBe((NOW.getTime() - Math.min(...oldest)) / 1000);
    await foldDeltas();
    expect(await report("feedback", WEEK)).toEqual(body);
    const { rows } = await report("messages", { ...WEEK, confirmed: "true", limit: "200" });
    const states = rows.map(({ feedback }: { feedback: { state: string } | null }) => feedback?.state);
    expect(states).toEqual(expect.arrayContaining(["reported", "refused", "retrying", "pending"]));
  });
});

describe("what retention has redacted", () => {
  test("is all that is old enough, in batches, also when it comes to be there later", async () => {
    const at = secondsAfter(NOW, -4 * DAY_SECONDS);
    await product.pool.query(
      `insert into verification (id, "to", country, network, block, action, client_ip, created_at, expires_at)
       select gen_random_uuid(), '+1415557' || lpad(n::text, 4, '0'), 'US', 'Many', '+1415557' || lpad((n / 1000)::text, 1, '0'),
         'code', '203.0.113.9', $1::timestamptz + n * interval '1 ms', $1::timestamptz + interval '600 s'
       from generate_series(0, 4999) n`,
      [at],
    );
    product.configure({ REDACT_AFTER_DAYS: "2" });
    const left = async () => {
      const { rows } = await product.pool.query<{ left: number }>(
        `select count(*)::int as left from verification where network = 'Many' and (client_ip is not null or "to" <> block)`,
      );
      return rows[0]!.left;
    };
    expect(await left()).toBe(5_000);
    await retain();
    expect(await left()).toBe(0);
    const { rows } = await product.pool.query<{ at: Date }>(
      "select at from watermark where name = 'redacted_to'",
    );
    expect(rows[0]!.at).toEqual(secondsAfter(NOW, -2 * DAY_SECONDS));
    await product.pool.query("delete from verification where network = 'Many'");
    await product.pool.query("update watermark set at = '2000-01-01Z' where name = 'redacted_to'");
  });

  test("keeps its block, and says nothing of the number", async () => {
    const to = "+14155550777";
    const place = { country: "US", network: "Redacted", block: to.slice(0, -3), to };
    const { messageId } = await insertPending(product.pool, place, secondsAfter(NOW, -4 * DAY_SECONDS));
    product.configure({ REDACT_AFTER_DAYS: "2" });
    await retain();
    const { rows } = await report("messages", { ...WEEK, network: "Redacted" });
    expect(rows).toMatchObject([{ id: messageId, to: "+14155550•••", block: "+14155550" }]);
    const { rows: stored } = await product.pool.query(
      `select "to", client_ip from verification where network = 'Redacted'`,
    );
    expect(stored).toEqual([{ to: "+14155550", client_ip: null }]);
    const { rows: blocks } = await report("blocks", { ...WEEK, network: "Redacted" });
    expect(blocks).toMatchObject([{ block: "+14155550", unknown: 1, numbers: 0, neighbours: 0 }]);
  });
});

describe("pressure", () => {
  test("is of what the filters leave, of a day and an hour, of the country and of addresses", async () => {
    const at = secondsAfter(NOW, -1800);
    for (let n = 0; n < 12; n += 1) {
      const to = `+6799000${String(n).padStart(3, "0")}`;
      const place = { country: "FJ", network: n < 9 ? "Pumped" : "Other", block: to.slice(0, -3), to };
      const { messageId, sid, verificationId, secret } = await insertPending(product.pool, place, at);
      await recordStatus({ messageId, sid, status: "delivered", errorCode: null, at });
      if (n >= 9) await checkVerification(verificationId, secret);
    }
    const { pressure } = await report("destinations/FJ", WEEK_TO_NOW);
    expect(pressure).toMatchObject({ unverified: 9, verified: 3, value: 9 / 20, greatestVerified: 0 });
    expect(pressure.hour).toEqual({ unverified: 9, verified: 3, value: 9 / 3 });
    expect(pressure.addresses).toEqual([
      {
        address: "203.0.113.7",
        unverified: 9,
        verified: 3,
        value: 0.9,
        hour: { unverified: 9, verified: 3, value: 9 / 5 },
      },
    ]);
    const other = await report("destinations/FJ", { ...WEEK_TO_NOW, network: "Other" });
    expect(other["pressure"]).toMatchObject({
      unverified: 0,
      verified: 3,
      value: 0,
      hour: { unverified: 0 },
    });
    // An hour later they are the day's, and no longer the hour's.
    const later = { from: FROM, to: secondsAfter(NOW, HOUR_SECONDS).toISOString() };
    expect((await report("destinations/FJ", later))["pressure"]).toMatchObject({
      unverified: 9,
      hour: { unverified: 0 },
    });
  });
});

describe("blocks", () => {
  test("tell numbers that follow one another", async () => {
    const from = new Date("2026-06-14T06:00:00Z");
    for (const digits of ["100", "101", "102", "500"]) {
      const place = { country: "ES", network: null, block: "+34611222", to: `+34611222${digits}` };
      await insertPending(product.pool, place, from);
    }
    const other = { country: "ES", network: null, block: "+34699888", to: "+34699888001" };
    await insertPending(product.pool, other, from);
    const body = await report("blocks", { ...WEEK, country: "ES" });
    expect(body.rows).toMatchObject([
      { block: "+34611222", numbers: 4, neighbours: 3, unknown: 4 },
      { block: "+34699888", numbers: 1, neighbours: 0 },
    ]);
    expect(body["sequentiality"]).toBeCloseTo(3 / 5);
  });
});

// At the end of the file: what it writes is in none of the figures above.
describe("an open dashboard", () => {
  test("an open report tells no verification's id and no client's address; a program's and an operator's do", async () => {
    const at = secondsAfter(NOW, -600);
    const to = "+6899000001";
    const place = { country: "PF", network: null, block: to.slice(0, -3), to };
    const { messageId, sid, verificationId } = await insertPending(product.pool, place, at);
    await recordStatus({ messageId, sid, status: "delivered", errorCode: null, at });
    const operator = "+14155550103";
    product.configure({ OPERATORS: operator });
    const readers = [
      { headers: undefined, ours: false },
      { headers: await cookieOf("+14155550102"), ours: false },
      { headers: await cookieOf(operator), ours: true },
      { headers: { authorization: "Bearer test-key-0123456789abcdef" }, ours: true },
    ];
    const files = [
      ["messages", {}],
      ["destinations/PF", { part: "pressure" }],
    ] as const;
    for (const { headers, ours } of readers) {
      const range = { from: FROM, to: secondsAfter(NOW, 900).toISOString() };
      const json = async (path: string, params = {}) =>
        (await dispatch(reportRequest(path, { ...range, ...params }, headers))).json();
      const { rows } = await json("messages", { country: "PF" });
      expect(rows).toMatchObject([{ id: messageId, verificationId: ours ? verificationId : null }]);
      const { pressure } = await json("destinations/PF");
      expect(pressure.addresses).toMatchObject(ours ? [{ address: "203.0.113.7" }] : []);
      const texts = await Promise.all(
        files.map(async ([path, params]) =>
          (await dispatch(reportRequest(path, { ...range, ...params, format: "csv" }, headers))).text(),
        ),
      );
      expect(texts.map((text) => text.includes("203.0.113.7") || text.includes(verificationId))).toEqual(
        files.map(() => ours),
      );
    }
  });

  test("nothing open to everybody tells that a temporary password was texted, by any filter or in any sum", async () => {
    const [at, network] = [secondsAfter(NOW, -600), "Tikiphone"];
    const place = (to: string) => ({ country: "PF", network, block: to.slice(0, -3), to });
    const action = "temporary_password";
    const seen = await insertPending(product.pool, place("+6898000001"), at);
    const hidden = await insertPending(product.pool, { ...place("+6897000001"), action }, at);
    for (const { messageId, sid } of [seen, hidden])
      await recordStatus({ messageId, sid, status: "delivered", errorCode: null, at });
    const range = { from: FROM, to: secondsAfter(NOW, 900).toISOString(), country: "PF" };
    const asked = async (path: string, params: object, headers?: Record<string, string>) =>
      (await dispatch(reportRequest(path, { ...range, ...params }, headers))).text();
    const reports: [path: string, params: object][] = [
      ["messages", {}],
      ["messages", { action }],
      ["messages", { block: "+6897000" }],
      ["messages", { format: "csv" }],
      ["blocks", {}],
      ["blocks", { format: "csv" }],
    ];
    for (const [path, params] of reports) {
      expect(await asked(path, params, AS_PROGRAM)).toContain("+6897000");
      expect(await asked(path, params)).not.toContain("6897000");
    }
    expect(await asked("messages", {})).toContain(seen.messageId);
    const counted = async (path: string, params: object, headers?: Record<string, string>) => {
      const { current, rows = [current] } = JSON.parse(await asked(path, params, headers)) as {
        current: ReportRow;
        rows?: ReportRow[];
      };
      return rows.reduce((sum, { attempted }) => sum + Number(attempted), 0);
    };
    const sums: [path: string, params: object][] = [
      ["summary", { action }],
      ["summary", { block: "+6897000" }],
      ["summary", { network, action, status: "delivered" }],
      ["timeseries", { action, interval: "quarter-hour" }],
      ["destinations", { action }],
      ["destinations", { by: "network", action }],
    ];
    for (const [path, params] of sums) {
      expect([path, params, await counted(path, params)]).toEqual([path, params, 0]);
      expect([path, params, (await counted(path, params, AS_PROGRAM)) > 0]).toEqual([path, params, true]);
    }
  });
});
