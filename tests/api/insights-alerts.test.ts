/** Conversion drops from the history to the report, and what changed between two ranges. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { secondsAfter, setClock } from "@/lib/clock";
import { recordStatus } from "@/lib/delivery/record-status";
import { watchConversion } from "@/lib/insights/counting/watch-conversion";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { QUARTER_SECONDS } from "@/lib/terms/durations";
import { insertHistory, insertPending, type Batch } from "@/tests/support/insights-database";
import { report, reportRequest } from "@/tests/support/insights-reports/request";
import { useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";

const product = useProduct();

const QUARTERS_AN_HOUR = 4;
const QUARTERS_A_DAY = 24 * QUARTERS_AN_HOUR;
const BEGIN = new Date("2026-05-04T00:00:00Z");
/** When things go wrong, in quarter-hours from the beginning: on a Tuesday at 09:00. */
const FALL = 15 * QUARTERS_A_DAY + 9 * QUARTERS_AN_HOUR;
const END = 17 * QUARTERS_A_DAY;

const momentAt = (quarter: number) => secondsAfter(BEGIN, quarter * QUARTER_SECONDS);

/** Two networks take turns; of one country a third one has an eighth. */
function networkAt(quarter: number, country: string): string {
  if (country === "JP" && quarter % 8 === 0) return "Gamma";
  return quarter % 2 ? "Alpha" : "Beta";
}

/** How many of ten thousand are confirmed at a quarter-hour; usually 88 %. */
const STORIES: Record<string, (quarter: number) => number> = {
  // Collapses for six hours.
  BR: (q) => (q >= FALL && q < FALL + 6 * QUARTERS_AN_HOUR ? 4000 : 8800),
  // Falls, and goes up and down around where a drop begins, without ever coming back.
  DE: (q) => (q < FALL ? 8800 : Math.floor(q / (2 * QUARTERS_AN_HOUR)) % 2 ? 5800 : 7600),
  // Falls, is back for five hours, and falls again.
  FR: (q) =>
    q < FALL || (q >= FALL + 5 * QUARTERS_AN_HOUR && q < FALL + 10 * QUARTERS_AN_HOUR) ? 8800 : 4500,
  // A little worse for good: less than an alert is for.
  GB: (q) => (q < FALL ? 8800 : 8200),
  // Falls, and nothing is sent any more.
  IT: (q) => (q < FALL ? 8800 : 2000),
  // One of its two networks falls, and the country with it.
  ES: (q) => (q >= FALL && networkAt(q, "ES") === "Alpha" ? 1500 : 8800),
  // One of its small networks falls: of the country's messages that is less than an alert is for.
  JP: (q) => (q >= FALL && networkAt(q, "JP") === "Gamma" ? 2000 : 8800),
  // As ever.
  US: () => 8800,
};

const PER_QUARTER = 5;

function history(): Batch[] {
  return Object.entries(STORIES).flatMap(([country, rate]) => {
    let owed = 0;
    return Array.from({ length: END }, (_, q): Batch => {
      // Country by country exactly the rate, message by message.
      owed += (rate(q) / 10_000) * PER_QUARTER;
      const confirmed = Math.floor(owed + 1e-9);
      owed -= confirmed;
      const silent = country === "IT" && q >= FALL + 3 * QUARTERS_AN_HOUR;
      return {
        at: momentAt(q),
        country,
        network: networkAt(q, country),
        attempted: silent ? 0 : PER_QUARTER,
        confirmed: silent ? 0 : Math.min(PER_QUARTER, confirmed),
        failed: country === "BR" && q >= FALL && q < FALL + 6 * QUARTERS_AN_HOUR ? PER_QUARTER : 0,
        errorCode: 30410,
        late: 0,
      };
    });
  });
}

beforeAll(() => insertHistory(product.pool, history()), 60_000);

/** Forgets the alerts, and watches until there is nothing more to see. */
async function watchAll(): Promise<void> {
  while (await watchConversion());
}

