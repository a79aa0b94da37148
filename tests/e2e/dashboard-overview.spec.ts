/** The overview over real data: what it says, and that every part of it is a filter of the view in the URL. */
import type { Locator, Page } from "@playwright/test";
import pg from "pg";
import { expect, FAILING, test } from "../support/dashboard-app";
import { expectAccessible, expectNoSidewaysScroll, sidewaysScroll } from "./login";

interface Row {
  country: string;
  attempted: number;
  conversion: number | null;
  lowSample: boolean;
}

interface Destinations {
  rows: Row[];
  totals: Row;
}

/** Every kind of message in the console counts, not only errors. */
test.beforeEach(({ context, consoleErrors }) => {
  context.on("console", (message) => {
    if (message.type() !== "error") consoleErrors.push(`${message.type()}: ${message.text()}`);
  });
});

const table = (page: Page) => page.getByRole("table", { name: "Destinations" }).first();
const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const count = (text: string) => Number(text.replaceAll(",", "").trim());
const percent = (rate: number | null) => (rate === null ? "–" : `${(100 * rate).toFixed(1)}\u00a0%`);

interface Figures {
  attempted: number;
  conversion: string;
}

/** The figures of a row, as a program would want them. Panels come when their report has, and old ones stay until then. */
async function expectFigures(row: Locator, figures: Figures): Promise<void> {
  await expect.poll(() => figuresOf(row)).toEqual(figures);
}

async function figuresOf(row: Locator): Promise<Figures> {
  const [attempted = "", conversion = ""] = await row.getByRole("cell").allTextContents();
  return {
    attempted: count(attempted.replace("Attempted", "")),
    conversion: conversion.replace("Conversion", ""),
  };
}

/** The first destinations, in the order shown, findings' rows left out: further down come those that are never folded. */
async function expectFirstNames(page: Page, wanted: string[]): Promise<void> {
  const names = async () => {
    const all = await table(page).getByRole("rowheader").getByRole("link").allTextContents();
    return all.filter((name) => !name.startsWith("since")).slice(0, 15);
  };
  await expect.poll(names).toEqual(wanted.slice(0, 15));
}

function queryOf(page: Page): string {
  return new URL(page.url()).search;
}

test("a country in small letters is the one that chips, rows and the map mean", async ({ page }) => {
  await page.goto("/?country=br");
  await expect(page.getByRole("list", { name: "Filters" }).first()).toContainText("Country Brazil");
  const href = (name: string | RegExp) => page.getByRole("link", { name }).first();
  await expect(href("Remove the filter Country Brazil")).toHaveAttribute("href", "?");
  await page.locator("summary", { hasText: "Filter by Brazil" }).click();
  await expect(href(/^Show only this ?: Brazil$/)).toHaveAttribute("href", "/?country=BR");
  await expect(href(/^Hide from this view ?: Brazil$/)).toHaveAttribute("href", "/?country%21=BR");
  await expect(href(/^Brazil .* attempted, selected$/)).toHaveAttribute("href", "/");
});

test("what is shown is what the API answers to the same parameters", async ({ page, dashboard }) => {
  await page.goto("/?range=7d&tz=Asia/Kolkata");
  const { rows, totals } = await dashboard.report<Destinations>(
    "destinations?range=7d&tz=Asia/Kolkata&limit=1000",
  );
  await expectFigures(page.getByRole("row", { name: "All destinations" }), {
    attempted: totals.attempted,
    conversion: percent(totals.conversion),
  });
  const [first] = rows;
  const named = new Intl.DisplayNames("en", { type: "region" }).of(first!.country)!;
  await expectFigures(rowOf(page, named), {
    attempted: first!.attempted,
    conversion: percent(first!.conversion),
  });
  await expect
    .poll(() => page.locator("th[scope=row]").count(), "every destination has a row")
    .toBeGreaterThan(rows.length);
});

