/** The main way through the product, as a person goes it: number, message, code, and the number on the overview. */
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test as base } from "../support/browser";
import { Handset } from "./handset";
import { expectAccessible, expectNoSidewaysScroll } from "./login";

const test = base.extend<{ codeOn: (number: string) => Promise<string> }>({
  codeOn: async ({ request, simulatorOrigin }, use) =>
    use(async (number) => {
      const handset = new Handset(number.replaceAll(" ", ""), request, simulatorOrigin);
      return (await handset.newest("code")).secret;
    }),
});

/** Each number has limits of its own, so each test takes another one; nobody is traffic to this country. */
let nextNumber = 6_110_000 + Math.floor(Math.random() * 9_000);
const newNumber = () => `+354 ${String(nextNumber++).replace(/(\d{3})(\d{4})/, "$1 $2")}`;
const COUNTRY = "Iceland";

// One after the other: the first counts what is sent to its country, and the others send there, too.
test.describe.configure({ mode: "default" });

/** Every kind of message in the console counts, not only errors. */
test.beforeEach(({ context, consoleErrors }) => {
  context.on("console", (message) => {
    if (message.type() !== "error") consoleErrors.push(`${message.type()}: ${message.text()}`);
  });
});

async function requestCode(page: Page, number: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Mobile number").fill(number);
  await page.getByRole("button", { name: "Text me a code" }).click();
  await expect(page.getByRole("heading", { name: "Enter the code we texted you" })).toBeVisible();
}

/** A wrong code; another one for each `turn` from 1 to 9. */
function anotherThan(code: string, turn = 1): string {
  return `${(Number(code[0]) + turn) % 10}${code.slice(1)}`;
}

/** Attempted messages to our country, by the API, as everybody gets it who reads the open pages. */
async function attempted(request: APIRequestContext): Promise<number> {
  const answer = await request.get("/api/insights/destinations?limit=1000");
  const { rows } = (await answer.json()) as { rows: { country: string; attempted: number }[] };
  return rows.find(({ country }) => country === "IS")?.attempted ?? 0;
}

test("a code goes from the login to the phone and back, and counts on the overview", async ({
  page,
  codeOn,
  request,
}) => {
  const before = await attempted(request);
  const number = newNumber();
  await requestCode(page, number);
  await expect(page.getByRole("definition").getByText(number, { exact: true })).toBeVisible();
  await expect(page.getByRole("timer")).toHaveText(/^0:\d\d$/);
  expect(page.url(), "no number in the address").not.toMatch(/\d{7}/);

  const code = await codeOn(number);
  await expect(page.getByLabel("Six-digit code")).toBeFocused();
  await page.keyboard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
  await expect(page.getByText("confirmed, reported")).toBeVisible();

  await page.getByRole("link", { name: "See this message" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Message to");
  await page.goBack();
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByText(/^\d+ sent, \d+ confirmed so far\.$/)).toBeVisible();
  const cells = page.getByRole("row", { name: COUNTRY }).getByRole("cell");
  await expect(cells.first()).toHaveText(String(before + 1), { useInnerText: true });
  // Rates are of settled messages only; the newest one is counted, and may still be on its way.
  await expect(page.getByText("not settled").first()).toBeAttached();
});

test("the set-up's steps are ticked by themselves as a code goes its way", async ({
  page,
  codeOn,
  context,
}) => {
  const setup = await context.newPage();
  await setup.goto("/setup");
  const ticked = setup.getByRole("list", { name: "Set-up" }).getByText(": done");
  await expect(setup.getByText("The Twilio account answers")).toBeVisible();
  await expectAccessible(setup, "the set-up");
  await expectNoSidewaysScroll(setup, "the set-up");
  const number = newNumber();
  await requestCode(page, number);
  await page.keyboard.type(await codeOn(number));
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
  await expect(ticked).toHaveCount(5);
});

test("a wrong code shows the tries left, and the right one still works", async ({
  page,
  context,
  codeOn,
}) => {
  const number = newNumber();
  await requestCode(page, number);
  const code = await codeOn(number);
  const input = page.getByLabel("Six-digit code");

  await input.fill("12");
  await input.press("Enter");
  await expect(page.getByText("Enter all six digits.")).toBeVisible();
  await expect(page.getByText("5 of 5 tries left")).toBeVisible();

  await input.pressSequentially(anotherThan(code));
  await expect(page.getByText("That code isn’t right. 4 tries left.")).toBeVisible();
  await expect(page.getByText("1 of 5 tries used")).toBeVisible();
  await expect(input).toBeFocused();
  await expect(input).toHaveAttribute("aria-invalid", "true");

  // Whoever presses Enter all the same has not tried twice.
  const posts: string[] = [];
  page.on("request", (post) => {
    // The phone beside it posts for news of its own.
    if (post.method() === "POST" && new URL(post.url()).pathname === "/login") posts.push(post.url());
  });
  await expect(input).toHaveValue("");
  await input.press("Enter");
  await input.pressSequentially(anotherThan(code));
  await input.press("Enter");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("You have just tried this code.")).toBeVisible();
  expect(posts).toEqual([]);

  await page.reload();
  await expect(page.getByText("1 of 5 tries used")).toBeVisible();
  await expect(page.getByText(/Code already sent; resend in 0:\d\d/)).toBeVisible();

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const text = `[10:42] Your code is ${code.slice(0, 3)}-${code.slice(3)} `;
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await input.focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
});

