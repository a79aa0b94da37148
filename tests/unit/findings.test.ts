/** What pages say and show of findings, and of destinations that have none. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { costPerConversion } from "@/app/(dashboard)/panels/tiles/cost-per-conversion";
import { conversion, statusOk } from "@/app/(dashboard)/panels/tiles/shares";
import { timeToConfirm } from "@/app/(dashboard)/panels/tiles/time-to-confirm";
import { baselineOf } from "@/components/dashboard/baseline";
import { costWords, rateWords, usualWords } from "@/components/dashboard/finding-figures";
import { PartSentence } from "@/components/dashboard/matching-sentence";
import { Sentence } from "@/components/dashboard/sentence/sentence";
import type { FindingLine } from "@/components/dashboard/sentence/finding-lines";
import type { Movements } from "@/components/dashboard/sentence/movements";
import { lookOf } from "@/components/ui/severity";
import { changeOf, rowOf } from "@/lib/insights/asking/report";
import { nothingMeasured } from "@/lib/insights/asking/measured";
import { FINDINGS, type FindingKind } from "@/lib/terms/findings";

const KINDS = Object.keys(FINDINGS) as FindingKind[];

const FIGURES = {
  kind: "drop" as const,
  conversion: 0.2143,
  conversionLow: 0.162,
  conversionHigh: 0.289,
  baseline: 0.9102,
  lost: 112.3,
  wasted: 4.2,
};

const row = (attempted: number, confirmed: number) => {
  const measured = () => {
    const all = nothingMeasured(false);
    Object.assign(all.counts, { attempted, confirmed });
    return all;
  };
  return rowOf({ all: measured(), mature: measured() }, { filters: {} });
};

const line = (open: boolean): FindingLine => ({
  finding: {
    ...FIGURES,
    id: "1",
    country: "ID",
    network: null,
    acknowledgedAt: null,
    note: null,
    since: new Date(0),
    openedAt: new Date(1),
    until: open ? null : new Date(2),
    open,
    baselineAttempted: 1_000,
    attempted: 160,
    confirmed: 34,
    size: 0.696,
    during: row(200, 50),
    before: row(1_000, 880),
  },
  since: "09:00",
  until: open ? null : "12:00",
  href: "/",
  page: "/destinations/ID",
  beforeHref: "/",
});

const QUIET: Movements = { falls: [], rises: 0, within: 3, uncompared: 0 };
const FALL = { country: "GB", points: 0.198, lost: 91, href: "/" };

/** Its text, without its tags. */
function said(movements: Movements, findings: FindingLine[] = [], destinations = 3, lowSamples = 0): string {
  const page = renderToStaticMarkup(
    createElement(Sentence, {
      evidence: { destinations, lowSamples, attempted: 900, confirmed: 0, mature: 900 },
      movements,
      before: "the 24 hours before",
      lastDay: null,
      lastDayHref: "/",
      endsNow: true,
      findings,
    }),
  );
  return page.replace(/<[^>]*>/g, "").replaceAll("\u00a0", " ");
}

describe("the sentence", () => {
  test("says that all is usual only where every row's change is within noise", () => {
    expect(said(QUIET)).toContain("All 3 destinations are within their usual range.");
    for (const movements of [
      { ...QUIET, falls: [FALL], within: 2 },
      { ...QUIET, rises: 1, within: 2 },
      { ...QUIET, uncompared: 1, within: 2 },
    ])
      expect(said(movements)).not.toContain("All 3");
  });

  test("names the largest falls beyond noise, by sign-ins lost, also while something is pumped", () => {
    const falls = [FALL, { ...FALL, country: "BR", points: 0.031, lost: 12 }];
    const words = said({ ...QUIET, falls, within: 1 });
    expect(words).toContain(
      "No finding is open, but United Kingdom is 19.8 points under the 24 hours before, about 91 sign-ins fewer; Brazil 3.1 points, about 12 sign-ins fewer",
    );
    expect(words).toContain("1 other destination is within its usual range");
    const pumped = line(true);
    const besides = said({ ...QUIET, falls, within: 1 }, [
      { ...pumped, finding: { ...pumped.finding, kind: "pumping" } },
    ]);
    expect(besides).not.toContain("as usual");
    expect(besides).toContain("United Kingdom is 19.8 points under");
  });

  test("names them beside an open finding, too", () => {
    expect(said({ ...QUIET, falls: [FALL], within: 1 }, [line(true)])).toContain(
      "Without a finding, United Kingdom is 19.8 points under",
    );
  });

  test("is a sentence where what was found is over", () => {
    const words = said(QUIET, [line(false)], 4, 58);
    expect(words).toContain(
      "No finding is open. 3 destinations are within their usual range, 58 have too few messages to say. These are over:",
    );
    expect(words).toContain("Indonesia had a conversion drop from 09:00 to 12:00:");
  });
});

