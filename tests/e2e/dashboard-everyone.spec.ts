/** The pages for everyone: without scripts, on paper, by touch, on a phone, on a slow line, in forced colours. */
import type { Browser, Page } from "@playwright/test";
import { expect, FAILING, test } from "../support/dashboard-app";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const series = (page: Page) => panel(page, "Conversion and volume");
const table = (page: Page) => page.getByRole("table", { name: "Destinations" }).first();
const said = (page: Page) => page.getByRole("region", { name: "What is going on" });

/** The chart once it is live, and a place in it from left, 0, to right, 1. */
async function livePlot(page: Page) {
  const plot = series(page).locator("[data-chart]");
  await plot.scrollIntoViewIfNeeded();
  await expect(plot).toHaveAttribute("data-chart", "live");
  const { x, y, width, height } = (await plot.boundingBox())!;
  return { plot, at: (share: number) => [x + share * width, y + height / 2] as const };
}

const pointed = (page: Page) => page.locator("[data-pointed]");

test.describe("without scripts", () => {
  async function without(browser: Browser, origin: string, work: (page: Page) => Promise<void>) {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: origin });
    await work(await context.newPage());
    await context.close();
  }

  /** Each begins lower than the one before it. */
  async function expectInOrder(page: Page, names: readonly string[]) {
    const tops: number[] = [];
    for (const name of names) {
      await expect(panel(page, name)).toBeVisible();
      tops.push((await panel(page, name).boundingBox())!.y);
    }
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  }

  test("the overview is whole and in order, its first screen and its table included", async ({
    browser,
    dashboard,
  }) => {
    await without(browser, dashboard.origin, async (page) => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto("/");
      await expect(page.locator("meta[http-equiv=refresh]")).toHaveCount(0);
      expect(new URL(page.url()).pathname).toBe("/");
      await expectInOrder(page, [
        "What is going on",
        "Key figures",
        "Conversion and volume",
        "Destinations",
        "What changed",
      ]);
      for (const first of [said(page), panel(page, "Key figures"), series(page)])
        await expect(first).toBeInViewport();
      const rows = table(page).getByRole("row");
      await expect(rows.filter({ hasText: FAILING.name }).first()).toBeVisible();
      expect(await rows.count()).toBeGreaterThan(15);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const foot = (await page.locator("footer").boundingBox())!.y;
      expect(foot).toBeGreaterThan((await panel(page, "Errors").boundingBox())!.y);
    });
  });

  test("a destination and the feedback are whole and in order", async ({ browser, dashboard }) => {
    await without(browser, dashboard.origin, async (page) => {
      await page.goto(`/destinations/${FAILING.country}?range=7d`);
      await expect(page.locator("meta[http-equiv=refresh]")).toHaveCount(0);
      await expect(page).toHaveURL(`/destinations/${FAILING.country}?range=7d`);
      await expect(page.getByText(`${FAILING.name} has a conversion drop`)).toBeInViewport();
      const panels = ["Key figures", "Conversion and volume", "Networks", "1k blocks", "Newest messages"];
      await expectInOrder(page, panels);
      await page.goto("/feedback");
      await expectInOrder(page, ["Feedback", "Coverage", "Refusals"]);
    });
  });

  test("a browser that keeps no cookies gets a page whole, too, and is sent round no circle", async ({
    request,
    dashboard,
  }) => {
    const hop = async (path: string) => {
      const answer = await request.fetch(dashboard.origin + path, {
        maxRedirects: 0,
        headers: { cookie: "none=1" },
      });
      expect(answer.status()).toBe(303);
      return answer.headers()["location"]!;
    };
    const second = await hop("/whole?of=%2F%3Frange%3D7d");
    const third = await hop(second);
    expect(third).toBe("/?range=7d&whole=1");
    const html = await (await fetch(dashboard.origin + third)).text();
    expect(html).not.toContain('http-equiv="refresh"');
    expect(html).not.toContain('aria-busy="true"');
    for (const elsewhere of ["//example.org", "/\\example.org", "https://example.org/"])
      expect(await hop(`/whole?again=1&of=${encodeURIComponent(elsewhere)}`)).toBe("/?whole=1");
  });

  test("unknown places are a readable 404", async ({ browser, dashboard }) => {
    await without(browser, dashboard.origin, async (page) => {
      for (const path of [
        "/destinations/XX",
        "/messages/abc",
        "/messages/019fb0c3-7a52-7d0e-a0a2-6d1d2b9c4f10",
        "/nowhere",
      ]) {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(404);
        await expect(page.getByRole("heading", { name: "There is no page at this address" })).toBeVisible();
        await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
      }
    });
  });
});

