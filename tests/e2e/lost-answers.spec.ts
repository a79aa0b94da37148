/** Answers that get lost: what happened all the same is not told to the person as a mistake of theirs. */
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { Handset, newNumber } from "./handset";
import { askFor, expectDone, expectSignedIn, sayYes } from "./login";

// As plain forms: a browser without scripts has nothing but the answer to its post.
test.use({ javaScriptEnabled: false });

/** Posts a page's form as its button would, with the page's cookies, and loses the answer. */
async function postAndLose(page: Page, button: string, request: APIRequestContext): Promise<void> {
  const form = await page.getByRole("button", { name: button, exact: true }).evaluate((element) => {
    const pressed = element as HTMLButtonElement;
    const fields = pressed.form ? [...new FormData(pressed.form, pressed)] : [];
    return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === "string" ? value : ""]));
  });
  const cookies = await page.context().cookies(page.url());
  const { origin, pathname } = new URL(page.url());
  const answer = await request.post(pathname, {
    multipart: form,
    headers: { Origin: origin, Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    maxRedirects: 0,
    failOnStatusCode: false,
  });
  expect(answer.status()).toBeLessThan(400);
}

type Stored = (query: string, values: unknown[]) => Promise<unknown[]>;

/** Signed in, by one session: the one whose answer was lost is not left behind. */
async function expectOneSession(page: Page, number: string, stored: Stored): Promise<void> {
  await expectSignedIn(page);
  const sessions = `select from session s join account a on a.id = s.account_id where a.number = $1`;
  expect(await stored(sessions, [number])).toHaveLength(1);
}

test("a right code that is sent again signs in, once or three times", async ({
  page,
  request,
  simulatorOrigin,
  stored,
}) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "code");
  const { sid, secret } = await handset.newest("code");
  await page.getByLabel("Six-digit code").fill(secret);
  for (let times = 1; times <= 3; times += 1) await postAndLose(page, "Sign in", request);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectDone(page);
  await expectOneSession(page, handset.number, stored);
  await handset.expectConfirmed(sid);
  expect(await handset.confirmed(sid)).toBe(1);
});

test("a double click on the right code signs in", async ({ page, request, simulatorOrigin, stored }) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "code");
  const { secret } = await handset.newest("code");
  await page.getByLabel("Six-digit code").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).dblclick();
  await expectDone(page);
  await expectOneSession(page, handset.number, stored);
});

test("who loads the page again after a lost answer is one press away, also when that is lost, too", async ({
  page,
  request,
  simulatorOrigin,
  stored,
}) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "code");
  const { secret } = await handset.newest("code");
  await page.getByLabel("Six-digit code").fill(secret);
  await postAndLose(page, "Sign in", request);
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "Your number is confirmed" })).toBeVisible();
  await postAndLose(page, "Sign in", request);
  await page.getByRole("button", { name: "Sign in" }).dblclick();
  await expectDone(page);
  await expectOneSession(page, handset.number, stored);
});

test("the browser that asked for a link gets its session although the answer was lost", async ({
  page,
  browser,
  baseURL,
  request,
  simulatorOrigin,
  stored,
}) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "link");
  const { secret: link } = await handset.newest("link");
  const phone = await browser.newContext({ baseURL });
  await sayYes(await phone.newPage(), link);
  await phone.close();
  await page.goto("/login");
  await postAndLose(page, "Sign in", request);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectDone(page);
  await expectOneSession(page, handset.number, stored);
});
