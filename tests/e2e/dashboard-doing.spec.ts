/** Doing things with the dashboard: rows that open, filters that forgive, ranges with times, and any range to compare with. */
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/dashboard-app";
import { expectAccessible } from "./login";

const bar = (page: Page) => page.getByRole("region", { name: "What is shown" });
const searchOf = (page: Page) => new URL(page.url()).searchParams;
const openMenu = (page: Page, name: RegExp) =>
  bar(page).locator("summary").filter({ hasText: name }).filter({ visible: true }).click();

/** Presses a part of a row, whatever lies over it: its link is all of the row. Nothing is still on its way, which would move it. */
async function press(part: Locator, how: Parameters<Locator["click"]>[0] = {}): Promise<void> {
  await part.page().waitForLoadState("networkidle");
  await part.click({ ...how, force: true });
}

/** A row's cell that is not the one with its link. */
const figureOf = (row: Locator) => row.getByRole("cell").filter({ hasText: /\d/ }).first();

const destination = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader").getByText(name, { exact: true }) });

for (const javaScriptEnabled of [true, false]) {
  test(`a row opens what it shows, wherever it is pressed, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    browser,
    dashboard,
  }) => {
    const context = await browser.newContext({ baseURL: dashboard.origin, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto("/messages");
    const row = page.getByRole("table", { name: "Messages, newest first" }).getByRole("row").nth(1);
    await press(row.getByRole("cell").nth(1));
    await expect(page).toHaveURL(/\/messages\/[0-9a-f-]{36}$/);

    await page.goto("/destinations/IN");
    const networks = page.getByRole("table", { name: "Networks" });
    await press(figureOf(networks.getByRole("row").nth(1)));
    await expect(page).toHaveURL(/\/destinations\/IN\?network=/);

    await page.goto("/destinations/IN");
    const newest = page.getByRole("table", { name: "Newest messages" }).getByRole("row").nth(1);
    await press(newest.getByRole("cell").nth(2));
    await expect(page).toHaveURL(/\/messages\/[0-9a-f-]{36}$/);
    await context.close();
  });
}

test("a destination's row opens it, wherever it is pressed", async ({ page }) => {
  await page.goto("/");
  await press(figureOf(destination(page, "India")));
  await expect(page).toHaveURL(/\/destinations\/IN$/);
});

test("a row opens in a tab as links do, filters with Alt or Shift, and its texts can be selected", async ({
  page,
  context,
}) => {
  await page.goto("/?range=90d");
  await page.waitForLoadState("networkidle");
  const row = destination(page, "India");
  for (const how of [{ modifiers: ["ControlOrMeta" as const] }, { button: "middle" as const }]) {
    const tab = context.waitForEvent("page");
    await press(figureOf(row), how);
    const opened = await tab;
    await expect(opened).toHaveURL(/\/destinations\/IN\?range=90d$/);
    await opened.close();
  }
  await expect(page).toHaveURL("/?range=90d");

  const text = await row
    .getByRole("cell")
    .filter({ hasText: "%" })
    .first()
    .evaluate((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, y: (top + bottom) / 2 };
    });
  await page.mouse.move(text.left + 1, text.y);
  await page.mouse.down();
  await page.mouse.move(text.right - 12, text.y, { steps: 8 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/\d/);
  await expect(page, "selecting opens nothing").toHaveURL("/?range=90d");

  for (const modifier of ["Alt", "Shift"] as const) {
    await page.goto("/?range=90d");
    await page.waitForLoadState("networkidle");
    await press(figureOf(destination(page, "India")), { modifiers: [modifier] });
    await expect.poll(() => searchOf(page).get("country")).toBe("IN");
    expect(new URL(page.url()).pathname).toBe("/");
  }
  await page.goto("/?range=90d");
  await page.waitForLoadState("networkidle");
  await press(figureOf(destination(page, "India")), { modifiers: ["Alt", "Shift"] });
  await expect.poll(() => searchOf(page).get("country!")).toBe("IN");
});

test("a row's menu shows only it, or hides it: of destinations, networks and messages", async ({ page }) => {
  await page.goto("/destinations/IN");
  const networks = page.getByRole("table", { name: "Networks" });
  await expect(networks.getByRole("rowheader").first()).toBeVisible();
  const [first] = await networks.getByRole("rowheader").getByRole("link").allTextContents();
  const network = first?.split(":")[0] ?? "";
  await networks.getByRole("row").nth(1).locator("summary").click();
  await networks.getByRole("link", { name: "Hide from this view" }).filter({ visible: true }).click();
  await expect.poll(() => searchOf(page).get("network!")).toBe(network);
  await expect(networks.getByText(network, { exact: true })).toHaveCount(0);

  await page.goto("/messages");
  const row = page.getByRole("table", { name: "Messages, newest first" }).getByRole("row").nth(1);
  await row.locator("summary").click();
  await row.getByRole("link", { name: "Show only this" }).click();
  await expect.poll(() => searchOf(page).has("country")).toBe(true);
  expect(new URL(page.url()).pathname).toBe("/messages");
});

for (const javaScriptEnabled of [true, false]) {
  test(`filters forgive, and a mistake stays in the open form, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    browser,
    dashboard,
  }) => {
    const context = await browser.newContext({ baseURL: dashboard.origin, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto("/");
    await openMenu(page, /Filter/);
    const country = bar(page).getByLabel("Country, by name or code");
    await country.fill("Brasill");
    await bar(page).getByLabel("Action").selectOption("code");
    await bar(page).getByRole("button", { name: "Only these" }).click();
    await expect(country).toBeVisible();
    await expect(country).toHaveValue("Brasill");
    await expect(country).toHaveAccessibleDescription(/No country is called “Brasill”/);
    await expect(
      page.getByRole("button", { name: "OTP conversion" }),
      "the dashboard is still there",
    ).toBeVisible();
    await expect(bar(page).getByRole("list", { name: "Filters" }).first()).toContainText("Action Code");
    if (javaScriptEnabled) await expect(country).toBeFocused();

    await country.fill("brasil");
    await bar(page).getByRole("button", { name: "Only these" }).click();
    await expect.poll(() => searchOf(page).get("country")).toBe("BR");
    await expect(country).toBeHidden();
    expect(searchOf(page).getAll("action")).toEqual(["code"]);

    await page.goto("/messages?country=Indonesien");
    await openMenu(page, /Filter/);
    const network = bar(page).getByLabel("Network, by name");
    const proposed = await network.evaluate((input: HTMLInputElement) =>
      [...(input.list?.options ?? [])].map(({ value }) => value),
    );
    expect(proposed).toContain("Telkomsel");
    await network.fill("tELKOMSEL");
    await bar(page).getByRole("button", { name: "Only these" }).click();
    await expect.poll(() => searchOf(page).get("network")).not.toBeNull();
    await expect(
      page.getByRole("table", { name: "Messages, newest first" }).getByRole("row").nth(1),
    ).toContainText("Telkomsel");
    await context.close();
  });
}