test("on paper the chart is the server's picture at the paper's width, rows are a table, and it says what it is", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("/?range=7d");
  const { plot } = await livePlot(page);
  await page.emulateMedia({ media: "print" });
  // An A4 sheet between its margins.
  await page.setViewportSize({ width: 718, height: 1050 });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const picture = plot.locator("> svg").first();
  await expect(picture).toBeVisible();
  await expect(plot.locator(".recharts-wrapper")).toBeHidden();
  const [drawn, axis] = [(await picture.boundingBox())!, (await plot.boundingBox())!];
  expect(drawn.width).toBeCloseTo(axis.width, 0);
  expect(drawn.x + drawn.width).toBeLessThan(718);
  const row = table(page).getByRole("row").filter({ hasText: "India" }).first();
  expect(await row.evaluate((element) => getComputedStyle(element).display)).toBe("table-row");
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
    "rgb(255, 255, 255)",
  );
  const year = new Date().getUTCFullYear();
  await expect(page.getByText(/^OTP Insights, printed /)).toHaveText(
    new RegExp(`printed \\d+ \\w+ ${year} \\d\\d:\\d\\d UTC · http://127.0.0.1:\\d+/\\?range=7d$`),
  );
});

for (const width of [820, 640]) {
  test(`at ${width} px destinations and networks are tables on one axis, and nothing scrolls sideways`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const display = (name: string) =>
      page
        .getByRole("table", { name })
        .first()
        .getByRole("row")
        .nth(1)
        .evaluate((row) => getComputedStyle(row).display);
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.goto("/");
    await expect(table(page)).toBeVisible();
    expect(await display("Destinations")).toBe("table-row");
    expect(await sideways()).toBe(0);
    await expect(table(page).getByRole("columnheader", { name: "Change" })).toBeVisible();
    await page.goto(`/destinations/${FAILING.country}`);
    await expect(page.getByRole("table", { name: "Networks" })).toBeVisible();
    expect(await display("Networks")).toBe("table-row");
    await expect(
      page.getByRole("table", { name: "Networks" }).locator("td[aria-hidden] svg").first(),
    ).toBeVisible();
    expect(await sideways()).toBe(0);
    await page.goto("/feedback");
    const figures = panel(page, "Feedback").locator("dl > div");
    const endOf = async (figure: typeof figures) =>
      figure.evaluate((each) => each.getBoundingClientRect().right);
    // The last line of figures is as wide as the first: no hole is read as a figure that is missing.
    expect(await endOf(figures.last())).toBeCloseTo(await endOf(figures.nth(2)), 0);
  });
}

test("on a phone every axis has its figures, that of a finding's row included", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const scale = (name: string) => panel(page, name).locator("text:visible", { hasText: /^100\s%$/ });
  await page.goto("/");
  await expect(scale("Destinations")).toHaveCount(1);
  const cards = table(page).getByRole("row");
  // Ten destinations and all of them together, each open finding beside its own.
  expect(await cards.filter({ visible: true }).count()).toBeLessThanOrEqual(10 + 1 + 3);
  await expect(page.getByRole("link", { name: /^Show \d+ more/ })).toHaveCount(1);
  // Blocks are folded unless they are asked for, or one of them differs.
  await page.goto(`/destinations/${FAILING.country}?view=blocks`);
  await expect(scale("Networks")).toHaveCount(1);
  await expect(scale("1k blocks").first()).toBeVisible();
  const fallen = page.getByRole("table", { name: "Networks" }).getByRole("row", { name: /^since / });
  const plot = fallen.locator("td[aria-hidden] svg").first();
  await expect(plot).toBeVisible();
  const labels = (await scale("Networks").boundingBox())!;
  const drawn = (await plot.boundingBox())!;
  // The figure stands over the axis' end.
  expect(Math.abs(labels.x + labels.width / 2 - (drawn.x + drawn.width))).toBeLessThan(3);
});