test("five wrong codes end the sign-in, with a way on", async ({ page, codeOn }) => {
  const number = newNumber();
  await requestCode(page, number);
  const code = await codeOn(number);
  const input = page.getByLabel("Six-digit code");
  for (const [index, left] of ["4 tries", "3 tries", "2 tries", "1 try"].entries()) {
    await input.fill("");
    await input.pressSequentially(anotherThan(code, index + 1));
    await expect(page.getByText(`That code isn’t right. ${left} left.`)).toBeVisible();
  }
  await input.pressSequentially(anotherThan(code, 5));
  await expect(page.getByRole("heading", { name: "Too many wrong codes" })).toBeFocused();
  await page.getByRole("button", { name: "Text me a new code" }).click();
  await expect(page.getByText("This number was sent a message a moment ago.")).toBeVisible();
  await page.getByRole("button", { name: "Use another number" }).click();
  await expect(page.getByLabel("Mobile number")).toHaveValue("");
});

test("a number that gets no messages is refused with the reason, and can be corrected", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("Country").selectOption("GB");
  await page.getByLabel("Mobile number").fill("020 7946 0000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("is a landline, which gets no text messages")).toBeVisible();
  await expect(page.getByLabel("Mobile number")).toBeFocused();
  await expect(page.getByLabel("Mobile number")).toHaveValue("020 7946 0000");
  await expect(page.getByLabel("Country")).toHaveValue("GB");
});

test("the number can be changed, and the way back to the code is kept", async ({ page }) => {
  const number = newNumber();
  await requestCode(page, number);
  await page.getByRole("link", { name: "Change the number" }).click();
  await expect(page.getByLabel("Country")).toHaveValue("IS");
  await expect(page.getByLabel("Mobile number")).toHaveValue(number.replace("+354 ", ""));
  await page.getByRole("button", { name: "Text me a code" }).click();
  await expect(page.getByText(/Code already sent; resend in/)).toBeVisible();
});

test("who signs in is not shown the operators' pages, wherever they came from", async ({ page }) => {
  const pages = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
  const shown = (...names: string[]) => expect(pages).toHaveText(names);
  await page.goto("/login");
  await shown("Sign in", "Phone");
  await page.getByRole("link", { name: "OTP Insights" }).click();
  await shown("Overview", "Messages", "Feedback", "Protection", "Sign in", "Phone");
  await pages.getByText("Sign in").click();
  await shown("Sign in", "Phone");
  for (const path of ["/login/password", "/login/reset", "/confirm?id=nothing"]) {
    await page.goto(path);
    await shown("Sign in", "Phone");
  }
});

test("another browser does not get to the code step", async ({ page, browser, baseURL }) => {
  await requestCode(page, newNumber());
  const stranger = await browser.newContext({ baseURL });
  const other = await stranger.newPage();
  await other.goto("/login");
  await expect(other.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
  await stranger.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("number and code work as plain forms", async ({ page, codeOn }) => {
    await page.goto("/login");
    await page.getByLabel("Mobile number").fill("12");
    await page.getByRole("button", { name: "Text me a code" }).click();
    await expect(page.getByText("We can’t text that number.")).toBeVisible();
    await expect(page.getByLabel("Mobile number")).toHaveValue("12");

    const number = newNumber();
    await requestCode(page, number);
    const code = await codeOn(number);

    // Six digits of Adlam are twelve units of a text.
    const adlam = Array.from(code, (digit) => String.fromCodePoint(0x1e950 + ((Number(digit) + 1) % 10)));
    await page.getByLabel("Six-digit code").fill(adlam.join(""));
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("That code isn’t right. 4 tries left.")).toBeVisible();
    await page.getByLabel("Six-digit code").fill(anotherThan(code));
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("That code isn’t right. 3 tries left.")).toBeVisible();
    // Sent twice, as by a double click.
    await page.getByLabel("Six-digit code").fill(anotherThan(code));
    await page.getByRole("button", { name: "Sign in" }).dblclick();
    await expect(page.getByText("That code isn’t right. 3 tries left.")).toBeVisible();
    await page.getByLabel("Six-digit code").fill(`${code.slice(0, 3)}-${code.slice(3)}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
  });
});

test("the overview is accessible in both themes and fits a small phone", async ({ page }) => {
  await requestCode(page, newNumber());
  await page.goto("/");
  await expect(page.getByRole("row", { name: COUNTRY })).toBeVisible();
  await expectAccessible(page, "the overview");
  await expectNoSidewaysScroll(page, "the overview");
});

test("a definition is one focus away, and Esc puts it away", async ({ page }) => {
  await requestCode(page, newNumber());
  await page.goto("/");
  await page.getByRole("button", { name: "OTP conversion" }).focus();
  await expect(page.getByRole("tooltip", { name: "" }).first()).toContainText("Confirmed ÷ attempted.");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
});
