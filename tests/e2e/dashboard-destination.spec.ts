/** A destination's page, the series and the map: what they say is what the API answers, and every part of them leads on. */
import type { Page } from "@playwright/test";
import { expect, FAILING, test } from "../support/dashboard-app";
import { expectAccessible, expectNoSidewaysScroll } from "./login";

interface Counts {
  attempted: number;
  confirmed: number;
  conversion: number | null;
}

interface Report {
  current: Counts & { errors: number };
  funnel: Record<"requested" | "accepted" | "delivered" | "confirmed" | "reported", number>;
  networks: (Counts & { network: string | null; lowSample: boolean })[];
}

/** Every kind of message in the console counts, not only errors. */
test.beforeEach(({ context, consoleErrors }) => {
  context.on("console", (message) => {
    if (message.type() !== "error") consoleErrors.push(`${message.type()}: ${message.text()}`);
  });
});

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const grouped = (count: number) => count.toLocaleString("en-US");
const percent = (rate: number | null) => (rate === null ? "–" : `${(100 * rate).toFixed(1)}\u00a0%`);
const series = (page: Page) => panel(page, "Conversion and volume");

test("figures, funnel and networks are those of the API's report of the country", async ({
  page,
  dashboard,
}) => {
  const query = "range=7d&tz=Asia/Kolkata";
  await page.goto(`/destinations/IN?${query}`);
  const { current, funnel, networks } = await dashboard.report<Report>(`destinations/IN?${query}`);
  await expect(page.getByRole("heading", { level: 1, name: "India" })).toBeVisible();

  const steps = panel(page, "Where messages are lost").getByRole("listitem");
  for (const [i, step] of Object.keys(funnel).entries()) {
    const count = funnel[step as keyof typeof funnel];
    await expect(steps.nth(i)).toContainText(new RegExp(`^${step}${grouped(count)}`, "i"));
  }
  const rows = page.getByRole("table", { name: "Networks" }).getByRole("row");
  for (const { network, attempted, conversion, lowSample } of networks) {
    const row = rows.filter({ has: page.getByRole("link", { name: network ?? "Unknown network" }) });
    await expect(row.getByRole("cell").first()).toContainText(grouped(attempted));
    if (!lowSample) await expect(row).toContainText(percent(conversion));
  }
  await expect(panel(page, "Errors")).toContainText(
    `${grouped(current.errors)} of ${grouped(current.attempted)}`,
  );
  const head = page
    .getByRole("table", { name: "Networks" })
    .getByRole("columnheader", { name: "Conversion" });
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const ordered = await dashboard.report<{ rows: Report["networks"] }>(
    `destinations?country=IN&by=network&sort=conversion&${query}`,
  );
  await expect(rows.getByRole("rowheader").getByRole("link")).toHaveText(
    ordered.rows.map(({ network }) => new RegExp(`^${network ?? "Unknown network"}:`)),
  );
});

test("a finding says since when, has a window of its own, and a row in its networks", async ({ page }) => {
  await page.goto(`/destinations/${FAILING.country}`);
  await expect(page.getByText(`${FAILING.name} has a conversion drop`)).toBeVisible();
  // Wherever the finding is told of, in the same words.
  await expect(page.getByText("20.0\u00a0% (").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: /^The time since / })).toBeVisible();
  const fallen = page.getByRole("table", { name: "Networks" }).getByRole("row", { name: /^since / });
  await expect(fallen).toContainText("20.0\u00a0%");
  await expect(panel(page, "Errors")).toContainText("30003 rose from");
});

test("a destination, then a network, then a block: each is a filter, and the API agrees", async ({
  page,
  dashboard,
}) => {
  await page.goto(`/destinations/${FAILING.country}`);
  await page.getByRole("link", { name: /^Síminn.*show only this network/ }).click();
  await expect(page).toHaveURL(/\?network=S%C3%ADminn$/);
  await expect(page.getByRole("link", { name: "Show all networks" })).toBeVisible();

  const blocks = page.getByRole("table", { name: "1k blocks" });
  await blocks
    .getByRole("link", { name: /show only this block/ })
    .first()
    .click();
  await expect(page).toHaveURL(/&block=%2B\d+$/);
  await page.reload();
  const { search } = new URL(page.url());
  const report = await dashboard.report<Report>(`destinations/${FAILING.country}${search}`);
  await expect(panel(page, "Where messages are lost").getByRole("listitem").nth(1)).toContainText(
    `Accepted${grouped(report.funnel.accepted)}`,
  );
});

test("what is lost in the funnel, and why, are filters of the whole page", async ({ page, dashboard }) => {
  await page.goto("/destinations/IN");
  const funnel = panel(page, "Where messages are lost");
  await funnel.getByRole("link", { name: "not delivered", exact: true }).click();
  await expect(page).toHaveURL(/\/destinations\/IN\?status=undelivered&status=failed&.*&confirmed=false$/);
  const all = await dashboard.report<Report>("destinations/IN");
  const { current, funnel: lost } = await dashboard.report<Report>(
    `destinations/IN${new URL(page.url()).search}`,
  );
  expect(current.attempted).toBe(all.funnel.accepted - all.funnel.delivered);
  expect(lost.delivered).toBe(0);
  await expect(funnel.getByRole("listitem").nth(1)).toContainText(`Accepted${grouped(current.attempted)}`);
  await expect(panel(page, "Errors")).toContainText(
    `${grouped(current.errors)} of ${grouped(current.attempted)}`,
  );

  await panel(page, "Errors").getByRole("link").first().click();
  await expect(page).toHaveURL(/&errorCode=\d+$/);
  const narrower = await dashboard.report<Report>(`destinations/IN${new URL(page.url()).search}`);
  expect(narrower.current.attempted).toBeLessThan(current.attempted);
  await expect(funnel.getByRole("listitem").nth(1)).toContainText(
    `Accepted${grouped(narrower.current.attempted)}`,
  );
});