test("a tap shows a bucket's figures, and another puts them away", async ({ browser, dashboard }) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 390, height: 844 },
    baseURL: dashboard.origin,
  });
  const page = await context.newPage();
  await page.goto("/?range=7d");
  const { at } = await livePlot(page);
  await page.touchscreen.tap(...at(0.4));
  await expect(pointed(page)).toContainText(/\d+\.\d\s%/);
  await page.touchscreen.tap(...at(0.4));
  await expect(pointed(page)).toHaveCount(0);
  await page.touchscreen.tap(...at(0.6));
  await expect(pointed(page)).toBeVisible();
  await page.touchscreen.tap(195, 20);
  await expect(pointed(page)).toHaveCount(0);
  await context.close();
});

test("after zooming nothing is pointed at until the pointer moves, and a click alone zooms nowhere", async ({
  page,
}) => {
  await page.goto("/?range=7d&interval=day");
  const { at } = await livePlot(page);
  await page.mouse.move(...at(0.5));
  await expect(pointed(page)).toBeVisible();
  await page.mouse.click(...at(0.5));
  await page.mouse.move(...at(0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.7), { steps: 5 });
  await page.mouse.up();
  // Had the click zoomed, this would be of a part of that day.
  await expect(page).toHaveURL(/\?from=[^&]+Z&to=[^&]+Z$/);
  const { searchParams } = new URL(page.url());
  const [from, to] = ["from", "to"].map((name) => Date.parse(searchParams.get(name)!));
  expect(to! - from!).toBeGreaterThan(48 * 3_600_000);
  await expect(page.getByRole("region", { name: "What is shown" })).toContainText(/\d days/);
  await expect(pointed(page)).toHaveCount(0);
  const plot = await livePlot(page);
  await page.mouse.move(...plot.at(0.3));
  await expect(pointed(page)).toBeVisible();
});

test("in forced colours the current page and the chosen theme are told from the others", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/feedback");
  const mark = (name: string) =>
    page
      .getByRole("navigation", { name: "Pages" })
      .getByRole("link", { name })
      .evaluate((link) => getComputedStyle(link, "::after").borderBottomWidth);
  expect(await mark("Feedback")).toBe("2px");
  expect(await mark("Messages")).toBe("0px");
  const edge = (name: string) =>
    page.getByRole("button", { name }).evaluate((button) => {
      const { borderTopWidth, borderTopColor } = getComputedStyle(button);
      return `${borderTopWidth} ${borderTopColor}`;
    });
  expect(await edge("As the system")).toMatch(/^1px rgb\(/);
  expect(await edge("Dark")).toMatch(/^0px /);
});

/** What may move, of all that is seen: Google's "good" is 0.1. */
const MOST_SHIFT = 0.02;

for (const [name, path] of [
  ["the overview", "/"],
  ["a destination", `/destinations/${FAILING.country}`],
  ["the login", "/login"],
  ["the feedback", "/feedback"],
] as const) {
  for (const width of [1280, 390]) {
    test(`on a slow line nothing of ${name} jumps at ${width} px`, async ({ page, context }) => {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      // A process's first page takes its time for other reasons.
      await page.request.get(path);
      const devtools = await context.newCDPSession(page);
      await devtools.send("Network.enable");
      await devtools.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 40,
        downloadThroughput: 200_000,
        uploadThroughput: 100_000,
      });
      await page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            if ("value" in entry && typeof entry.value === "number") shifts.push(entry.value);
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(path, { waitUntil: "load" });
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const shifts = await page.evaluate(() => ("shifts" in window ? (window.shifts as number[]) : []));
      expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThanOrEqual(MOST_SHIFT);
    });
  }
}
