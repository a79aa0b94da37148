/** The bar's words, what its forms ask for, and the ranges before and after. */
import { describe, expect, test } from "vitest";
import { headOrder } from "@/components/dashboard/order";
import { asUnderstood } from "@/app/(dashboard)/understood-params";
import { activeFilters, withoutFilters } from "@/components/dashboard/view-bar/filters";
import {
  compareWords,
  offsetWords,
  rangeDates,
  rangeTitle,
  timeIn,
} from "@/components/dashboard/view-bar/range-words";
import { rangeAfter, rangeBefore, rangeHeld } from "@/components/dashboard/view-bar/shift-range";
import { viewOfForm } from "@/components/dashboard/view-bar/view-form";
import { feedbackFault } from "@/components/messages/feedback-words";
import { ordinal } from "@/components/messages/words";
import { toggled, toggledOut, viewUrl } from "@/components/ui/view-url";
import { setClock } from "@/lib/clock";
import { dashboardQuery } from "@/app/(dashboard)/dashboard-query";

const AT = new Date("2026-11-23T11:40:00Z");
const range = (from: string, to: string, tz = "UTC") => ({ from: new Date(from), to: new Date(to), tz });

describe("a range in words", () => {
  test("ends with its last day, and has times when it is short and years when they are not this one", () => {
    expect(rangeDates(range("2026-10-01T00:00Z", "2026-11-01T00:00Z"), AT)).toBe("1 Oct – 31 Oct");
    expect(rangeDates(range("2026-11-22T00:00Z", "2026-11-23T00:00Z"), AT)).toBe("22 Nov");
    expect(rangeDates(range("2026-11-22T11:30Z", "2026-11-23T11:45Z"), AT)).toBe(
      "22 Nov 11:30 – 23 Nov 11:45",
    );
    expect(rangeDates(range("2026-11-23T10:30Z", "2026-11-23T11:45Z"), AT)).toBe("23 Nov 10:30 – 11:45");
    expect(rangeDates(range("2025-12-01T00:00Z", "2026-01-01T00:00Z"), AT)).toBe("1 Dec 2025 – 31 Dec 2025");
    expect(rangeDates(range("2026-10-31T23:00Z", "2026-11-01T23:00Z", "Europe/Berlin"), AT)).toBe("1 Nov");
  });

  test.each([
    ["America/Santiago", "2026-09-06T04:00Z", "2026-09-07T03:00Z", "6 Sept"],
    ["America/Santiago", "2026-09-05T04:00Z", "2026-09-06T04:00Z", "5 Sept"],
    ["Asia/Beirut", "2026-03-28T22:00Z", "2026-03-29T21:00Z", "29 Mar"],
    ["Africa/Cairo", "2026-04-23T22:00Z", "2026-04-24T21:00Z", "24 Apr"],
  ])("calls a day that begins at 01:00 a day: %s", (tz, from, to, words) => {
    expect(rangeDates(range(from, to, tz), AT)).toBe(words);
    expect(rangeTitle(range(from, to, tz), null)).toBe("1 day");
  });

  test("has a title, a comparison, and an offset", () => {
    const days = range("2026-10-01T00:00Z", "2026-10-10T00:00Z");
    expect(rangeTitle(days, null)).toBe("9 days");
    expect(rangeTitle(days, "28d")).toBe("Last 28 days");
    expect(rangeTitle(range("2026-10-01T00:00Z", "2026-10-01T01:00Z"), null)).toBe("1 hour");
    expect(compareWords("previous", days, "28d")).toBe("the 28 before");
    expect(compareWords("previous", days, null)).toMatch(/^the \d+ days before$/);
    expect(compareWords("previous", range("2026-11-22T00:00Z", "2026-11-23T00:00Z"), null)).toBe(
      "the day before",
    );
    expect(compareWords("week", days, null)).toBe("2 weeks earlier");
    expect(offsetWords("UTC", AT)).toBe("UTC");
    expect(offsetWords("Asia/Kolkata", AT)).toBe("UTC+5:30");
    expect(offsetWords("America/New_York", AT)).toBe("UTC−5");
    expect(timeIn("Europe/Berlin", AT)).toBe("12:40");
  });
});

test.each([
  ["UK", "GB"],
  ["uk", "GB"],
  ["EL", "GR"],
  ["el", "GR"],
  ["gb", "GB"],
  ["ZZ", "ZZ"],
])("a form's %s is the country %s", (written, country) => {
  const asked = viewOfForm(new URLSearchParams({ "set-page": "/", "set-country": written }));
  expect(asked).toBe(`/?country=${country}`);
});

