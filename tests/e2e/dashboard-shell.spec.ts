/** The dashboard's shell: ranges, filters, live mode, keys, themes and the Content-Security-Policy, on every page. */
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { DAY } from "@/lib/terms/durations";
import { expect, test } from "../support/dashboard-app";
import { expectAccessible, expectNoSidewaysScroll } from "./login";

const PAGES = ["/", "/messages", "/feedback", "/protection", "/login", "/phone"];

const bar = (page: Page) => page.getByRole("region", { name: "What is shown" });
const searchOf = (page: Page) => new URL(page.url()).searchParams;

/** Every kind of message in the console counts, not only errors. */
test.beforeEach(({ context, consoleErrors }) => {
  context.on("console", (message) => {
    if (message.type() !== "error") consoleErrors.push(`${message.type()}: ${message.text()}`);
  });
});

async function openMenu(page: Page, name: RegExp): Promise<void> {
  await bar(page).locator("summary").filter({ hasText: name }).filter({ visible: true }).click();
}

test("filters are added by a form, shown as chips, kept in the URL, and taken out one by one", async ({
  page,
}) => {
  await page.goto("/messages");
  await openMenu(page, /Filter/);
  await bar(page).getByLabel("Country, by name or code").fill("Indonesia");
  await bar(page).getByRole("button", { name: "Only these" }).click();
  await expect(page).toHaveURL(/\?country=ID$/);
  await openMenu(page, /Filter/);
  await bar(page).getByLabel("Action").selectOption("link");
  await bar(page).getByRole("button", { name: "Leave these out" }).click();
  await expect.poll(() => searchOf(page).get("action!")).toBe("link");

  const chips = bar(page).getByRole("list", { name: "Filters" });
  await expect(chips.getByText("Indonesia")).toBeVisible();
  await page.reload();
  await expect(chips.getByText("Action not Link")).toBeVisible();
  await chips.getByRole("link", { name: "Remove the filter Country Indonesia" }).click();
  await expect.poll(() => searchOf(page).has("country")).toBe(false);
  await expect(chips.getByText("Action not Link")).toBeVisible();

  await page.goto("/messages?country=ID&network=Telkomsel&tz=Asia/Jakarta");
  await chips.getByRole("link", { name: "Clear all" }).click();
  await expect.poll(() => page.url()).toMatch(/\/messages\?tz=Asia%2FJakarta$/);
});

test("a range is chosen from the menu and moved by its length, back to the one that ends now", async ({
  page,
}) => {
  await page.goto("/feedback");
  await expect(bar(page).locator("summary", { hasText: "Last 28 days" })).toBeVisible();
  await openMenu(page, /Last 28 days/);
  await bar(page).getByRole("link", { name: "Last 7 days" }).click();
  await expect.poll(() => searchOf(page).get("range")).toBe("7d");
  await expect(bar(page).getByRole("link", { name: "The range after" })).toHaveCount(0);

  await bar(page).getByRole("link", { name: "The range before" }).click();
  await expect.poll(() => searchOf(page).get("range")).toBeNull();
  const [from, to] = ["from", "to"].map((name) => Date.parse(searchOf(page).get(name) ?? ""));
  expect(to! - from!).toBe(7 * DAY);
  await bar(page).getByRole("link", { name: "The range after" }).click();
  await expect.poll(() => searchOf(page).get("range")).toBe("7d");
});

test("a comparison and a zone are chosen in the bar, which says them", async ({ page }) => {
  // A comparison is offered where something is compared.
  await page.goto("/feedback");
  await expect(bar(page).locator("summary", { hasText: "Last 28 days" })).toBeVisible();
  await expect(bar(page).locator("summary", { hasText: "Compared with" })).toHaveCount(0);
  await page.goto("/destinations/US");
  await openMenu(page, /Compared with/);
  await bar(page)
    .getByRole("link", { name: /The same weekdays/ })
    .click();
  await expect.poll(() => searchOf(page).get("compare")).toBe("week");
  await expect(bar(page).locator("summary", { hasText: /[45] weeks earlier/ })).toBeVisible();
  await openMenu(page, /^UTC/);
  await bar(page)
    .getByRole("link", { name: /Kolkata/ })
    .click();
  await expect.poll(() => searchOf(page).get("tz")).toBe("Asia/Kolkata");
  await expect(bar(page).getByLabel("Time zone: UTC+5:30, Kolkata")).toBeVisible();
});