test("those further down are one row, which leads to a row for each", async ({ page, dashboard }) => {
  await page.goto("/?range=90d");
  const { rows } = await dashboard.report<Destinations>("destinations?range=90d&limit=1000");
  const more = page.getByRole("link", { name: /^Show \d+ more/ });
  const [, folded] = /^Show (\d+) more/.exec((await more.textContent()) ?? "") ?? [];
  const heads = page.getByRole("region", { name: "Destinations", exact: true }).locator("th[scope=row]");
  // The table is in the page with the link that is its last row.
  const shown = await heads.count();
  await more.click();
  await expect(page).toHaveURL("/?range=90d&view=all");
  const less = page.getByRole("link", { name: "Show fewer" });
  await expect(less).toBeVisible();
  const all = shown + Number(folded);
  await expect(heads).toHaveCount(all);
  expect(all, "every destination has a row").toBeGreaterThan(rows.length);
  await less.click();
  await expect(page).toHaveURL("/?range=90d");
});

test("a destination's filter goes into the URL, survives a reload, and the API agrees", async ({
  page,
  dashboard,
}) => {
  await page.goto("/");
  const row = rowOf(page, "India");
  await row.locator("summary").click();
  await row.getByRole("link", { name: "Show only this" }).click();
  await expect(page).toHaveURL(/\?country=IN$/);
  await expect(rowOf(page, "Brazil")).toHaveCount(0);

  const { current } = await dashboard.report<{ current: Row }>(`summary${queryOf(page)}`);
  const figures = { attempted: current.attempted, conversion: percent(current.conversion) };
  await expectFigures(page.getByRole("row", { name: "All destinations" }), figures);
  await page.reload();
  await expectFigures(page.getByRole("row", { name: "All destinations" }), figures);

  await page.goBack();
  await expect(rowOf(page, "Brazil")).toHaveCount(1);
  await rowOf(page, "India").locator("summary").click();
  await rowOf(page, "India").getByRole("link", { name: "Hide from this view" }).click();
  await expect(page).toHaveURL("/?country%21=IN");
  await expect(rowOf(page, "India")).toHaveCount(0);
});

test("an error filters everything, the API agrees, and the filter goes along to the messages and out again", async ({
  page,
  dashboard,
}) => {
  await page.goto("/?range=7d");
  const errors = page.getByRole("region", { name: "Errors" });
  await errors.getByRole("link", { name: /phone is off/ }).click();
  await expect(page).toHaveURL("/?range=7d&errorCode=30003");
  const said = page.getByRole("region", { name: "What is going on" });
  await expect(said).toContainText("match the filters");
  await page.reload();
  const { current } = await dashboard.report<{ current: Row }>("summary?range=7d&errorCode=30003");
  expect(current.attempted).toBeGreaterThan(0);
  await expect(said).toContainText(`${current.attempted.toLocaleString("en")} messages`);
  await expectFigures(page.getByRole("row", { name: "All destinations" }), {
    attempted: current.attempted,
    conversion: percent(current.conversion),
  });
  await expect(errors.getByRole("listitem")).toHaveCount(1);

  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Messages" }).click();
  await expect(page).toHaveURL("/messages?range=7d&errorCode=30003");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Overview" }).click();
  await expect(page).toHaveURL("/?range=7d&errorCode=30003");
  await page.getByRole("link", { name: "Remove the filter Error 30003" }).click();
  await expect(page).toHaveURL("/?range=7d");
});

test("a finding's figures lead to its time, and its name to the destination, where the reason is", async ({
  page,
}) => {
  await page.goto("/");
  const said = page.getByRole("region", { name: "What is going on" });
  await expect(said).toContainText("fewer people than usual got in with their code");
  await expect(said).toContainText(`${FAILING.name} accounts for most of it: 20.0\u00a0%`);
  await said.getByRole("link", { name: "20.0\u00a0% (" }).click();
  await expect(page).toHaveURL(new RegExp(`\\?country=${FAILING.country}&from=`));
  await expectFigures(page.getByRole("row", { name: "All destinations" }), {
    attempted: 100,
    conversion: "20.0\u00a0%",
  });
  await page.goto("/");
  await said.getByRole("link", { name: FAILING.name, exact: true }).click();
  await expect(page).toHaveURL(`/destinations/${FAILING.country}`);
});

