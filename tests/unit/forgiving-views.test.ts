/** What people choose and write: times and any range in the bar's forms, names in any spelling, and addresses that are partly wrong. */
import { Temporal } from "temporal-polyfill";
import { afterEach, expect, describe, test } from "vitest";
import { understand } from "@/app/(dashboard)/understood-params";
import { faultWords, openedPlace } from "@/components/dashboard/view-bar/faults";
import { momentIn } from "@/components/dashboard/view-bar/local-moment";
import { compareWords, rangePhrase } from "@/components/dashboard/view-bar/range-words";
import { rangeAfter, rangeBefore } from "@/components/dashboard/view-bar/shift-range";
import { viewOfForm } from "@/components/dashboard/view-bar/view-form";
import { insightsSummary } from "@/lib/api/insights/summary";
import { setClock } from "@/lib/clock";
import { comparisonRange } from "@/lib/insights/asking/range";
import { lengthsRatio } from "@/lib/insights/asking/report";
import { RANGE_NAMES } from "@/lib/terms/ranges";
import { networksOf } from "@/lib/verification/networks";

const AT = "2026-11-26T11:40:00Z"; // a Thursday
const asked = (fields: Record<string, string>) =>
  viewOfForm(new URLSearchParams({ "set-page": "/", ...fields }));
/** What the API makes of the same parameters. */
function ofApi(address: string) {
  const params: Record<string, string | string[]> = {};
  for (const [name, value] of new URL(address, "http://x").searchParams)
    params[name] = name in params ? [params[name] ?? [], value].flat() : value;
  return insightsSummary.query.parse(params);
}

afterEach(() => setClock());

describe("times of a zone's clock", () => {
  test.each(["UTC", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])(
    "are the moments that the calendar says: %s",
    (tz) => {
      for (let day = 0; day < 400; day += 1) {
        const date = Temporal.PlainDate.from("2026-01-01").add({ days: day });
        for (const time of ["02:30", "13:45"]) {
          const expected = date.toZonedDateTime({ timeZone: tz, plainTime: time }).epochMilliseconds;
          expect([`${date.toString()} ${time}`, Date.parse(momentIn(tz, date.toString(), time))]).toEqual([
            `${date.toString()} ${time}`,
            expected,
          ]);
        }
      }
    },
  );

  test("that are none are left to be refused", () => {
    expect(momentIn("UTC", "2026-02-31x", "09:00")).toBe("2026-02-31xT09:00");
    expect(momentIn("Mars/Olympus", "2026-02-01", "09:00")).toBe("2026-02-01T09:00");
  });
});

