/** How the pages write figures and problems. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { GET as flags } from "@/app/flags.svg/route";
import {
  DESTINATION_COLUMNS,
  FOLD_COLUMNS,
  type DestinationColumn,
} from "@/components/dashboard/table/columns";
import { Unbroken } from "@/components/dashboard/unbroken";
import { fallenWords } from "@/components/destination/rate-row";
import { LinkResult } from "@/components/login/link-result";
import { refusalInWords, sendFailed, wrongCode } from "@/components/login/words";
import { Checks } from "@/components/messages/evidence";
import { flagSheet } from "@/components/ui/flag";
import {
  formatCount,
  formatCountdown,
  formatRate,
  formatSum,
  formatWait,
  lengthInWords,
} from "@/components/ui/format";
import { PlaceBadge } from "@/components/ui/place-badge";
import { stateLine } from "@/components/ui/place-words";
import {
  COUNTRIES,
  formatBlock,
  formatNumbersOf,
  formatNational,
  formatNumber,
  likelyCountry,
} from "@/components/ui/phone-number";
import { PROBLEMS, type ProblemCode } from "@/lib/errors";
import type { PlaceState } from "@/lib/protection/states";
import { limitReached } from "@/lib/protection/send-limits";

describe("what is said of a limit", () => {
  const no = {
    gapWait: null,
    numberWait: null,
    browserWait: null,
    addressWait: null,
    allWait: null,
    protectedWait: null,
    isBlocked: false,
  };

  test.each([
    [{ numberWait: 9 }, "asked for, to this number; try again in 9 s."],
    [{ browserWait: 9 }, "asked for, by this browser; try again in 9 s."],
    [{ addressWait: 9 }, "asked for, from this address; try again in 9 s."],
    [{ allWait: 9 }, "asked for, in all; try again in 9 s."],
    [{ protectedWait: 9 }, "limited at the moment. Try again later, or another way to sign in."],
    [{ protectedWait: 9, isBlocked: true }, "are not sent from here."],
  ])("is a sentence: %j", (waits, words) => {
    expect(limitReached({ ...no, ...waits })).toMatchObject({
      detail: expect.stringContaining(words) as string,
    });
  });
});

test("a link that was called off is not said to be so by whoever asked: it may have been the reader", () => {
  const page = renderToStaticMarkup(createElement(LinkResult, { outcome: { state: "canceled" } }));
  expect(page).toContain("This link was canceled");
  expect(page).not.toContain("Whoever asked");
});

test.each([
  [new Date("2026-11-26T19:44:35Z"), "No check of it is kept."],
  [null, "No check has been evaluated."],
])("what was confirmed is not said to have been checked by nobody: %s", (confirmedAt, words) => {
  const page = renderToStaticMarkup(
    createElement(Checks, { checks: [], message: { id: "1", confirmedAt }, tz: "UTC" }),
  );
  expect(page).toContain(words);
});

test("each network is said to have fallen when its own row says so", () => {
  const row = (title: string, words?: string) => {
    const figures = { attempted: 90, rate: 0.1, low: 0.06, high: 0.19, baseline: 0.88, lowSample: false };
    const since = words && { ...figures, words, change: null, kind: "drop" as const, open: true };
    return { title, since: since || undefined };
  };
  const [telkomsel, xl, smartfren] = [
    row("Telkomsel", "since 08:45"),
    row("XL", "since 10:45"),
    row("Smartfren"),
  ];
  expect(fallenWords([smartfren])).toBeNull();
  expect(fallenWords([telkomsel, smartfren, smartfren])).toBe(
    "Telkomsel fell since 08:45; the 2 others did not beyond noise.",
  );
  expect(fallenWords([telkomsel, xl, smartfren])).toBe(
    "Telkomsel fell since 08:45 and XL fell since 10:45; the other one did not beyond noise.",
  );
  expect(fallenWords([xl, { ...xl, title: "Indosat" }])).toBe("XL and Indosat fell since 10:45.");
});

describe("a place’s state", () => {
  const open = { is: "open", by: null, of: null, perHour: null, reason: null, until: null } as const;

  test.each([
    ["BR", open, null, "open", "Open"],
    [
      "BR",
      { ...open, is: "blocked", by: "said", of: "BR", reason: "Pumping" },
      "28 Nov 14:00",
      "blocked",
      "Blocked until 28 Nov 14:00: Pumping",
    ],
    [
      "BR:Claro",
      { ...open, is: "capped", by: "said", of: "BR", perHour: 1200, reason: "Pumping" },
      null,
      "capped at 1,200/h",
      "Capped at 1,200 messages an hour, as all of Brazil is: Pumping",
    ],
    [
      "+5511987654",
      { ...open, is: "monitored", by: "said", of: "BR:Claro", reason: "New" },
      null,
      "watched",
      "Watched, as Claro in Brazil is: New",
    ],
    [
      "BR",
      { ...open, is: "refusing", by: "exposure", of: "first" },
      null,
      "refusing now",
      "Refusing now, as all new destinations together are: too many messages are unanswered",
    ],
    [
      "BR:Claro",
      { ...open, is: "blocked", by: "countries", of: "BR" },
      null,
      "blocked",
      "Blocked, as all of Brazil is: ALLOWED_COUNTRIES or BLOCKED_COUNTRIES leaves it out",
    ],
    // Of an open dashboard: that it is so.
    ["BR", { ...open, is: "capped", by: "said", of: "BR" }, null, "capped", "Capped"],
  ] satisfies [string, PlaceState, string | null, string, string][])(
    "is said with whose it is, until when and why: %s, %j",
    (place, state, until, short, words) => {
      const line = stateLine(place, state, until);
      expect([line.short, line.words]).toEqual([short, words]);
      const badge = renderToStaticMarkup(createElement(PlaceBadge, { line, said: true }));
      expect(badge).toContain(`title="${words}"`);
      expect(badge).toContain(`<span class="sr-only">${words}</span>`);
      expect(badge).toContain(`>${short}</span>`);
    },
  );
});

test("a word with a hyphen is not broken at it", () => {
  const words = renderToStaticMarkup(
    createElement(Unbroken, { children: "about 86 sign-ins lost, $4 wasted" }),
  );
  expect(words).toBe('about 86 <span class="whitespace-nowrap">sign-ins</span> lost, $4 wasted');
});

describe("figures", () => {
  test("has one decimal in a rate, and a dash for what there is none of", () => {
    expect(formatRate(0.8744)).toBe("87.4\u00a0%");
    expect(formatRate(1)).toBe("100.0\u00a0%");
    expect(formatRate(0)).toBe("0.0\u00a0%");
    expect(formatRate(null)).toBe("–");
  });

  test("groups counts and rounds waits up", () => {
    expect(formatCount(1_901_289)).toBe("1,901,289");
    expect(formatWait(23.2)).toBe("24\u00a0s");
    expect(formatWait(179)).toBe("3\u00a0min");
    expect(formatWait(7_300)).toBe("3\u00a0h");
    expect(formatCountdown(64)).toBe("1:04");
    expect([899, 2239.5, 0.921].map((sum) => formatSum(sum, "USD"))).toEqual([
      "$899.00",
      "$2,239.50",
      "$0.92",
    ]);
    expect([4, 6, 10].map(lengthInWords)).toEqual(["four", "six", "ten"]);
  });
});

describe("numbers", () => {
  test("are written as in their country and as from abroad", () => {
    expect(formatNumber("+447700900123")).toBe("+44 7700 900123");
    expect(formatNational("+12015550123")).toBe("(201) 555-0123");
  });

  test("have their blocks grouped in the same way, as far as they go", () => {
    expect(formatBlock("+62821765")).toBe("+62 821 765");
    expect(formatNumbersOf("+62821765")).toBe("+62 821 765 •••");
  });

  test("are guessed to be of the browser's country", () => {
    expect(likelyCountry("en-GB,en;q=0.9,de-DE;q=0.8")).toBe("GB");
    expect(likelyCountry("en-gb")).toBe("GB");
    expect(likelyCountry("de-de,de;q=0.8")).toBe("DE");
    expect(likelyCountry("EN-gb")).toBe("GB");
    expect(likelyCountry("zh-hant-tw, en-us;q=0.5")).toBe("TW");
    expect(likelyCountry("en-us;q=0.5, pt_br ; Q=0.9, de-de;q=0")).toBe("BR");
    expect(likelyCountry("en-UK")).toBe("GB");
    expect(likelyCountry("ar-eg-u-nu-latn")).toBe("EG");
    // What says nothing is passed over: a continent, no tag at all, a star.
    expect(likelyCountry("es-419, *, -, en-, i-klingon, 🙂, fr-ch")).toBe("CH");
    expect(likelyCountry(`${"x".repeat(50_000)}, en-gb`)).toBe("US");
    expect(likelyCountry("eo-XX")).toBe("US");
    expect(likelyCountry(null)).toBe("US");
  });

  test("have countries with a name, a calling code and a flag", async () => {
    expect(COUNTRIES.length).toBeGreaterThan(240);
    const codes = COUNTRIES.map(({ code }) => code);
    const sprite = await flags(new Request(`http://localhost${flagSheet(codes)}`)).text();
    for (const { code, name, callingCode } of COUNTRIES) {
      expect(name).not.toBe(code);
      expect(callingCode).toMatch(/^\d+$/);
      expect(sprite).toContain(`<symbol id="${code}"`);
    }
  });

  test("get no flag for what is no country", async () => {
    const sprite = await flags(new Request(`http://localhost/flags.svg?of="><script>`)).text();
    expect(sprite).toBe('<svg xmlns="http://www.w3.org/2000/svg"></svg>');
  });
});

describe("the table of destinations", () => {
  test("has its fold's columns as wide as its own", () => {
    const rem = (column: DestinationColumn, wide: boolean) => {
      const width = (column.width ?? "").split(" ");
      const from = (size: string) => width.find((name) => name.startsWith(`${size}:`));
      const chosen = (wide && from("xl")) || from("md") || width[0]!;
      return Number(chosen.replace(/^(\w+:)?w-/, "")) / 4;
    };
    const fold = (wide: boolean) => {
      const axis = DESTINATION_COLUMNS.findIndex(({ name }) => name === "plot");
      const before = DESTINATION_COLUMNS.slice(0, axis).map((column) => `${rem(column, wide)}rem`);
      const after = DESTINATION_COLUMNS.slice(axis + 1).reduce((sum, column) => sum + rem(column, wide), 0);
      return `grid-cols-[${[...before, "minmax(0,1fr)", `${after}rem`].join("_")}]`;
    };
    expect(FOLD_COLUMNS).toBe(`lg:${fold(false)} xl:${fold(true)}`);
  });
});

describe("problems", () => {
  test("are each said with a remedy", () => {
    for (const problem of Object.keys(PROBLEMS) as ProblemCode[]) {
      const { title, remedy } = refusalInWords({ problem, retryAfter: 24 });
      expect(title).toMatch(/\.$/);
      expect(remedy).toMatch(/\.$/);
    }
  });

  test("name how long to wait, and Twilio's code", () => {
    expect(refusalInWords({ problem: "too_many_starts", retryAfter: 24 }).remedy).toContain("24\u00a0s");
    expect(sendFailed(21408).remedy).toContain("21408");
    expect(sendFailed(null).remedy).toContain("try again");
    expect(wrongCode(1, 6).title).toBe("That code isn’t right. 1 try left.");
  });
});