async function forget(): Promise<void> {
  await product.pool.query("delete from alert");
  await product.pool.query("update watermark set at = '2000-01-01Z' where name = 'alerts_to'");
}

/** The quarter-hours before this one are mature: 25 minutes later, at the standard lifetime and a quarter-hour's rounding. */
const whenMature = (quarter: number) => secondsAfter(momentAt(quarter), 900);

beforeEach(async () => {
  setClock(() => whenMature(END));
  while ((await foldDeltas()).more);
});

interface Alert {
  country: string;
  network: string | null;
  since: string;
  openedAt: string;
  until: string | null;
  open: boolean;
  baseline: number;
  attempted: number;
  confirmed: number;
  conversion: number;
  size: number;
  lost: number;
  wasted: number | null;
}

async function alerts(params: Record<string, string> = {}): Promise<Alert[]> {
  const range = { from: "2026-05-01", to: momentAt(END).toISOString() };
  return (await report("alerts", { ...range, ...params })).rows as Alert[];
}

const minutesBetween = (a: string, b: Date) => Math.abs(Date.parse(a) - b.getTime()) / 60_000;

describe("while a collapse lasts", () => {
  test("there is one open alert, with its beginning, its size and what is lost", async () => {
    await forget();
    setClock(() => whenMature(FALL + 5 * QUARTERS_AN_HOUR));
    await watchAll();
    const [alert, ...others] = await alerts({ country: "BR" });
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ country: "BR", open: true, until: null });
    expect(minutesBetween(alert!.since, momentAt(FALL))).toBeLessThanOrEqual(30);
    // Noticed within three hours: twenty messages an hour are few.
    expect(Date.parse(alert!.openedAt)).toBeLessThanOrEqual(momentAt(FALL + 3 * QUARTERS_AN_HOUR).getTime());
    expect(Date.parse(alert!.openedAt)).toBeGreaterThan(Date.parse(alert!.since));
    expect(alert!.baseline).toBeCloseTo(0.88, 1);
    expect(alert!.conversion).toBeCloseTo(0.4, 1);
    expect(alert!.size).toBeCloseTo(alert!.baseline - alert!.conversion);
    expect(alert!.lost).toBeCloseTo(alert!.size * alert!.attempted);
    expect(alert!.attempted).toBeGreaterThanOrEqual(4 * QUARTERS_AN_HOUR * PER_QUARTER);
  });

  test("watching again changes nothing", async () => {
    await forget();
    setClock(() => whenMature(FALL + 5 * QUARTERS_AN_HOUR));
    await watchAll();
    const before = await alerts();
    expect(await watchConversion()).toBe(false);
    expect(await alerts()).toEqual(before);
  });
});

describe("when it is over", () => {
  beforeEach(async () => {
    await forget();
    await watchAll();
  });

  test("the alert is closed about when conversion was back", async () => {
    const rows = await alerts({ country: "BR" });
    expect(rows).toMatchObject([{ country: "BR", open: false }]);
    expect(minutesBetween(rows[0]!.since, momentAt(FALL))).toBeLessThanOrEqual(30);
    expect(minutesBetween(rows[0]!.until!, momentAt(FALL + 6 * QUARTERS_AN_HOUR))).toBeLessThanOrEqual(120);
    expect(rows[0]!.conversion).toBeLessThan(0.5);
  });

  test("one that goes up and down around the threshold stays one alert", async () => {
    expect(await alerts({ country: "DE" })).toMatchObject([{ country: "DE", open: true }]);
  });

  test("one that comes back is another alert, which begins after the first has ended", async () => {
    const rows = (await alerts({ country: "FR" })).sort((a, b) => a.since.localeCompare(b.since));
    expect(rows).toMatchObject([{ open: false }, { open: true }]);
    expect(minutesBetween(rows[1]!.since, momentAt(FALL + 10 * QUARTERS_AN_HOUR))).toBeLessThanOrEqual(30);
    expect(rows[1]!.since >= rows[0]!.until!).toBe(true);
  });

  test("one after which nothing is sent is closed", async () => {
    setClock(() => whenMature(END));
    expect(await alerts({ country: "IT" })).toMatchObject([{ open: false }]);
  });

  test("a small fall, and none, are no alert", async () => {
    expect(await alerts({ country: "GB" })).toEqual([]);
    expect(await alerts({ country: "US" })).toEqual([]);
  });

  test("open ones come first, and no figure makes no sense", async () => {
    const rows = await alerts();
    expect(rows.map(({ open }) => open)).toEqual(
      rows.map(({ open }) => open).sort((a, b) => Number(b) - Number(a)),
    );
    for (const { attempted, confirmed, since, until, openedAt, conversion } of rows) {
      expect(attempted).toBeGreaterThan(0);
      expect(confirmed).toBeGreaterThanOrEqual(0);
      expect(confirmed).toBeLessThanOrEqual(attempted);
      expect(conversion).toBeLessThan(0.88);
      expect(openedAt > since).toBe(true);
      if (until) expect(until > since).toBe(true);
    }
  });
});