test("without scripts everything of the bar works, and so does the theme", async ({ browser, dashboard }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: dashboard.origin });
  const page = await context.newPage();
  await page.goto("/messages?country=US");
  await openMenu(page, /Last 28 days/);
  await bar(page).getByLabel("First day").fill("2026-01-05");
  await bar(page).getByLabel("Last day").fill("2026-01-11");
  await bar(page).getByRole("button", { name: "Show these days" }).click();
  await expect(page).toHaveURL(/\/messages\?country=US&from=2026-01-05&to=2026-01-12$/);
  await expect(bar(page).locator("summary", { hasText: "7 days" })).toBeVisible();

  await openMenu(page, /Filter/);
  await bar(page).getByLabel("Network, by name").fill("Verizon");
  await bar(page).getByRole("button", { name: "Only these" }).click();
  await expect(page).toHaveURL(/network=Verizon/);
  await expect(page).toHaveURL(/from=2026-01-05/);

  await page.goto("/feedback");
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(new URL(page.url()).pathname).toBe("/feedback");
  await page.getByRole("button", { name: "What each figure means" }).click();
  await expect(page.getByRole("dialog", { name: "Keys and figures" })).toBeVisible();
  await context.close();
});

test("a theme is there from the first byte, and stays until another is chosen", async ({ page, request }) => {
  await page.goto("/feedback");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  const html = await (await page.request.get("/login")).text();
  expect(html).toMatch(/<html[^>]* data-theme="dark"/);
  expect(await (await request.get("/login")).text()).not.toContain("data-theme=");
  await page.getByRole("button", { name: "As the system" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

/** Longer than live mode waits between two reads. */
const LIVE_MS = 10_000;

test("live mode reads anew while somebody looks, and keeps what is open, focused and scrolled to", async ({
  page,
}) => {
  let reads = 0;
  page.on("request", (request) => {
    if (request.headers()["rsc"]) reads += 1;
  });
  await page.clock.install();
  await page.goto("/feedback");
  await bar(page).getByRole("link", { name: "Go live" }).filter({ visible: true }).click();
  await expect.poll(() => searchOf(page).get("live")).toBe("1");
  const table = page.getByText("As a table");
  await table.click();
  await page.evaluate(() => scrollTo(0, 120));
  reads = 0;
  await page.clock.fastForward(LIVE_MS);
  await expect.poll(() => reads).toBeGreaterThan(0);
  await page.waitForLoadState("networkidle");
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(120);
  await expect(table).toBeFocused();
  await expect(page.getByRole("columnheader", { name: "Coverage" })).toBeVisible();

  await setHidden(page, true);
  reads = 0;
  await page.clock.fastForward(9 * LIVE_MS);
  expect(reads, "nobody looks").toBe(0);
  await setHidden(page, false);
  await expect.poll(() => reads).toBeGreaterThan(0);

  await bar(page).getByRole("link", { name: /Stop/ }).filter({ visible: true }).click();
  await expect.poll(() => searchOf(page).has("live")).toBe(false);
});

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    Object.defineProperty(document, "visibilityState", {
      value: value ? "hidden" : "visible",
      configurable: true,
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

test("the keyboard alone shifts the range, drops filters, searches, opens the sheet and changes pages", async ({
  page,
  context,
  dashboard,
}) => {
  // Who only reads has no search here.
  await context.addCookies([await dashboard.operatorCookie()]);
  await page.goto("/messages?country=ID&action=code");
  // Keys are heard when the scripts have come.
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => searchOf(page).has("from")).toBe(true);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => searchOf(page).get("range")).toBe("28d");
  await page.keyboard.press("Escape");
  await expect.poll(() => searchOf(page).has("action")).toBe(false);
  expect(searchOf(page).get("country"), "only the newest").toBe("ID");

  await page.keyboard.press("/");
  await expect(page.locator("#search")).toBeFocused();
  await page.keyboard.type("?g");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("#search")).toHaveValue("?g");
  expect(searchOf(page).has("from"), "keys belong to the field").toBe(false);

  await page.getByRole("heading", { name: "Messages" }).first().focus();
  await page.locator("#search").blur();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys and figures" });
  await expect(sheet).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  expect(searchOf(page).get("country"), "Esc closed the sheet and nothing else").toBe("ID");

  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await expect(page, "with the same view").toHaveURL(/\/feedback\?country=ID&range=28d$/);
});

test("a keyboard walks through the shell in reading order, with the focus always to be seen", async ({
  page,
}) => {
  await page.goto("/feedback?country=ID");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  const seen: string[] = [];
  for (let i = 0; i < 22; i += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return "";
      const { outlineStyle } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const visible = box.top >= 0 && box.bottom <= innerHeight && outlineStyle !== "none";
      return visible
        ? (element.textContent?.trim() ?? "")
        : `not to be seen: ${element.outerHTML.slice(0, 80)}`;
    });
    seen.push(name);
  }
  expect(seen.filter((name) => name.startsWith("not to be seen"))).toEqual([]);
  const order = ["Overview", "Messages", "Feedback", "Dark", "Last 28 days", "UTC", "+ Filter", "Go live"];
  const places = order.map((name) => seen.findIndex((text) => text.startsWith(name)));
  expect(places, seen.join(" | ")).toEqual([...places].sort((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0);

  // A menu by the keyboard alone.
  await bar(page).locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await expect(bar(page).getByRole("link", { name: "Last 7 days" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page).getByRole("link", { name: "Last 7 days" })).toBeHidden();
  expect(searchOf(page).get("country")).toBe("ID");
});

for (const path of ["/", "/destinations/IS", "/messages", "/feedback", "/protection"]) {
  test(`the keyboard reaches everything on ${path}, once, and what it is on is to be seen`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    const reachable = await page.evaluate(() => {
      const stops = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']";
      return [...document.querySelectorAll(stops)].filter(
        (element) => element.checkVisibility() && !element.closest("[inert], [popover]:not(:popover-open)"),
      ).length;
    });
    const seen = new Set<number>();
    const unseen: string[] = [];
    for (let i = 0; i < reachable + 5; i += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const { activeElement: element } = document;
        if (!element || element === document.body) return null;
        const box = element.getBoundingClientRect();
        const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
        // Nothing that stays on top, such as the bar, may hide it.
        const above = document.elementFromPoint(...middle);
        const hidden = above?.closest("header, [aria-label='What is shown']") ?? null;
        const inView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
        const marked = getComputedStyle(element).outlineStyle !== "none";
        return {
          order: [...document.querySelectorAll("*")].indexOf(element),
          words: `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 60)}`,
          visible: inView && marked && (hidden === null || hidden.contains(element)),
        };
      });
      if (!stop) break;
      expect(seen.has(stop.order), `${stop.words} for the second time`).toBe(false);
      seen.add(stop.order);
      if (!stop.visible) unseen.push(stop.words);
    }
    expect(unseen).toEqual([]);
    expect(seen.size).toBe(reachable);
    const order = [...seen];
    expect(order, "in reading order").toEqual([...order].sort((a, b) => a - b));
  });
}

test("each page has a policy with a nonce of its own, and breaks it nowhere", async ({ page, request }) => {
  const nonces = new Set<string>();
  for (const path of [...PAGES, "/nowhere", "/confirm?id=nothing"]) {
    const response = await request.get(path);
    const policy = response.headers()["content-security-policy"] ?? "";
    expect(policy, path).toContain("default-src 'none'");
    // The one style an attribute may have, by its hash: what hides the pieces that React streams into an SVG.
    const [, hash] = /style-src-attr 'unsafe-hashes' '(sha256-[^']+)'/.exec(policy) ?? [];
    expect(hash, path).toBe(`sha256-${createHash("sha256").update("display:none").digest("base64")}`);
    expect(policy.replace("unsafe-hashes", ""), path).not.toContain("unsafe");
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce, path).not.toBe("");
    nonces.add(nonce);
    const html = await response.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    // React writes that one when a piece inside an SVG comes late, as it does on a busy machine.
    expect(html.match(/<[a-z][^>]*\sstyle="(?!display:none")/g) ?? [], path).toEqual([]);
    expect(html, path).not.toMatch(/\son[a-z]+="/);
  }
  expect(nonces.size).toBe(PAGES.length + 2);
  for (const path of PAGES) {
    await page.goto(path);
    // Not when the network is idle: the phone waits for messages all the time.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  }
  const api = await request.get("/api/insights/summary");
  expect(api.headers()["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(api.headers()["x-content-type-options"]).toBe("nosniff");
  expect(api.headers()["referrer-policy"]).toBe("same-origin");
  const link = await request.get("/confirm?id=nothing");
  expect(link.headers()["referrer-policy"]).toBe("no-referrer");
});

test("pages are accessible in both themes and fit small phones", async ({ page }) => {
  for (const path of ["/messages?country=US&action!=link", "/feedback"]) {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      await expectAccessible(page, `${path} at ${width}`);
    }
    await expectNoSidewaysScroll(page, path);
  }
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/feedback?country=US&network=Verizon");
  await bar(page).getByText("Filters", { exact: true }).click();
  await expect(bar(page).getByRole("link", { name: "Remove the filter Network Verizon" })).toBeVisible();
  await expectAccessible(page, "the phone's filters");
  await expectNoSidewaysScroll(page, "the phone's filters");
});

test("print leaves the controls out and says the range in words", async ({ page }) => {
  await page.goto("/?country=US");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden();
  await expect(bar(page).locator("summary").first()).toBeHidden();
  await expect(page.getByRole("link", { name: "CSV" }).first()).toBeHidden();
  await expect(bar(page).getByText(/^Last 28 days · .* · UTC · compared with the 28 before$/)).toBeVisible();
  await expect(bar(page).getByText("United States").filter({ visible: true })).toHaveCount(1);
});
