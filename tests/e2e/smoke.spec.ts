import { test, expect } from "../support/browser";
test("x", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/OTP/);
});