test("a network is found whatever its case, by the API, too", async ({ dashboard }) => {
  const of = (network: string) =>
    dashboard.report<{ current: object }>(`summary?range=90d&country=ID&network=${network}`);
  expect((await of("tELKOMSEL")).current).toEqual((await of("Telkomsel")).current);
  expect((await of("Telkomsel")).current).not.toMatchObject({ attempted: 0 });
});

test("networks are proposed of the country that is being typed", async ({ page }) => {
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await openMenu(page, /Filter/);
  await bar(page).getByLabel("Country, by name or code").fill("Deutschland");
  const network = bar(page).getByLabel("Network, by name");
  await network.focus();
  await expect(bar(page).locator("datalist option[value=Vodafone]")).toHaveCount(1);
});

test("an address that is wrong in one part is shown without it, and says which", async ({ page }) => {
  await page.goto("/?country=Atlantis&action=code&range=13d&utm_source=mail");
  await expect(page.getByRole("row", { name: "All destinations" })).toBeVisible();
  const left = bar(page).getByRole("list", { name: "Left out" });
  await expect(left).toContainText("Country Atlantis");
  await expect(left).toContainText("Range 13d");
  await expect(left).toContainText("utm_source means nothing here");
  await expect(bar(page).getByRole("list", { name: "Filters" }).first()).toContainText("Action Code");
  await expect(page.getByText("This address cannot be shown")).toHaveCount(0);
  await expectAccessible(page, "an address with mistakes");
  await left.getByRole("link").click();
  await expect(page).toHaveURL("/?action=code");
  await expect(left).toHaveCount(0);
});

