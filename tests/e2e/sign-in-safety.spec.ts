/** Attacks on signing in: planted cookies, other sites' forms, and what has been used before. */
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { Handset, newNumber, PHONE } from "./handset";
import { askFor, expectDone, expectSignedIn, expectSignedOut, sayYes, signIn } from "./login";

async function cookie(context: BrowserContext, name: string): Promise<string | undefined> {
  return (await context.cookies()).find((each) => each.name === name)?.value;
}

const PLANTED = "p".repeat(43);

test("a session or browser cookie that was planted before is worth nothing after", async ({
  page,
  context,
  browser,
  baseURL,
  request,
  simulatorOrigin,
}) => {
  const url = baseURL!;
  const attacker = new Handset(newNumber(), request, simulatorOrigin);
  const victim = new Handset(newNumber(), request, simulatorOrigin);

  // The attacker plants his own, valid session, and a browser cookie that he knows.
  const other = await browser.newContext({ baseURL });
  const attackersPage = await other.newPage();
  await signIn(attackersPage, attacker);
  const session = (await cookie(other, "otp_session"))!;
  await context.addCookies([
    { name: "otp_session", value: session, url },
    { name: "otp_browser", value: PLANTED, url },
  ]);

  await signIn(page, victim);
  expect(await cookie(context, "otp_session")).not.toBe(session);
  expect(await cookie(context, "otp_browser")).not.toBe(PLANTED);
  await page.goto("/account");
  await expect(page.getByText("This browser")).toHaveCount(1);

  // His own session has ended with it, and the cookie he knows opens nothing.
  await expectSignedOut(attackersPage);
  const login = (await context.cookies(`${url}/login`)).find(({ name }) => name === "otp_login")!.value;
  await other.addCookies([
    { name: "otp_browser", value: PLANTED, url },
    { name: "otp_login", value: login, domain: new URL(url).hostname, path: "/login" },
  ]);
  await attackersPage.goto("/login");
  // Approved, bound to the cookie he knows, and used: nothing signs in with it.
  await expect(attackersPage.getByRole("heading", { level: 1 })).toBeVisible();
  const finish = attackersPage.getByRole("heading", { name: "Your number is confirmed" });
  if (await finish.isVisible()) {
    await expect(attackersPage.getByText("This could not sign you in.")).toBeVisible();
  }
  await expectSignedOut(attackersPage);
  await other.close();
});

test("a verification of another browser is nobody else's, even with its id", async ({
  page,
  context,
  browser,
  baseURL,
  request,
  simulatorOrigin,
}) => {
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "link");
  const { secret: link } = await handset.newest("link");
  const id = (await context.cookies(`${baseURL}/login`)).find(({ name }) => name === "otp_login")!.value;

  const thief = await browser.newContext({ ...PHONE, baseURL });
  await thief.addCookies([
    { name: "otp_login", value: id, domain: new URL(baseURL!).hostname, path: "/login" },
  ]);
  const thiefsPage = await thief.newPage();
  await thiefsPage.goto("/login");
  await expect(thiefsPage.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
  await sayYes(thiefsPage, link);
  await thiefsPage.goto("/login");
  await expect(thiefsPage.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
  await expectSignedOut(thiefsPage);
  await expectDone(page);
  await thief.close();
});

test("a reset's id, which its cookie does not tell, tells nothing of whether the number has a password", async ({
  page,
  context,
  request,
  simulatorOrigin,
  baseURL,
  stored,
}) => {
  const known = new Handset(newNumber(), request, simulatorOrigin);
  const unknown = new Handset(newNumber(), request, simulatorOrigin);
  const ids: string[] = [];
  for (const { number } of [known, unknown]) {
    // The account of a number with a password; whatever its hash.
    if (number === known.number) {
      await stored(
        "insert into account (id, number, country, password_hash, created_at) values (gen_random_uuid(), $1, 'US', 'x', now())",
        [number],
      );
    }
    await page.goto("/login/reset?step=number");
    await page.getByLabel("Mobile number").fill(number);
    await page.getByRole("button", { name: "Text me a temporary password" }).click();
    await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();
    const [reset] = await stored<{ id: string }>(
      `select id from verification where "to" = $1 and action = 'temporary_password'`,
      [number],
    );
    const id = reset?.id ?? "";
    ids.push(id);
    expect(await cookie(context, "otp_reset")).not.toContain(id);
  }
  await known.newest("temporary_password");
  expect(await unknown.messages()).toEqual([]);
  for (const value of ids) {
    await context.addCookies([{ name: "otp_login", value, url: baseURL ?? "" }]);
    expect(await (await context.request.get("/login/state")).json()).toEqual({ state: "none" });
    await page.goto("/login");
    await expect(page.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
  }
});

/** The plain form of a page, as a browser without scripts would post it. */
async function formOf(page: Page, button: string): Promise<Record<string, string>> {
  return page.getByRole("button", { name: button }).evaluate((element) => {
    const form = (element as HTMLButtonElement).form!;
    const fields = [...new FormData(form, element as HTMLButtonElement)];
    return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === "string" ? value : ""]));
  });
}