test("two letters that are no country are refused, and what is meant by others is understood", () => {
  for (const country of ["ZZ", "XX", "EU", "QQ", "1A", "ßa"])
    expect(dashboardQuery.safeParse({ country }).success, country).toBe(false);
  for (const [written, country] of [
    ["uk", "GB"],
    ["UK", "GB"],
    ["EL", "GR"],
    ["br", "BR"],
    ["AQ", "AQ"],
    ["XK", "XK"],
  ])
    expect(dashboardQuery.parse({ country: written }).filters.country?.in, written).toEqual([country]);
});

describe("a range that ends now", () => {
  const of = (name: string, tz: string, at: string) => {
    setClock(() => new Date(at));
    const { from, to } = dashboardQuery.parse({ range: name, tz }).range;
    setClock();
    return [from.toISOString(), to.toISOString()];
  };

  test("is as long as it is called", () => {
    expect(of("1h", "UTC", "2026-11-25T22:07:00Z")).toEqual([
      "2026-11-25T21:15:00.000Z",
      "2026-11-25T22:15:00.000Z",
    ]);
    expect(of("24h", "UTC", "2026-11-25T22:07:00Z")).toEqual([
      "2026-11-24T22:15:00.000Z",
      "2026-11-25T22:15:00.000Z",
    ]);
  });

  test.each([
    ["7d", "UTC", "2026-11-18T00:00:00.000Z"],
    ["28d", "Asia/Kolkata", "2026-10-28T18:30:00.000Z"],
    ["7d", "America/New_York", "2026-11-18T05:00:00.000Z"],
  ])("of seven days and more begins with a day: %s in %s", (name, tz, from) => {
    expect(of(name, tz, "2026-11-25T22:07:00Z")[0]).toBe(from);
  });
});

describe("the range before and after", () => {
  test("moves whole days and whole months by the calendar of the zone", () => {
    const october = range("2026-10-01T00:00Z", "2026-11-01T00:00Z");
    expect(rangeBefore(october, null)).toMatchObject({ from: "2026-09-01", to: "2026-10-01", range: null });
    expect(rangeAfter(range("2026-09-01T00:00Z", "2026-10-01T00:00Z"), null, AT)).toMatchObject({
      from: "2026-10-01",
      to: "2026-11-01",
    });
    // The clocks of Berlin changed on 25 October.
    const week = range("2026-10-25T23:00Z", "2026-11-01T23:00Z", "Europe/Berlin");
    expect(rangeBefore(week, null)).toMatchObject({ from: "2026-10-19", to: "2026-10-26" });
  });

  test("goes from a range that ends now to the one before it, and back", () => {
    const now = range("2026-10-26T11:30Z", "2026-11-23T11:45Z");
    expect(rangeAfter(now, "28d", AT)).toBeNull();
    expect(rangeBefore(now, "28d")).toMatchObject({
      from: "2026-09-28T11:30:00Z",
      to: "2026-10-26T11:30:00Z",
    });
    const before = range("2026-09-28T11:30Z", "2026-10-26T11:30Z");
    expect(rangeAfter(before, null, AT)).toEqual({ range: "28d", from: null, to: null });
    expect(rangeBefore(range("2026-11-01T00:00Z", "2026-11-23T11:45Z"), "month")).toMatchObject({
      from: "2026-10-01",
      to: "2026-11-01",
    });
    expect(rangeAfter(range("2026-10-01T00:00Z", "2026-11-01T00:00Z"), null, AT)).toMatchObject({
      range: "month",
    });
  });

  test("comes back to a range of whole days and today", () => {
    const before = range("2026-11-12T00:00Z", "2026-11-19T00:00Z");
    const at = new Date("2026-11-26T08:45:00Z");
    expect(rangeAfter(before, null, at)).toEqual({ range: "7d", from: null, to: null });
    expect(rangeAfter(range("2026-11-05T00:00Z", "2026-11-12T00:00Z"), null, at)).toMatchObject({
      from: "2026-11-12",
      to: "2026-11-19",
    });
  });

  test("can be held where it is", () => {
    expect(rangeHeld(range("2026-11-23T10:30Z", "2026-11-23T11:45Z"))).toEqual({
      range: null,
      live: null,
      from: "2026-11-23T10:30:00Z",
      to: "2026-11-23T11:45:00Z",
    });
  });
});