test("the series' table is the API's series, and its rows zoom", async ({ page, dashboard }) => {
  await page.goto("/?range=7d&interval=day");
  const { rows } = await dashboard.report<{ rows: Counts[] }>("timeseries?range=7d&interval=day");
  await series(page).getByText("Table of").click();
  const shown = () =>
    series(page)
      .locator("tbody tr")
      .evaluateAll((lines) =>
        lines.map((line) => [...line.querySelectorAll("td")].slice(0, 3).map((cell) => cell.textContent)),
      );
  await expect
    .poll(shown)
    .toEqual(
      rows.map(({ attempted, confirmed, conversion }) => [
        grouped(attempted),
        grouped(confirmed),
        percent(conversion),
      ]),
    );
  await series(page).getByRole("link", { name: "Zoom to" }).nth(2).press("Enter");
  await expect(page).toHaveURL(/from=\d{4}-.*Z&to=\d{4}-.*Z/);
});

/** The chart once it can be pressed and dragged over, and places in its middle from left, 0, to right, 1. */
async function livePlot(page: Page) {
  const plot = series(page).locator("[data-chart]");
  await plot.scrollIntoViewIfNeeded();
  await expect(plot).toHaveAttribute("data-chart", "live");
  const { width, height } = (await plot.boundingBox())!;
  return { plot, at: (share: number) => ({ x: share * width, y: height / 2 }) };
}

test("the interval is a link, and dragging over the chart writes what it covers into the URL", async ({
  page,
}) => {
  await page.goto("/?range=7d");
  await series(page).getByRole("navigation", { name: "Interval" }).getByRole("link", { name: "1 h" }).click();
  await expect(page).toHaveURL(/interval=hour/);
  const { plot, at } = await livePlot(page);
  await plot.dragTo(plot, { sourcePosition: at(0.25), targetPosition: at(0.6), steps: 4 });
  await expect(page).toHaveURL(/\?from=[^&]+Z&to=[^&]+Z$/);
});

test("the chart's library comes when the chart is seen, in place of a picture that is complete without it", async ({
  page,
}) => {
  const library: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().endsWith(".js")) return;
    if ((await response.text().catch(() => "")).includes("recharts")) library.push(response.url());
  });
  await page.setViewportSize({ width: 390, height: 300 });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  const chart = series(page).locator("[data-chart]");
  await expect(chart).toHaveAttribute("data-chart", "picture");
  expect(library).toEqual([]);
  const before = await series(page).boundingBox();

  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute("data-chart", "live");
  await expect.poll(() => library.length).toBeGreaterThan(0);
  await expect.poll(async () => (await series(page).boundingBox())?.height).toBe(before?.height);
});

test("without a script there are the picture, the map, the tables and the links", async ({
  browser,
  dashboard,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: dashboard.origin });
  const page = await context.newPage();
  await page.goto(`/destinations/${FAILING.country}`);
  await expect(series(page).locator("[data-chart=picture] path").first()).toBeAttached();
  await page.getByRole("link", { name: /^Síminn.*show only this network/ }).click();
  await expect(page).toHaveURL(/network=/);
  await context.close();
});

test("a country of the map is a filter, and says its figures", async ({ page, dashboard }) => {
  await page.goto("/");
  const { rows } = await dashboard.report<{ rows: (Counts & { country: string })[] }>(
    "destinations?limit=1000",
  );
  const { attempted, conversion } = rows.find(({ country }) => country === "BR")!;
  const brazil = panel(page, "Map").getByRole("link", { name: /^Brazil / });
  await expect(brazil).toHaveAccessibleName(`Brazil ${percent(conversion)}, ${grouped(attempted)} attempted`);
  await brazil.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?country=BR$/);
  await expect(panel(page, "Map").getByRole("link", { name: /^Brazil .*, selected$/ })).toBeAttached();
});

test("a code that no country has is not found, and a country without messages says what to do", async ({
  page,
  consoleErrors,
}) => {
  const response = await page.goto("/destinations/QQ");
  expect(response!.status()).toBe(404);
  // What a browser says of the page's own status.
  consoleErrors.length = 0;
  await page.goto("/destinations/TV");
  await expect(page.getByRole("heading", { name: /^No messages to Tuvalu/ })).toBeVisible();
});

for (const width of [1280, 390]) {
  test(`axe finds nothing at ${width} in either theme, and nothing scrolls sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/destinations/${FAILING.country}`);
    await expect(panel(page, "Newest messages")).toBeVisible();
    await expectAccessible(page, `destination at ${width}`);
    if (width === 390) await expectNoSidewaysScroll(page, "destination");
  });
}
