/** What panels have in common: the figures to take away, the notice of sample data, words, and the panel of delivery latency. */
import type { Page } from "@playwright/test";
import { formatDuration } from "@/components/ui/format";
import { expect, FAILING, test } from "../support/dashboard-app";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("each panel has one quiet place for its figures, which opens on demand", async ({ page }) => {
  await page.goto("/");
  for (const name of ["Key figures", "Conversion and volume", "Destinations", "What changed", "Errors"]) {
    const place = panel(page, name);
    const csv = place.getByRole("link", { name: /^CSV of/ });
    await expect(place.locator("summary", { hasText: "Take away" })).toHaveCount(1);
    await expect(csv).toBeHidden();
    await place.locator("summary", { hasText: "Take away" }).click();
    await expect(csv).toBeVisible();
    await expect(csv).toHaveAttribute("href", /^\/api\/insights\/.*format=csv$/);
    await expect(place.getByRole("link", { name: /^JSON of/ })).toBeVisible();
    await expect(place.getByRole("button", { name: /^Copy as curl/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(csv).toBeHidden();
  }
});

test("sample data is a chip in the bar, which says more when pressed", async ({ page }) => {
  for (const path of ["/", `/destinations/${FAILING.country}`, "/messages", "/feedback"]) {
    await page.goto(path);
    const bar = page.getByRole("region", { name: "What is shown" });
    const chip = bar.locator("summary", { hasText: "Sample" });
    await expect(chip).toBeVisible();
    await expect(bar.getByText(/are made up/)).toBeHidden();
    await chip.click();
    await expect(bar.getByText(/are made up/)).toBeVisible();
  }
});

test("delivery latency is the API's, over time and in all", async ({ page, dashboard }) => {
  interface Latency {
    deliveryLatency: { n: number; p50: number; p95: number };
  }
  const query = "?range=28d";
  const { current } = await dashboard.report<{ current: Latency }>(`summary${query}&country=IN`);
  const { rows } = await dashboard.report<{ rows: Latency[] }>(`timeseries${query}&country=IN&interval=day`);
  await page.goto(`/destinations/IN${query}`);
  const latency = panel(page, "Delivery latency");
  await expect(latency.locator("figcaption")).toContainText(
    `within ${formatDuration(current.deliveryLatency.p50)} and 95 of 100 within ${formatDuration(current.deliveryLatency.p95)}`,
  );
  await latency.getByText("Table of").click();
  const told = rows.filter(({ deliveryLatency: { n } }) => n >= 10);
  expect(told.length).toBeGreaterThan(5);
  const shown = () =>
    latency
      .locator("tbody tr")
      .evaluateAll((lines) =>
        lines.map((line) => [...line.querySelectorAll("td")].slice(1).map((cell) => cell.textContent)),
      );
  await expect
    .poll(shown)
    .toEqual(told.map(({ deliveryLatency: { p50, p95 } }) => [formatDuration(p50), formatDuration(p95)]));
});

test("blocks with too few messages are folded, and numbers' blocks are grouped", async ({ page }) => {
  await page.goto("/destinations/BD?range=7d");
  const blocks = panel(page, "1k blocks");
  const fold = blocks.locator("summary", { hasText: /blocks? with fewer than 30/ });
  await expect(fold).toBeVisible();
  const thin = blocks.locator("details table").getByRole("rowheader").first();
  await expect(thin).toBeHidden();
  await fold.click();
  await expect(thin).toBeVisible();
  await expect(thin).toContainText(/^\+880 \d/);
});

test("a definition opens above the figure it is of", async ({ page }) => {
  await page.goto("/");
  const name = page.getByRole("button", { name: "OTP conversion" });
  await name.hover();
  const [told, of] = [(await page.getByRole("tooltip").boundingBox())!, (await name.boundingBox())!];
  expect(told.y + told.height).toBeLessThanOrEqual(of.y);
});

test("there is one word for signing in, on every page", async ({ page, context, dashboard }) => {
  await context.addCookies([await dashboard.operatorCookie()]);
  for (const path of [
    "/",
    `/destinations/${FAILING.country}`,
    "/messages",
    "/feedback",
    "/protection",
    "/setup",
    "/account",
    "/login",
    "/login/password",
    "/login/reset",
    "/phone",
    "/?from=2020-01-01&to=2020-01-08",
  ]) {
    await page.goto(path);
    await expect(page.locator("main")).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    const words = await page.locator("body").innerText();
    expect(words.match(/[^\n]*\blog(ged|ging)?[ -]?(in|ins)\b[^\n]*/gi), path).toBeNull();
  }
});

test("an operator marks a moment, which is drawn, listed and read by everybody, and takes it away", async ({
  page,
  context,
  browser,
  dashboard,
}) => {
  await context.addCookies([await dashboard.operatorCookie()]);
  const path = `/destinations/${FAILING.country}?range=7d&tz=Asia/Kolkata`;
  await page.goto(path);
  const series = panel(page, "Conversion and volume");
  await series.locator("summary", { hasText: "Mark a moment" }).click();
  const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  await series.getByLabel("When, in Asia/Kolkata").fill(`${day}T15:30`);
  await series.getByLabel("What happened").fill("New sender");
  await series.getByRole("button", { name: "Mark it" }).click();
  const listed = series.getByRole("list", { name: "Marked moments" }).getByRole("listitem");
  await expect(listed).toContainText(/^1.*15:30 New sender/);
  await expect(series.locator("svg text", { hasText: /^1$/ }).first()).toBeVisible();

  const answer = await page.request.get(`/api/annotations?country=${FAILING.country}`);
  expect(await answer.json()).toMatchObject({
    rows: [{ at: `${day}T10:00:00.000Z`, text: "New sender", country: FAILING.country }],
  });
  const others = await browser.newContext({ javaScriptEnabled: false, baseURL: dashboard.origin });
  const reader = await others.newPage();
  await reader.goto(path);
  await expect(panel(reader, "Conversion and volume").getByText("New sender")).toBeVisible();
  await expect(reader.getByText("Mark a moment")).toHaveCount(0);
  await expect(reader.getByRole("button", { name: /Remove the mark/ })).toHaveCount(0);
  await others.close();

  await series.getByRole("button", { name: "Remove the mark 1: New sender" }).click();
  await expect(listed).toHaveCount(0);
});

test("the labels of a time axis do not touch each other in a picture of half the page", async ({ page }) => {
  const to = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
  const from = new Date(Date.now() - 15 * 86_400_000).toISOString().slice(0, 10);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/?from=${from}&to=${to}`);
    const labels = panel(page, "Delivery latency")
      .locator("svg text")
      .filter({ hasText: /[a-z]{3}\s\d/i, visible: true });
    await expect(labels.first()).toBeVisible();
    const boxes = (await Promise.all((await labels.all()).map((label) => label.boundingBox())))
      .filter((box) => box !== null && box.width > 0)
      .sort((one, other) => one!.x - other!.x);
    expect(boxes.length).toBeGreaterThan(1);
    for (const [i, box] of boxes.entries())
      if (i > 0) expect(box!.x, `${width}`).toBeGreaterThan(boxes[i - 1]!.x + boxes[i - 1]!.width);
  }
});