describe("the bar's forms", () => {
  const asked = (fields: Record<string, string>) => viewOfForm(new URLSearchParams(fields));

  test("keep what they do not ask for, and end with the last day", () => {
    expect(
      asked({
        "set-page": "/messages",
        range: "28d",
        country: "BR",
        cursor: "x",
        "set-first": "2026-10-01",
        "set-last": "2026-10-31",
      }),
    ).toBe("/messages?country=BR&from=2026-10-01&to=2026-11-01");
  });

  test("know countries by name and code, and blocks with spaces", () => {
    expect(asked({ "set-page": "/", "set-country": "turkiye" })).toBe("/?country=TR");
    expect(asked({ "set-page": "/", "set-country": "br", "set-not": "!" })).toBe("/?country%21=BR");
    expect(asked({ "set-page": "/", "set-block": "+55 11 98765" })).toBe("/?block=%2B551198765");
    expect(asked({ "set-page": "/", confirmed: "true", "set-confirmed": "false" })).toBe("/?confirmed=false");
  });

  test("lead to pages of ours only", () => {
    for (const page of ["//evil.example", "https://evil.example/", "/\\evil.example", "", "/a/../b"]) {
      expect(asked({ "set-page": page })).toBe("/");
    }
    expect(asked({ "set-page": "/destinations/BR" })).toBe("/destinations/BR");
  });
});

describe("filters as chips", () => {
  test("are each in words and can each be taken out", () => {
    const filters = activeFilters({
      country: ["BR", "US"],
      "action!": "link",
      range: "7d",
      confirmed: "false",
    });
    expect(filters.map(({ kind, words, not }) => [kind, words, not])).toEqual([
      ["Country", "Brazil", false],
      ["Country", "United States", false],
      ["Action", "Link", true],
      ["Outcome", "Not confirmed", false],
    ]);
    expect(filters[0]?.without).toEqual({ country: ["US"] });
    expect(withoutFilters({ country: "BR", "action!": "link" })).toEqual({ country: null, "action!": null });
  });
});

describe("filters as people write them", () => {
  const understood = (given: Record<string, string | string[]>) =>
    asUnderstood(given, dashboardQuery.parse(given).filters);

  test("are those that links add and take out", () => {
    const params = understood({ range: "7d", country: "br" });
    expect(viewUrl("/", params, toggled(params, "country", "BR"))).toBe("/?range=7d");
    const leftOut = { ...toggledOut(params, "country", "BR"), ...toggled(params, "country", "BR") };
    expect(viewUrl("/", params, leftOut)).toBe("/?range=7d&country%21=BR");
    expect(viewUrl("/", params, toggled(params, "country", "US"))).toBe("/?range=7d&country=BR&country=US");
    expect(activeFilters(params)).toMatchObject([{ value: "BR", words: "Brazil", without: { country: [] } }]);
  });

  test("keep their order, and are each there once", () => {
    expect(
      viewUrl(
        "/",
        understood({
          "country!": ["us", "US"],
          block: " 5511987654",
          "network!": ["unknown", "Claro"],
          confirmed: "true",
        }),
      ),
    ).toBe("/?country%21=US&block=%2B5511987654&network%21=unknown&network%21=Claro&confirmed=true");
  });
});

describe("words of messages", () => {
  test("say which, and why Twilio was not told", () => {
    expect([1, 2, 3, 4, 11, 12, 21].map(ordinal)).toEqual([
      "1st",
      "2nd",
      "3rd",
      "4th",
      "11th",
      "12th",
      "21st",
    ]);
    expect(feedbackFault("20404")).toMatch(/^Twilio does not know the message/);
    expect(feedbackFault("http_503")).toBe("Twilio answered with the HTTP status 503");
    expect(feedbackFault("ECONNREFUSED")).toBe("Twilio could not be reached");
    expect(feedbackFault("EWHAT")).toBe("The call failed (EWHAT)");
  });
});

test("several values of a form are all asked for", () => {
  const form = new URLSearchParams([
    ["set-page", "/messages"],
    ["set-status", "failed"],
    ["set-status", "undelivered"],
    ["set-errorCode", ""],
  ]);
  expect(viewOfForm(form)).toBe("/messages?status=failed&status=undelivered");
});

test("a table's head asks for its own order first, and then for the other way round", () => {
  expect(headOrder("-attempted", "-attempted")).toEqual({ direction: "descending", next: "attempted" });
  expect(headOrder("-attempted", "attempted")).toEqual({ direction: "ascending", next: "-attempted" });
  expect(headOrder("change", "-attempted")).toEqual({ direction: undefined, next: "change" });
  expect(headOrder("change", "change")).toEqual({ direction: "ascending", next: "-change" });
});