describe("a network that falls alone", () => {
  beforeEach(async () => {
    await forget();
    await watchAll();
  });

  test("has an alert of its own, with and without one of its country", async () => {
    const spain = await alerts({ country: "ES" });
    expect(new Set(spain.map(({ network }) => network))).toEqual(new Set(["Alpha", null]));
    expect(spain).toMatchObject([{ open: true }, { open: true }]);
    const [japan, ...others] = await alerts({ country: "JP" });
    expect(others).toEqual([]);
    expect(japan).toMatchObject({ network: "Gamma", open: true });
    expect(japan!.conversion).toBeLessThan(0.35);
    expect(minutesBetween(japan!.since, momentAt(FALL))).toBeLessThanOrEqual(4 * 60);
    expect(japan!.attempted).toBeLessThanOrEqual(((END - FALL) / 8 + 1) * PER_QUARTER);
  });

  test("is none of its own where its country's others fall as well", async () => {
    for (const country of ["BR", "DE", "FR", "IT"])
      expect(new Set((await alerts({ country })).map(({ network }) => network))).toEqual(new Set([null]));
  });

  test("what was wasted is of its own messages alone", async () => {
    const [japan] = await alerts({ country: "JP" });
    await product.pool.query(
      "update message set price = 0.05, price_unit = 'USD' where country = 'JP' and requested_at >= $1",
      [japan!.since],
    );
    const { rows } = await product.pool.query<{ unanswered: number }>(
      `select count(*)::int as unanswered from message
       where country = 'JP' and network = 'Gamma' and requested_at >= $1 and confirmed_at is null`,
      [japan!.since],
    );
    for (const folded of [false, true]) {
      if (folded) while ((await foldDeltas()).more);
      const [priced] = await alerts({ country: "JP" });
      expect(priced!.wasted).toBeCloseTo(0.05 * (rows[0]?.unanswered ?? 0), 4);
    }
  });
});

test("what was wasted is the price of the messages since it began that nobody confirmed", async () => {
  await forget();
  await watchAll();
  const [before] = await alerts({ country: "BR" });
  expect(before).toMatchObject({ wasted: null });
  const within = [before!.since, before!.until];
  await product.pool.query(
    `update message set price = 0.05, price_unit = 'USD' where country = 'BR' and requested_at >= $1 and requested_at < $2`,
    within,
  );
  const [{ unanswered }] = (
    await product.pool.query<{ unanswered: number }>(
      `select count(*)::int as unanswered from message
       where country = 'BR' and requested_at >= $1 and requested_at < $2 and confirmed_at is null`,
      within,
    )
  ).rows as [{ unanswered: number }];
  expect((await alerts({ country: "BR" }))[0]!.wasted).toBeCloseTo(0.05 * unanswered, 4);
  while ((await foldDeltas()).more);
  expect((await alerts({ country: "BR" }))[0]!.wasted).toBeCloseTo(0.05 * unanswered, 4);
});

