/** Every page of the login, of links and of the account: axe in both themes, small phones, the keyboard alone, WebOTP. */
import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { Handset, newNumber } from "./handset";
import {
  SOON,
  askFor,
  askForPasswordCode,
  expectAccessible,
  expectDone,
  expectNoSidewaysScroll,
  signIn,
} from "./login";

async function check(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  await expectNoSidewaysScroll(page, what);
}

test("the steps by code and link are accessible and fit a small phone", async ({
  page,
  request,
  simulatorOrigin,
  browser,
  baseURL,
}) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await page.goto("/login");
  await check(page, "the number step");
  await page.getByLabel("Mobile number").fill("12");
  await page.keyboard.press("Enter");
  await expect(page.getByText("We can’t text that number.")).toBeVisible();
  await check(page, "the number step with a problem");

  await askFor(page, handset.number, "link");
  await check(page, "the link step");
  await page.getByRole("button", { name: "Get a code instead" }).click();
  await expect(page.getByText("This number was sent a message a moment ago.")).toBeVisible();
  await check(page, "the link step with a problem");

  const { secret: link } = await handset.newest("link");
  // A headless browser is a robot to us, so it gets the button.
  const robot = await browser.newContext({ baseURL });
  const opener = await robot.newPage();
  await opener.goto(link);
  await check(opener, "the button of a link");
  await opener.getByRole("button", { name: "Yes, it is me" }).click();
  await expect(opener.getByRole("heading", { name: "Confirmed" })).toBeVisible();
  await check(opener, "a confirmed link");
  await opener.goto(link);
  await opener.getByRole("button", { name: "Yes, it is me" }).click();
  await expect(opener.getByRole("heading", { name: "This link has been used" })).toBeVisible();
  await check(opener, "a used link");
  await robot.close();

  await expectDone(page);
  await check(page, "the last step");
  await page.goto("/login?step=number");
  await check(page, "the number step, signed in");
});

test("the code step is accessible and fits a small phone", async ({ page, request, simulatorOrigin }) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "code");
  await check(page, "the code step");
  await page.getByLabel("Six-digit code").fill("12");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Enter all six digits.")).toBeVisible();
  await check(page, "the code step with a problem");
});

test.describe(() => {
  test.use(SOON);

  test("the account is accessible and fits a small phone", async ({ page, request, simulatorOrigin }) => {
    const handset = new Handset(newNumber(), request, simulatorOrigin);
    await signIn(page, handset);
    await page.goto("/account");
    await check(page, "the account");
    await askForPasswordCode(page, handset);
    await check(page, "the account with a code asked for");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Choose a longer password.")).toBeVisible();
    await check(page, "the account with a problem");
    await page.getByLabel("New password", { exact: true }).fill("a phrase long enough");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Your password is set.")).toBeVisible();
    await check(page, "the account with a password");
  });

  test("sessions are listed, and ended one by one or all others at once", async ({
    page,
    browser,
    baseURL,
    request,
    simulatorOrigin,
  }) => {
    const handset = new Handset(newNumber(), request, simulatorOrigin);
    await signIn(page, handset);
    await askForPasswordCode(page, handset);
    await page.getByLabel("New password", { exact: true }).fill("a phrase long enough");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Your password is set.")).toBeVisible();

    const others = await Promise.all([1, 2].map(() => browser.newContext({ baseURL })));
    for (const other of others) {
      const there = await other.newPage();
      await there.goto("/login/password");
      await there.getByLabel("Mobile number").fill(handset.number);
      await there.getByLabel("Password", { exact: true }).fill("a phrase long enough");
      await there.getByRole("button", { name: "Sign in" }).click();
      await expect(there.getByRole("heading", { name: "Your account" })).toBeVisible();
    }
    const sessions = page.getByRole("region", { name: "Where you’re signed in" });
    await page.reload();
    await expect(sessions.getByRole("listitem")).toHaveCount(3);
    await sessions
      .getByRole("button", { name: /^Sign out Chrome/ })
      .first()
      .click();
    await expect(sessions.getByRole("listitem")).toHaveCount(2);
    await sessions.getByRole("button", { name: "Sign out everywhere else" }).click();
    await expect(sessions.getByRole("listitem")).toHaveCount(1);
    for (const other of others) {
      const there = other.pages()[0]!;
      await there.goto("/account");
      await expect(there.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
      await other.close();
    }
  });
});

test("the pages of passwords are accessible and fit a small phone", async ({ page }) => {
  await page.goto("/login/password");
  await check(page, "the password step");
  await page.getByLabel("Mobile number").fill(newNumber());
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Number and password don’t match.")).toBeVisible();
  await check(page, "the password step with a problem");
  await page.goto("/login/reset");
  await check(page, "the reset");
  await page.getByLabel("Mobile number").fill(newNumber());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await check(page, "the new password");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByText("Enter the temporary password.")).toBeVisible();
  await check(page, "the new password with a problem");
});

test("a sign-in takes no more than the keyboard", async ({ page, request, simulatorOrigin }) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await page.goto("/login");
  await expect(page.getByLabel("Mobile number")).toBeFocused();
  await page.keyboard.type(handset.number);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Six-digit code")).toBeFocused();
  await page.keyboard.type((await handset.newest("code")).secret);
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Go to the overview" })).toBeFocused();
});

test("a browser that reads the message fills the code in, and stops waiting with the page", async ({
  page,
  request,
  simulatorOrigin,
}) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await page.addInitScript(() => {
    Object.assign(window, { OTPCredential: class {} });
    Object.defineProperty(navigator, "credentials", {
      value: {
        get: ({ otp, signal }: { otp: { transport: string[] }; signal: AbortSignal }) => {
          if (otp.transport[0] !== "sms") throw new Error("not WebOTP");
          return new Promise((resolve, reject) => {
            Object.assign(window, { arrive: (code: string) => resolve({ code }) });
            signal.addEventListener("abort", () => reject(signal.reason as Error));
          });
        },
      },
    });
  });
  await askFor(page, handset.number, "code");
  const { secret } = await handset.newest("code");
  await page.evaluate((code) => (window as unknown as { arrive(code: string): void }).arrive(code), secret);
  await expectDone(page);
});