describe("the range's form", () => {
  test("takes times of day, each end its own", () => {
    const days = { tz: "Asia/Kolkata", "set-first": "2026-11-20", "set-last": "2026-11-20" };
    expect(asked(days)).toBe("/?tz=Asia%2FKolkata&from=2026-11-20&to=2026-11-21");
    const address = asked({ ...days, "set-first-time": "09:00", "set-last-time": "10:30" });
    expect(new URL(address, "http://x").searchParams.get("from")).toBe("2026-11-20T03:30:00Z");
    expect(ofApi(address).range).toMatchObject({
      from: new Date("2026-11-20T03:30Z"),
      to: new Date("2026-11-20T05:00Z"),
    });
    expect(ofApi(asked({ ...days, "set-last-time": "10:30" })).range.from).toEqual(
      new Date("2026-11-19T18:30Z"),
    );
  });

  test.each([
    ["today", "2026-11-26T00:00Z", "2026-11-26T11:45Z"],
    ["yesterday", "2026-11-25T00:00Z", "2026-11-26T00:00Z"],
    ["this-week", "2026-11-23T00:00Z", "2026-11-26T11:45Z"],
    ["last-week", "2026-11-16T00:00Z", "2026-11-23T00:00Z"],
  ])("has %s, which the API knows by the same name", (name, from, to) => {
    setClock(() => new Date(AT));
    expect(ofApi(`/?range=${name}`).range).toEqual({ from: new Date(from), to: new Date(to), tz: "UTC" });
  });

  test("takes the zone's days for today, yesterday and weeks", () => {
    setClock(() => new Date("2026-11-22T20:00:00Z")); // Monday in Kolkata, Sunday in UTC
    expect(ofApi("/?range=this-week&tz=Asia/Kolkata").range.from).toEqual(new Date("2026-11-22T18:30Z"));
    expect(ofApi("/?range=last-week&tz=Asia/Kolkata").range).toMatchObject({
      from: new Date("2026-11-15T18:30Z"),
      to: new Date("2026-11-22T18:30Z"),
    });
    // The clocks of Berlin changed on 25 October 2026: that day had 25 hours.
    setClock(() => new Date("2026-10-26T09:00:00Z"));
    expect(ofApi("/?range=yesterday&tz=Europe/Berlin").range).toMatchObject({
      from: new Date("2026-10-24T22:00Z"),
      to: new Date("2026-10-25T23:00Z"),
    });
  });

  test("comes from yesterday to today and from last week to this one, and back", () => {
    setClock(() => new Date(AT));
    const [yesterday, lastWeek] = [ofApi("/?range=yesterday"), ofApi("/?range=last-week")];
    expect(rangeAfter(yesterday.range, "yesterday", new Date(AT))).toMatchObject({ range: "today" });
    expect(rangeAfter(lastWeek.range, "last-week", new Date(AT))).toMatchObject({ range: "this-week" });
    expect(rangeBefore(ofApi("/?range=today").range, "today")).toMatchObject({
      from: "2026-11-25",
      to: "2026-11-26",
    });
    expect(rangeBefore(ofApi("/?range=this-week").range, "this-week")).toMatchObject({
      from: "2026-11-16",
      to: "2026-11-23",
    });
  });

  test("says each in a sentence", () => {
    const { range } = ofApi("/?range=today");
    expect(rangePhrase(range, "today")).toBe("today");
    expect(rangePhrase(range, "last-week")).toBe("last week");
    expect(rangePhrase(range, "28d")).toBe("in the last 28 days");
  });
});

describe("the comparison's form", () => {
  test("takes any range, which the API compares with", () => {
    const address = asked({
      range: "7d",
      "set-compare-first": "2025-11-01",
      "set-compare-last": "2025-11-14",
    });
    const { compare, range } = ofApi(address);
    expect(comparisonRange(range, compare)).toMatchObject({
      from: new Date("2025-11-01T00:00Z"),
      to: new Date("2025-11-15T00:00Z"),
    });
    expect(compareWords(compare, range, "7d")).toBe("1 Nov 2025 – 14 Nov 2025");
  });

  test("is in the range's zone, and its counts are of another length", () => {
    const days = { tz: "Asia/Kolkata", "set-first": "2026-11-01", "set-last": "2026-11-07" };
    const query = ofApi(
      asked({ ...days, "set-compare-first": "2026-10-01", "set-compare-last": "2026-10-14" }),
    );
    expect(comparisonRange(query.range, query.compare)?.from).toEqual(new Date("2026-09-30T18:30Z"));
    expect(lengthsRatio(query)).toBe(0.5);
    expect(lengthsRatio(ofApi(asked(days)))).toBe(1);
  });
});

test("whatever the bar's forms can choose the API takes, and understands alike", () => {
  setClock(() => new Date(AT));
  const choices = [
    ...RANGE_NAMES.map((range) => ({ range })),
    { "set-first": "2026-11-01", "set-last": "2026-11-07", "set-last-time": "09:15" },
    { "set-compare-first": "2026-10-01", "set-compare-last": "2026-10-14" },
    { compare: "week" },
    { tz: "Etc/GMT+5" },
    { "set-country": "Deutschland" },
    { "set-country": "usa", "set-not": "!" },
    { "set-network": "TELKOMSEL" },
    { "set-network": "Unknown" },
    { "set-block": "+62 812 345" },
    { "set-action": "link", "set-not": "!" },
  ];
  for (const choice of choices) {
    const address = asked(choice as Record<string, string>);
    const [page, api] = [understand(paramsIn(address)), ofApi(address)];
    expect([address, page.faults]).toEqual([address, []]);
    expect([address, page.data.range, page.data.compare]).toEqual([address, api.range, api.compare]);
    expect(lowerCase(page.data.filters)).toEqual(lowerCase(api.filters));
  }
});