test("two letters that mean a country are that one, and those that mean none are refused", async () => {
  expect(await alerts({ country: "uk" })).toEqual(await alerts({ country: "GB" }));
  await expect(alerts({ country: "ZZ" })).rejects.toThrow();
});

test("watching step by step finds the same as looking at everything at once, with and without a fold", async () => {
  await forget();
  await watchAll();
  const atOnce = await alerts();
  expect(atOnce.length).toBeGreaterThanOrEqual(4);
  await forget();
  for (let quarter = 14 * QUARTERS_A_DAY; quarter <= END; quarter += quarter % 3 === 0 ? 1 : 2) {
    setClock(() => whenMature(quarter));
    await watchAll();
  }
  setClock(() => whenMature(END));
  await watchAll();
  const withoutIds = (rows: Alert[]) =>
    rows
      .map((row) => ({ ...row, id: "" }))
      .sort((a, b) => `${a.country}${a.since}`.localeCompare(`${b.country}${b.since}`));
  expect(withoutIds(await alerts())).toEqual(withoutIds(atOnce));
});

test("what changed is ranked by what was lost, with its reasons", async () => {
  const range = {
    from: momentAt(FALL).toISOString(),
    to: momentAt(FALL + 6 * QUARTERS_AN_HOUR).toISOString(),
    compare: "week",
  };
  const { rows, gains } = await report("changes", range);
  const lost = rows.map((row: { change: { lost: number } }) => row.change.lost);
  expect(rows.length).toBeGreaterThanOrEqual(2);
  expect(lost).toEqual([...lost].sort((a: number, b: number) => b - a));
  const brazil = rows.find((row: { country: string }) => row.country === "BR");
  expect(brazil.change).toMatchObject({ beyondNoise: true });
  expect(brazil.change.lost).toBeCloseTo(0.48 * 6 * QUARTERS_AN_HOUR * PER_QUARTER, -1);
  expect(brazil.reasons[0]).toMatchObject({ kind: "error", code: 30410 });
  expect(brazil.reasons[0].words).toMatch(/^\d+\.\d % of messages failed with 30410: /);
  expect(rows.map((row: { country: string }) => row.country)).not.toContain("US");
  expect(gains).toEqual([]);

  const back = {
    from: momentAt(FALL + 6 * QUARTERS_AN_HOUR).toISOString(),
    to: momentAt(FALL + 12 * QUARTERS_AN_HOUR).toISOString(),
  };
  const after = await report("changes", back);
  expect(after.gains.map((row: { country: string }) => row.country)).toContain("BR");
  expect(await report("changes", { ...back, compare: "none" })).toMatchObject({ rows: [], gains: [] });
});

// At the end of the file: what it writes is in none of the figures above.
test("to everybody an alert counts no temporary password, as no other sum does", async () => {
  const place = { country: "BR", network: "Alpha", block: "+5511970", action: "temporary_password" } as const;
  for (const digit of [1, 2, 3]) {
    const at = momentAt(FALL + 2 * QUARTERS_AN_HOUR);
    const { messageId, sid } = await insertPending(
      product.pool,
      { ...place, to: `+551197000000${digit}` },
      at,
    );
    await recordStatus({ messageId, sid, status: "delivered", errorCode: null, at });
  }
  await forget();
  await watchAll();
  const [toPrograms] = await alerts({ country: "BR" });
  const range = { from: "2026-05-01", to: momentAt(END).toISOString() };
  const answer = await dispatch(reportRequest("alerts", { ...range, country: "BR" }));
  const { attempted, confirmed } = toPrograms!;
  expect(await answer.json()).toMatchObject({
    rows: [{ attempted: attempted - 3, confirmed, conversion: confirmed / (attempted - 3) }],
  });
});