test("an open drop has a row of its own, counted since it began", async ({ page, dashboard }) => {
  await page.goto("/");
  const { rows } = await dashboard.report<{ rows: { country: string; attempted: number }[] }>("alerts");
  const alert = rows.find(({ country }) => country === FAILING.country)!;
  const found = page.getByRole("row", { name: new RegExp(`^since .*drop in ${FAILING.name}`) });
  await expectFigures(found, { attempted: alert.attempted, conversion: "20.0\u00a0%" });
  await expect(rowOf(page, FAILING.name)).toContainText("Drop");
});

test("columns order the table, and again the other way round", async ({ page, dashboard }) => {
  await page.goto("/");
  const head = page.getByRole("columnheader", { name: "Change" });
  await expect(page.getByRole("columnheader", { name: "Attempted" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL("/?sort=change");
  const names = new Intl.DisplayNames("en", { type: "region" });
  const inOrder = async (sort: string) => {
    const { rows } = await dashboard.report<Destinations>(`destinations?sort=${sort}&limit=1000`);
    return rows.filter(({ lowSample }) => !lowSample).map(({ country }) => names.of(country)!);
  };
  await expectFirstNames(page, await inOrder("change"));
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expectFirstNames(page, await inOrder("-change"));
});

test("destinations are found by name, whatever the accents", async ({ page }) => {
  await page.goto("/?range=90d");
  await page.getByLabel("Find a destination").fill("turk");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/?range=90d&q=turk");
  await expect(rowOf(page, "Türkiye")).toBeVisible();
  await expect(rowOf(page, "Brazil")).toHaveCount(0);
  await page.getByLabel("Find a destination").fill("nowhere at all");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No destination here has a name with")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).last().click();
  await expect(page).toHaveURL("/?range=90d");
  await expect(rowOf(page, "Brazil")).toBeVisible();
});

test("low samples come last, as counts and without a dot", async ({ page, dashboard }) => {
  await page.goto("/?range=24h");
  const { rows } = await dashboard.report<Destinations>("destinations?range=24h&limit=1000");
  const low = rows.find(({ lowSample, attempted }) => lowSample && attempted > 0)!;
  const name = new Intl.DisplayNames("en", { type: "region" }).of(low.country)!;
  await page.getByText(/fewer than 30 settled messages/).click();
  await expect(rowOf(page, name)).toContainText(/\d+ of \d+/);
});

test("a row's filter and a fold are a keyboard away", async ({ page }) => {
  await page.goto("/");
  await rowOf(page, "India").getByRole("link", { name: "India", exact: true }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: /^Show only this ?: India$/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/?country=IN");
});

test("a row's menu closes with Esc, which takes no filter out, and by a press elsewhere", async ({
  page,
}) => {
  await page.goto("/?action=code");
  const menu = page.getByRole("link", { name: /^Show only this ?: India$/ });
  await rowOf(page, "India").locator("summary").click();
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(page).toHaveURL("/?action=code");
  await rowOf(page, "India").locator("summary").click();
  await expect(menu).toBeVisible();
  await page.getByRole("heading", { name: "Destinations" }).click();
  await expect(menu).toBeHidden();
});

test("a row's menu that was opened before the scripts came stays open when they do", async ({ page }) => {
  let bringScripts = (): void => undefined;
  const wanted = new Promise<void>((resolve) => (bringScripts = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await wanted;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  const summary = rowOf(page, "India").locator("summary");
  await summary.click();
  const menu = page.getByRole("link", { name: /^Show only this ?: India$/ });
  await expect(menu).toBeVisible();
  bringScripts();
  await expect.poll(() => summary.evaluate(isReacts)).toBe(true);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
});

/** Whether React has taken an element of the page that came over. */
function isReacts(element: Element): boolean {
  return Object.keys(element).some((key) => key.startsWith("__reactProps"));
}

test("of a time that is over the finding of then is what is said, and of a part of destinations none", async ({
  page,
  dashboard,
}) => {
  const { rows } = await dashboard.report<{
    rows: { country: string; since: string; until: string | null }[];
  }>("alerts?range=90d");
  const over = rows.find(({ until }) => until !== null)!;
  const name = new Intl.DisplayNames("en", { type: "region" }).of(over.country)!;
  const said = page.getByRole("region", { name: "What is going on" });
  await page.goto(`/?from=${over.since}&to=${over.until}`);
  await expect(said.locator("p").first()).toContainText(name);
  await expect(said).not.toContainText("within their usual range.");
  await page.goto("/?action=code");
  await expect(said).toContainText("Findings are of whole destinations and networks");
  await expect(said).not.toContainText(FAILING.name);
});

test("between a phone and a desk the axis has room, and nothing overlaps", async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 900 });
  await page.goto("/");
  const row = rowOf(page, "India");
  await expect(row).toBeVisible();
  const plot = row.locator("td[aria-hidden] svg").first();
  await expect.poll(async () => (await plot.boundingBox())?.width).toBeGreaterThan(150);
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
});

test("a definition says what a figure is of, and Esc puts it away", async ({ page, dashboard }) => {
  await page.goto("/");
  const { current } = await dashboard.report<{
    current: { mature: { attempted: number; confirmed: number } };
  }>("summary");
  const { attempted, confirmed } = current.mature;
  await page.getByRole("button", { name: "OTP conversion" }).focus();
  const counts = `${confirmed.toLocaleString("en")} of ${attempted.toLocaleString("en")}`;
  await expect(page.getByRole("tooltip")).toContainText(`Confirmed ÷ attempted. ${counts}`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
});

test("what cannot be understood is said, with the rest shown, and what cannot be shown with a way on", async ({
  page,
}) => {
  await page.goto("/?range=13d&tz=UTC");
  await expect(page.getByText(/“13d” is no range/)).toBeVisible();
  await expect(table(page)).toBeVisible();
  await page.getByRole("link", { name: "Take out of the address what was left out" }).click();
  await expect(page).toHaveURL("/?tz=UTC");
  await expect(table(page)).toBeVisible();

  await page.goto("/?country=AQ");
  await expect(
    page.getByRole("heading", { name: "No message in the last 28 days matches the filters" }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Clear all filters" }).click();
  await expect(table(page)).toBeVisible();

  await page.goto("/?from=2020-01-01&to=2020-01-08");
  await expect(page.getByRole("heading", { name: "No messages in these 7 days" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Send a test code" })).toBeVisible();

  await page.goto("/?compare=none");
  await expect(page.getByText("There is nothing to compare with.")).toBeVisible();
});

test("what cannot be read says so in its own place, and can be tried again", async ({
  page,
  dashboard,
  consoleErrors,
}) => {
  const client = new pg.Client({ connectionString: dashboard.databaseUrl });
  await client.connect();
  try {
    await client.query("alter table alert rename to alert_away");
    await page.goto("/");
    const failed = (title: string) =>
      page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
    // One that comes with the page, and one that is streamed.
    for (const title of ["What is going on", "Destinations"]) {
      await expect(failed(title).getByRole("alert")).toContainText("These figures could not be read.");
    }
    await expect(page.getByRole("region", { name: "Errors" })).toBeVisible();
    await expect(page.getByRole("button", { name: "OTP conversion" })).toBeVisible();
    // What React says of a fault that it was told of.
    consoleErrors.length = 0;
    await client.query("alter table alert_away rename to alert");
    await failed("Destinations").getByRole("button", { name: "Try again" }).click();
    await expect(rowOf(page, "India")).toBeVisible();
    await expect(page.getByRole("region", { name: "What is going on" })).toContainText(FAILING.name);
    await expect(page.getByText("These figures could not be read.")).toHaveCount(0);
  } finally {
    await client.query("alter table if exists alert_away rename to alert");
    await client.end();
  }
});

for (const width of [1280, 390]) {
  test(`it is accessible in both themes at ${width} px, with everything unfolded`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/");
    await expect(table(page)).toBeVisible();
    await expectAccessible(page, "the overview");
    await page.goto("/?view=all");
    await expect(page.getByRole("link", { name: "Show fewer" })).toBeVisible();
    await page.getByText(/fewer than 30 settled messages/).click();
    await expectAccessible(page, "the overview, unfolded");
  });
}

test("nothing scrolls sideways on a small phone", async ({ page }) => {
  await page.goto("/");
  await expect(rowOf(page, "India")).toBeVisible();
  await expectNoSidewaysScroll(page, "the overview");
});