test.describe("a form", () => {
  test.use({ javaScriptEnabled: false });

  test("from another site, or without the cookie its page set, signs nobody in and sends nothing", async ({
    page,
    context,
    request,
    simulatorOrigin,
    baseURL,
    stored,
  }) => {
    const handset = new Handset(newNumber(), request, simulatorOrigin);
    await page.goto("/login");
    await page.getByLabel("Mobile number").fill(handset.number);
    const form = await formOf(page, "Text me a code");
    const browser = await cookie(context, "otp_browser");
    const post = (headers: Record<string, string>) =>
      request.post("/login", { multipart: form, headers, maxRedirects: 0, failOnStatusCode: false });

    const crossSite = await post({ Origin: "https://evil.example", Cookie: `otp_browser=${browser}` });
    expect(crossSite.status()).toBeGreaterThanOrEqual(400);
    const withoutCookie = await post({ Origin: baseURL! });
    expect(await withoutCookie.text()).toContain("Your browser did not send our cookie.");
    const malformed = await post({ Origin: baseURL!, Cookie: "otp_browser=1" });
    expect(await malformed.text()).toContain("Your browser did not send our cookie.");
    // What is sent is written down before it is answered.
    expect(await stored(`select from verification where "to" = $1`, [handset.number])).toEqual([]);
    expect(await handset.messages()).toEqual([]);

    const genuine = await post({ Origin: baseURL!, Cookie: `otp_browser=${browser}` });
    expect(genuine.status()).toBe(303);
    await handset.newest("code");
  });

  test("with a right code counts in the browser it was asked for in, and once", async ({
    page,
    context,
    request,
    simulatorOrigin,
    baseURL,
  }) => {
    const handset = new Handset(newNumber(), request, simulatorOrigin);
    await askFor(page, handset.number, "code");
    const { sid, secret } = await handset.newest("code");
    await page.getByLabel("Six-digit code").fill(secret);
    const form = await formOf(page, "Sign in");
    const cookies = (await context.cookies(`${baseURL}/login`)).map(({ name, value }) => `${name}=${value}`);
    const login = cookies.find((each) => each.startsWith("otp_login="))!;
    const post = (Cookie: string) =>
      request.post("/login", {
        multipart: form,
        headers: { Origin: baseURL!, Cookie },
        maxRedirects: 0,
        failOnStatusCode: false,
      });

    const otherBrowser = await post(`otp_browser=${"o".repeat(43)}; ${login}`);
    expect(otherBrowser.headers()["set-cookie"] ?? "").not.toContain("otp_session");
    expect(await handset.confirmed(sid)).toBe(0);

    await page.getByRole("button", { name: "Sign in" }).click();
    await expectDone(page);
    await handset.expectConfirmed(sid);
    // Until the session's cookie has come back, this would be the same browser asking for an answer that was lost.
    await expectSignedIn(page);
    const again = await post(cookies.join("; "));
    expect(again.headers()["set-cookie"] ?? "").not.toContain("otp_session");
    expect(await handset.confirmed(sid)).toBe(1);
  });
});