/** Networks are asked for without regard to case. */
const lowerCase = (filters: object) => JSON.stringify(filters).toLowerCase();

function paramsIn(address: string): Record<string, string> {
  return Object.fromEntries(new URL(address, "http://x").searchParams);
}

describe("an address", () => {
  test("is understood whatever its countries are called and its networks' case", () => {
    const { data, params, faults } = understand({
      country: ["Brasil", "gb", "Deutschland"],
      "country!": "USA",
      network: "telkomsel",
    });
    expect(faults).toEqual([]);
    expect(data.filters.country).toEqual({ in: ["BR", "GB", "DE"], notIn: ["US"] });
    expect(params).toEqual({ country: ["BR", "GB", "DE"], "country!": ["US"], network: ["Telkomsel"] });
  });

  test("that is wrong in one filter holds in the others, and says which in the page's words", () => {
    const { data, params, faults } = understand({
      country: ["BR", "Atlantis"],
      action: "link",
      range: "7d",
      tz: "Asia/Kolkata",
    });
    expect(data.filters).toMatchObject({ country: { in: ["BR"], notIn: [] }, action: { in: ["link"] } });
    expect(data.rangeName).toBe("7d");
    expect(params).toEqual({ country: ["BR"], action: ["link"], range: "7d", tz: "Asia/Kolkata" });
    expect(faults.map(({ field, value }) => [field, value])).toEqual([["country", "Atlantis"]]);
    expect(faults.map(faultWords)).toEqual([
      "No country is called “Atlantis”. Its name in any language will do, or its code, such as BR.",
    ]);
    expect(openedPlace(faults)).toBe("filter");
  });

  test.each<[Record<string, string | string[]>, string, RegExp]>([
    [{ from: "2026-11-20", to: "2026-11-11" }, "from", /^The first day is after the last\./],
    [{ from: "2000-01-01", to: "2026-01-01" }, "from", /longer than 3660 days/],
    [{ from: "soon" }, "from", /“soon” is no day or time/],
    [{ range: "13d" }, "range", /no range; there are Last hour, .*Today/],
    [{ range: "7d", from: "2026-11-20" }, "range", /goes without days/],
    [{ compare: "tomorrow" }, "compare", /nothing to compare with/],
    [{ compare: "2026-11-20/2026-11-11" }, "compare", /first day compared with is after/],
    [{ tz: "Mars/Olympus" }, "tz", /no time zone/],
    [{ block: "12" }, "block", /no block: write a number without its last three digits/],
    [{ action: "sms" }, "action", /no action; there are/],
    [{ "country!": "XX" }, "country!", /No country is called/],
    [{ status: "lost" }, "status", /no status there is/],
    [{ utm_source: "mail" }, "utm_source", /utm_source means nothing here/],
    [{ sort: "size" }, "sort", /means nothing here/],
    [{ tz: ["UTC", "UTC"] }, "tz", /./],
    [{ interval: "fortnight" }, "interval", /means nothing here/],
  ])("%j is shown without what is wrong", (given, field, words) => {
    const { faults, data, params } = understand({ country: "BR", ...given });
    expect(faults[0]?.field).toBe(field);
    expect(faults.map(faultWords).join(" ")).toMatch(words);
    expect(faults.map(faultWords).join(" "), "no parameters of the API").not.toMatch(/`|ISO 3166/);
    expect(data.filters.country?.in).toEqual(["BR"]);
    expect(understand(params).faults).toEqual([]);
  });
});

test("a country's networks are those that hold ranges there", () => {
  expect(networksOf("ID")).toContain("Telkomsel");
  expect(networksOf("BR").length).toBeGreaterThan(2);
  expect(networksOf("JM")).toContain("Digicel");
  expect(networksOf("US")).not.toContain("Digicel");
  expect(networksOf("KZ")).not.toEqual(networksOf("RU"));
  expect(networksOf("XX")).toEqual([]);
});