describe("the sentence of a part of destinations", () => {
  /** Its text, without its tags. */
  const saidOfPart = (findings: FindingLine[], ofNetworks: boolean) =>
    renderToStaticMarkup(
      createElement(PartSentence, {
        current: row(3_009, 2_552),
        change: null,
        before: "the 28 days before",
        findings,
        ofNetworks,
      }),
    )
      .replace(/<[^>]*>/g, "")
      .replaceAll("\u00a0", " ");
  const ofNetwork = (open: boolean) => {
    const its = line(open);
    return { ...its, finding: { ...its.finding, network: "Telkomsel" } };
  };

  test("begins with what is open of its network, as the table below it shows it", () => {
    const words = saidOfPart([ofNetwork(true)], true);
    expect(words).toMatch(/^Telkomsel in Indonesia has a conversion drop since 09:00: 21\.4 %/);
    expect(words).toContain("84.8 % of these messages were confirmed");
    expect(words).not.toMatch(/none are shown|No finding/);
  });

  test("names what is over after the rate, and says where there is none", () => {
    const over = saidOfPart([ofNetwork(false)], true);
    expect(over).toMatch(/^84\.8 % .*Telkomsel in Indonesia had a conversion drop from 09:00 to 12:00/);
    expect(saidOfPart([], true)).toContain("No finding of this network in this time.");
    expect(saidOfPart([], false)).toContain("with these filters none are shown");
  });
});

test("says what is counted, whatever comes first", () => {
  const movements = { ...QUIET, within: 0 };
  expect(said(movements, [line(true)], 0, 40)).toContain(
    "40 other destinations have too few messages to say.",
  );
  expect(said({ ...movements, uncompared: 2 }, [line(true)], 2, 40)).toContain(
    "2 other destinations have nothing to be compared with, 40 have too few messages to say.",
  );
});

test("a finding's figures are its own, with its cost, in whatever line", () => {
  const words = [rateWords(FIGURES), usualWords(FIGURES), costWords(FIGURES)].map((text) =>
    text.replaceAll("\u00a0", " "),
  );
  expect(words).toEqual([
    "21.4 % (16.2–28.9 %)",
    "usually 91.0 % (14 days)",
    ", about 110 sign-ins lost, $4.20 wasted",
  ]);
  for (const open of [true, false])
    for (const text of words) expect(said(QUIET, [line(open)])).toContain(text);
});

test.each(KINDS)("colour means that a finding lasts: %s", (kind) => {
  const { severity } = FINDINGS[kind];
  const [open, over] = [true, false].map((isOpen) => Object.values(lookOf({ kind, open: isOpen })).join(" "));
  expect(open).toContain(severity);
  expect(over).not.toMatch(/watch|bad/);
});

describe("against fewer than thirty messages", () => {
  test("there is no change and no tick, however large it would be", () => {
    expect(changeOf(row(400, 380), row(2, 0))).toEqual({
      conversion: null,
      low: null,
      high: null,
      beyondNoise: false,
      lost: null,
    });
    expect(changeOf(row(400, 380), row(29, 1)).conversion).toBeNull();
    expect(changeOf(row(400, 380), row(30, 1)).beyondNoise).toBe(true);
    expect(baselineOf(row(29, 29))).toBeNull();
    expect(baselineOf(row(30, 15))).toBe(0.5);
  });

  test.each([
    ["few now", row(15, 11), row(100, 80)],
    ["few before", row(100, 80), row(15, 11)],
  ])("no tile has a change of rates: %s", (_, current, previous) => {
    const range = { from: new Date(0), to: new Date(3_600_000), tz: "UTC" };
    const summary = { range, previousRange: range, current, previous, change: changeOf(current, previous) };
    const view = { at: range.to, query: { range, filters: {}, compare: "previous" as const } };
    const tiles = [conversion, statusOk, timeToConfirm, costPerConversion].map((tile) =>
      tile(summary, [], view, () => "/"),
    );
    expect(tiles.map(({ change }) => change)).toEqual(tiles.map(() => undefined));
    expect(tiles[0]?.figure).toBe(current.lowSample ? "11 of 15" : "80.0\u00a0%");
  });
});