test("the range menu is wide enough for years, has times and calendar ranges, and keeps a mistake", async ({
  page,
}) => {
  await page.goto("/feedback?tz=Asia/Kolkata");
  await openMenu(page, /Last 28 days/);
  const first = bar(page).getByLabel("First day");
  const field = await first.boundingBox();
  expect(field?.width ?? 0).toBeGreaterThan(140);
  const menu = await bar(page)
    .getByRole("button", { name: "Show these days" })
    .locator("xpath=../..")
    .boundingBox();
  expect(menu?.width ?? 0).toBeGreaterThanOrEqual(320);
  for (const name of ["Today", "Yesterday", "This week", "Last week"])
    await expect(bar(page).getByRole("link", { name, exact: true })).toBeVisible();
  await first.fill("2026-11-20");
  await bar(page).getByLabel("Last day").fill("2026-11-20");
  await bar(page).getByLabel("From, if not all day").fill("09:00");
  await bar(page).getByLabel("Until").fill("10:30");
  await bar(page).getByRole("button", { name: "Show these days" }).click();
  await expect.poll(() => searchOf(page).get("from")).toBe("2026-11-20T03:30:00Z");
  expect(searchOf(page).get("to")).toBe("2026-11-20T05:00:00Z");

  // What it is compared with says so, too.
  await openMenu(page, /^(?!Compared).*1\.5 hours/);
  await expect(bar(page).getByLabel("From, if not all day")).toHaveValue("09:00");
  await bar(page).getByLabel("Last day").fill("2026-11-11");
  await bar(page).getByRole("button", { name: "Show these days" }).click();
  await expect(bar(page).getByText("The first day is after the last.")).toBeVisible();
  await expect(bar(page).getByLabel("Last day")).toHaveValue("2026-11-11");
  await expect(page.getByRole("region", { name: "Feedback", exact: true })).toBeVisible();

  await bar(page).getByRole("link", { name: "Yesterday", exact: true }).click();
  await expect(bar(page).locator("summary", { hasText: "Yesterday" })).toBeVisible();
  await bar(page).getByRole("link", { name: "The range after" }).click();
  await expect.poll(() => searchOf(page).get("range")).toBe("today");
});

test("any range is compared with, and the API agrees", async ({ page, dashboard }) => {
  await page.goto("/?range=7d");
  await openMenu(page, /Compared with/);
  const shown = { visible: true };
  await bar(page).getByLabel("From the day").filter(shown).fill("2026-10-01");
  await bar(page).getByLabel("To the day").filter(shown).fill("2026-10-31");
  await bar(page).getByRole("button", { name: "Compare with these days" }).filter(shown).click();
  await expect.poll(() => searchOf(page).get("compare")).toBe("2026-10-01/2026-11-01");
  await expect(bar(page).locator("summary", { hasText: "1 Oct – 31 Oct" })).toBeVisible();
  const { previousRange } = await dashboard.report<{ previousRange: { from: string } }>(
    "summary?range=7d&compare=2026-10-01/2026-11-01",
  );
  expect(previousRange.from).toBe("2026-10-01T00:00:00.000Z");
});
