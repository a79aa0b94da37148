/** The phone beside the login, where there is room: the whole way at once. */
import type { Page } from "@playwright/test";
import { test, expect } from "../support/browser";
import { newNumber } from "./handset";
import { expectAccessible } from "./login";
import { handsetRadio, journey, newestMessage } from "./phone-lines";

test.use({ viewport: { width: 1280, height: 840 } });

async function expectAllInView(page: Page): Promise<void> {
  const beyondTheWindow = () =>
    page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
      return { over: scrollHeight - clientHeight, sideways: scrollWidth - clientWidth };
    });
  await expect.poll(beyondTheWindow).toEqual({ over: 0, sideways: 0 });
}

test("a sign-in from number to feedback, without leaving the page", async ({ page }) => {
  const number = newNumber();
  await page.goto("/login");
  await expect(page.getByRole("complementary", { name: "Demo phone" })).toBeVisible();
  await page.getByLabel("Mobile number").fill(number);
  await page.getByRole("button", { name: "Text me a code" }).click();
  await expect(handsetRadio(page, number)).toBeChecked();
  await expect(newestMessage(page)).toContainText("code");
  await expect(journey(page)).toContainText("waiting for the code");
  // Nothing that happens on the phone takes the focus away from the code.
  const input = page.getByLabel("Six-digit code");
  await expect(input).toBeFocused();
  await expectAllInView(page);
  await expectAccessible(page, "the code step beside the phone");

  const code = /#(\d{6})/.exec(await newestMessage(page).innerText())?.[1] ?? "";
  await page.keyboard.type(code);
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
  await expect(journey(page)).toContainText("Confirmed and reported");
  // The product's own time of it, which only this browser is told.
  await expect(
    journey(page)
      .getByRole("listitem")
      .filter({ hasText: /^Confirmed/ })
      .getByRole("time"),
  ).toBeVisible();
  await expectAllInView(page);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "its forms" : "its forms without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("come back to the login", async ({ page }) => {
      const number = newNumber();
      await page.goto("/login");
      await page.getByRole("button", { name: /^Take \+1/ }).click();
      await page.getByText("Add a handset").click();
      await page.getByLabel("Its whole number").fill("+12");
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await expect(page.getByText("We can’t text that number.")).toBeVisible();
      await page.getByLabel("Its whole number").fill(number);
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await expect(handsetRadio(page, number)).toBeChecked();
      await page.getByRole("radio", { name: "Fail", exact: true }).check();
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Set" }).click();
      await expect(handsetRadio(page, number)).toHaveAccessibleName(/fails/);
      await page.getByRole("button", { name: "Reply YES" }).click();
      await expect(page.getByText("This handset has received no message it could answer.")).toBeVisible();
      expect(new URL(page.url()).pathname).toBe("/login");
      await expect(page.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
    });
  });
}
