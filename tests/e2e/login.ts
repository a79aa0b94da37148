/** The steps of the login, as the tests go through them. */
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, type test } from "../support/browser";
import type { Handset } from "./handset";

export async function askFor(page: Page, number: string, action: "code" | "link"): Promise<void> {
  await page.goto("/login?step=number");
  await page.getByLabel("Mobile number").fill(number);
  await page
    .getByRole("button", { name: action === "code" ? "Text me a code" : "Get a link instead" })
    .click();
  const title = action === "code" ? "Enter the code we texted you" : "Open the link we texted you";
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
}

/** Where a number may soon be sent another message. */
export const SOON: Parameters<typeof test.use>[0] = {
  baseURL: async ({ quickOrigin }, use) => use(quickOrigin),
};

/** Opens a link in another browser than the one that asked, and says that it was them. */
export async function sayYes(opener: Page, link: string): Promise<void> {
  await opener.goto(link);
  await opener.getByRole("button", { name: "Yes, it is me" }).click();
  await expect(opener.getByRole("heading", { name: "Confirmed" })).toBeVisible();
}

/** Asks again as long as the number was sent a message a moment ago. */
export async function untilSent(page: Page, sent: Locator, ask: () => Promise<void>): Promise<void> {
  const tooSoon = page.getByText(TOO_SOON);
  await expect(async () => {
    await ask();
    await expect(sent.or(tooSoon)).toBeVisible();
    expect(await tooSoon.isVisible()).toBe(false);
  }).toPass();
}

export const TOO_SOON = "This number was sent a message a moment ago.";

/** Asks for the code that a password of one's own is set with, and types it in. Where a number may soon be sent another message. */
export async function askForPasswordCode(page: Page, handset: Handset): Promise<void> {
  // Of codes only: a notice may be on its way, too.
  const codes = async () => (await handset.messages()).filter(({ body }) => /#\d{6}$/.test(body)).length;
  const before = await codes();
  await untilSent(page, page.getByLabel("New password", { exact: true }), async () => {
    await page.goto("/account");
    await page.getByRole("button", { name: /^Text me (a|another) code$/ }).click();
  });
  await expect.poll(codes).toBeGreaterThan(before);
  await page.getByLabel("Code", { exact: true }).fill((await handset.newest("code")).secret);
}

/** Signs a browser in with a code. */
export async function signIn(page: Page, handset: Handset): Promise<{ sid: string }> {
  await askFor(page, handset.number, "code");
  const { sid, secret } = await handset.newest("code");
  await page.getByLabel("Six-digit code").fill(secret);
  await expectDone(page);
  return { sid };
}

export async function expectDone(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
}

/** The browser has a session that the product takes. */
export async function expectSignedIn(page: Page): Promise<void> {
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
}

/** It has none: its way to the account ends at the login. */
export async function expectSignedOut(page: Page): Promise<void> {
  await page.goto("/account");
  await expect(page).toHaveURL((url) => url.pathname === "/login");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

export async function expectAccessible(page: Page, what: string): Promise<void> {
  // A page that is still coming has none yet, and the rest of it is not there either.
  await expect(page).toHaveTitle(/\S/);
  for (const colorScheme of ["light", "dark"] as const) {
    // Without motion, so that no colour is on its way to another.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // In the page itself: its other mode hands every result over to a second page, half of its time, for frames of other sites.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    // A theme is colours and nothing else: what axe says of the rest it has said.
    if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
    const { violations } = await axe.analyze();
    const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(findings, `${what}, ${colorScheme}`).toEqual([]);
  }
}

/** By how many pixels the page is wider than its window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 840 };
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 740 });
    await expect.poll(() => sidewaysScroll(page), `${what} at ${width} px`).toBe(0);
  }
  await page.setViewportSize(before);
}
