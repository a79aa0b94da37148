/** Each tracked action, from the page to the simulator's ledger: the right message confirmed, and none that was not. */
import type { Page } from "@playwright/test";
import { expect, test as base } from "../support/browser";
import { Handset, newNumber, PHONE } from "./handset";
import {
  askFor,
  askForPasswordCode,
  expectDone,
  expectSignedIn,
  expectSignedOut,
  sayYes,
  signIn,
  SOON,
  TOO_SOON,
  untilSent,
} from "./login";

const test = base.extend<{ handset: Handset; opener: Page }>({
  handset: async ({ request, simulatorOrigin }, use) =>
    use(new Handset(newNumber(), request, simulatorOrigin)),

  /** A page of another browser than the one that asks: the phone's. */
  opener: async ({ browser, baseURL }, use) => {
    const phone = await browser.newContext({ ...PHONE, baseURL });
    await use(await phone.newPage());
    await phone.close();
  },
});

test.describe("a code", () => {
  test("that comes back confirms its message and opens a session", async ({ page, handset }) => {
    const { sid } = await signIn(page, handset);
    await handset.expectConfirmed(sid);
    await page.getByRole("link", { name: "see where you’re signed in" }).click();
    await expect(page.getByText("This browser")).toBeVisible();
    await expectSignedIn(page);
  });

  test("that does not come back, or comes back wrong, confirms nothing", async ({ page, handset }) => {
    await askFor(page, handset.number, "code");
    const { sid, secret } = await handset.newest("code");
    await page.getByLabel("Six-digit code").fill(`${(Number(secret[0]) + 1) % 10}${secret.slice(1)}`);
    await expect(page.getByText("That code isn’t right. 4 tries left.")).toBeVisible();
    await expectSignedOut(page);
    expect(await handset.confirmed(sid)).toBe(0);
  });
});

test.describe("a link", () => {
  test("opened in another browser asks; a yes signs in the one that waits, and not the opener", async ({
    page,
    handset,
    opener,
  }) => {
    await askFor(page, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    expect(await handset.confirmed(sid)).toBe(0);

    const visited: string[] = [];
    opener.on("request", (request) => visited.push(new URL(request.url()).origin));
    await opener.goto(link);
    await expect(opener.getByRole("heading", { name: "Is it you who is signing in?" })).toBeVisible();
    await expect(opener.getByText("Chrome on Linux")).toBeVisible();
    await expect(opener.getByText("127.0.0.x")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Open the link we texted you" })).toBeVisible();
    expect(await handset.confirmed(sid)).toBe(0);

    await opener.getByRole("button", { name: "Yes, it is me" }).click();
    await expect(opener.getByRole("heading", { name: "Confirmed" })).toBeVisible();
    await expect(opener).toHaveTitle("Confirmed · OTP Insights");
    expect(new Set(visited)).toEqual(new Set([new URL(link).origin]));
    expect(await opener.context().cookies()).toEqual([]);

    await expectDone(page);
    await handset.expectConfirmed(sid);
    await expectSignedIn(page);
    await expectSignedOut(opener);

    await opener.goto(link);
    await expect(opener.getByRole("heading", { name: "This link has been used" })).toBeVisible();
    expect(await handset.confirmed(sid)).toBe(1);
  });

  test("opened in the browser that asked signs in there at once", async ({ browser, baseURL, handset }) => {
    const phone = await browser.newContext({ ...PHONE, baseURL });
    const waiting = await phone.newPage();
    await askFor(waiting, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    const opened = await phone.newPage();
    await opened.goto(link);
    await expectDone(opened);
    await expectDone(waiting);
    await handset.expectConfirmed(sid);
    await expectSignedIn(opened);
    await phone.close();
  });

  test("that was not them is called off: the one that waits is told, and nobody is signed in", async ({
    page,
    handset,
    opener,
    stored,
  }) => {
    await askFor(page, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    await opener.goto(link);
    await opener.getByRole("button", { name: "No, that was not me" }).click();
    await expect(opener.getByRole("heading", { name: "Nobody was let in" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "This sign-in was canceled" })).toBeVisible();
    await opener.goto(link);
    await expect(opener.getByRole("heading", { name: "This link was canceled" })).toBeVisible();
    // It is the one who said no that reads it.
    await expect(opener.getByText("Whoever asked for it")).toHaveCount(0);
    const denied = `select from verification where "to" = $1 and status = 'canceled' and denied_at is not null`;
    expect(await stored(denied, [handset.number])).toHaveLength(1);
    await expectSignedOut(page);
    await expectSignedOut(opener);
    expect(await handset.confirmed(sid)).toBe(0);
  });

  test("that a program asked for is confirmed by being opened, and signs nobody in", async ({
    request,
    apiKey,
    handset,
    opener,
  }) => {
    // A browser with the cookie that sign-ins are bound to.
    await opener.goto("/login");
    const headers = { Authorization: `Bearer ${apiKey}` };
    const data = { to: handset.number, action: "link" };
    expect((await request.post("/api/verifications", { headers, data })).status()).toBe(201);
    const { sid, secret: link } = await handset.newest("link");
    await opener.goto(link);
    await expect(opener.getByRole("heading", { name: "Confirmed" })).toBeVisible();
    await handset.expectConfirmed(sid);
    await expectSignedOut(opener);
  });

  test("that nobody opens confirms nothing, and a cut or guessed one is not known", async ({
    page,
    handset,
    opener,
  }) => {
    await askFor(page, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    for (const wrong of [link.slice(0, -3), `${link.slice(0, -4)}AAAA`, link.replace(/\?.*/, "")]) {
      await opener.goto(wrong);
      await expect(opener.getByRole("heading", { name: "We don’t know this link" })).toBeVisible();
    }
    await expect(page.getByRole("heading", { name: "Open the link we texted you" })).toBeVisible();
    expect(await handset.confirmed(sid)).toBe(0);
  });

  test("is none the worse for five forged ones: nobody guesses it, so they count for nothing", async ({
    page,
    handset,
    opener,
  }) => {
    await askFor(page, handset.number, "link");
    const { secret: link } = await handset.newest("link");
    for (const end of ["AAAA", "BBBB", "CCCC", "DDDD", "EEEE"]) {
      await opener.goto(link.slice(0, -4) + end);
      await expect(opener.getByRole("heading", { name: "We don’t know this link" })).toBeVisible();
    }
    await expect(page.getByRole("heading", { name: "Open the link we texted you" })).toBeVisible();
    await opener.goto(link);
    await expect(opener.getByRole("heading", { name: /Confirmed|Is it you/ })).toBeVisible();
  });

  test("goes from the button too, where no navigation is seen", async ({ page, handset, opener }) => {
    await askFor(page, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    await opener.setExtraHTTPHeaders({ Purpose: "prefetch" });
    await opener.goto(link);
    await expect(opener.getByRole("button", { name: "Yes, it is me" })).toBeVisible();
    expect(await handset.confirmed(sid)).toBe(0);
    await opener.getByRole("button", { name: "Yes, it is me" }).click();
    await expect(opener.getByRole("heading", { name: "Confirmed" })).toBeFocused();
    expect(await opener.context().cookies()).toEqual([]);
    await expectDone(page);
    await handset.expectConfirmed(sid);
  });
});

test.describe("a link, after another was sent,", () => {
  test.use(SOON);

  test("of the first message confirms the first", async ({ page, handset, opener }) => {
    await askFor(page, handset.number, "link");
    const first = await handset.newest("link");
    await page.getByRole("button", { name: "Send another link" }).click();
    await expect(page.getByText("2 links were sent.")).toBeVisible();
    await expect.poll(async () => (await handset.messages()).length).toBe(2);
    await sayYes(opener, first.secret);
    await expectDone(page);
    await handset.expectConfirmed(first.sid);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a link works by plain pages and forms", async ({ page, handset, opener }) => {
    await askFor(page, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    await page.getByRole("link", { name: "I have opened it" }).click();
    await expect(page.getByRole("heading", { name: "Open the link we texted you" })).toBeVisible();
    await sayYes(opener, link);
    // The page that waits is read anew by itself.
    await expect(page.getByRole("heading", { name: "Your number is confirmed" })).toBeVisible();
    await page.getByRole("button", { name: "Sign in" }).click();
    await expectDone(page);
    await handset.expectConfirmed(sid);
  });

  test("a link opened in the browser that asked signs in by a plain form", async ({
    browser,
    baseURL,
    handset,
  }) => {
    const phone = await browser.newContext({ ...PHONE, baseURL, javaScriptEnabled: false });
    const page = await phone.newPage();
    await askFor(page, handset.number, "link");
    await page.goto((await handset.newest("link")).secret);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expectDone(page);
    await phone.close();
  });

  test("the button of a link works as a plain form", async ({ page, handset, browser, baseURL }) => {
    await askFor(page, handset.number, "link");
    const { sid, secret: link } = await handset.newest("link");
    const plain = await browser.newContext({ ...PHONE, baseURL, javaScriptEnabled: false });
    const opener = await plain.newPage();
    await opener.setExtraHTTPHeaders({ Purpose: "prefetch" });
    await opener.goto(link);
    const answer = opener.waitForResponse((response) => response.request().method() === "POST");
    await opener.getByRole("button", { name: "Yes, it is me" }).click();
    expect((await answer).headers()).toMatchObject({ "referrer-policy": "no-referrer" });
    expect((await answer).headers()["cache-control"]).toContain("no-store");
    await expect(opener.getByRole("heading", { name: "Confirmed" })).toBeVisible();
    expect(await plain.cookies()).toEqual([]);
    await plain.close();
    await handset.expectConfirmed(sid);
  });
});

const OLD = "the old password of this test";
const NEW = "the new password of this test";

async function setPassword(page: Page, handset: Handset, password: string): Promise<void> {
  await askForPasswordCode(page, handset);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your password is set.")).toBeVisible();
}

async function askForReset(page: Page, number: string): Promise<void> {
  await untilSent(page, page.getByRole("heading", { name: "Set a new password" }), async () => {
    await page.goto("/login/reset?step=number");
    await page.getByLabel("Mobile number").fill(number);
    await page.getByRole("button", { name: "Text me a temporary password" }).click();
  });
}

async function tryReset(page: Page, temporary: string, password: string): Promise<void> {
  await page.getByLabel("Temporary password").fill(temporary);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
}

test.describe("a temporary password", () => {
  test.describe(() => {
    test.use(SOON);

    test("sets a new one, signs in, ends the other sessions and confirms its message", async ({
      page,
      handset,
      opener,
    }) => {
      await signIn(page, handset);
      await setPassword(page, handset, OLD);
      await expect.poll(() => handset.notices()).toBe(1);

      await askForReset(opener, handset.number);
      const { sid, secret } = await handset.newest("temporary_password");
      await tryReset(opener, "kuda", NEW);
      await expect(opener.getByText("This did not cost a try.")).toBeVisible();
      await tryReset(opener, secret, "short");
      await expect(opener.getByText("Choose a longer password.")).toBeVisible();
      await tryReset(opener, "kuda-moti-rabe", NEW);
      await expect(opener.getByText("That isn’t the temporary password. 4 tries left.")).toBeVisible();
      expect(await handset.confirmed(sid)).toBe(0);
      await tryReset(opener, secret.toUpperCase().replaceAll("-", " "), NEW);
      await expectDone(opener);
      await expect.poll(() => handset.confirmed(sid)).toBe(1);
      await expect.poll(() => handset.notices()).toBe(2);
      await expectSignedIn(opener);
      await expectSignedOut(page);

      await page.goto("/login/password");
      await page.getByLabel("Mobile number").fill(handset.number);
      await page.getByLabel("Password", { exact: true }).fill(OLD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("Number and password don’t match.")).toBeVisible();
      await page.getByLabel("Password", { exact: true }).fill(NEW);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
    });
  });

  test("of a number without an account looks the same, to the last try, and sends nothing", async ({
    page,
    handset,
  }) => {
    await askForReset(page, handset.number);
    await expect(
      page.getByText("If there is an account with a password for this number, we have texted"),
    ).toBeVisible();
    // The same wrong one again costs nothing, here as elsewhere.
    for (const [index, left] of ["4 tries", "3 tries", "2 tries", "1 try"].entries()) {
      await tryReset(page, `kuda-moti-rab${"aeio"[index]}`, NEW);
      await expect(page.getByText(`That isn’t the temporary password. ${left} left.`)).toBeVisible();
    }
    await tryReset(page, "kuda-moti-rabu", NEW);
    await expect(page.getByText("Too many wrong temporary passwords.")).toBeVisible();
    expect(await handset.messages()).toEqual([]);
    // The same limit as for a number that was sent a message.
    await page.goto("/login?step=number");
    await page.getByLabel("Mobile number").fill(handset.number);
    await page.getByRole("button", { name: "Text me a code" }).click();
    await expect(page.getByText(TOO_SOON)).toBeVisible();
    await expectSignedOut(page);
  });
});

test.describe("a password", () => {
  test.use(SOON);

  test("that is too short to be enough is asked for with a code, in whichever browser", async ({
    page,
    handset,
  }) => {
    await signIn(page, handset);
    await setPassword(page, handset, "kuda moti rab");
    await page.getByRole("button", { name: "Sign out" }).click();
    await untilSent(page, page.getByRole("heading", { name: "Enter the code we texted you" }), async () => {
      await page.goto("/login/password");
      await page.getByLabel("Mobile number").fill(handset.number);
      await page.getByLabel("Password", { exact: true }).fill("kuda moti rab");
      await page.getByRole("button", { name: "Sign in" }).click();
    });
    await expectSignedOut(page);
  });

  test("is changed by a code and the one there is, and not by a session alone", async ({ page, handset }) => {
    await signIn(page, handset);
    await page.goto("/account");
    await expect(page.getByLabel("New password", { exact: true })).toHaveCount(0);
    await setPassword(page, handset, OLD);
    await askForPasswordCode(page, handset);
    const change = async (current: string, password: string) => {
      await page.getByLabel("Current password").fill(current);
      await page.getByLabel("New password", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Change password" }).click();
    };
    await change(OLD, "passwordpassword");
    await expect(page.getByText("Choose a password fewer people use.")).toBeVisible();
    await change(OLD, handset.number);
    await expect(page.getByText("Choose a password that is harder to guess.")).toBeVisible();
    await change("not the old one", NEW);
    await expect(page.getByText("That isn’t your password.")).toBeVisible();
    await change(OLD, NEW);
    await expect(page.getByText("Your password is set.")).toBeVisible();
    await expectSignedIn(page);
    await expect.poll(() => handset.notices()).toBe(2);
  });
});

test.describe("a reply", () => {
  test.use(SOON);

  for (const way of ["message", "call"] as const) {
    test(`by ${way} confirms its message, and opens no session`, async ({ page, handset, stored }) => {
      await signIn(page, handset);
      await untilSent(page, page.getByText("Waiting for you"), async () => {
        await page.goto("/account");
        await page.getByRole("button", { name: "Send me a message" }).click();
      });
      const { sid } = await handset.newest("reply");
      // Answered when the product has judged it.
      await handset.reply("what is this?");
      expect(await stored("select from message where sid = $1 and confirmed_at is null", [sid])).toHaveLength(
        1,
      );
      if (way === "message") await handset.reply("Yes");
      else await handset.call();
      await expect(page.getByText("Your reply came. This number is confirmed.")).toBeVisible();
      await expect.poll(() => handset.confirmed(sid)).toBe(1);
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.getByRole("heading", { name: "Sign in with your mobile number" })).toBeVisible();
      await expectSignedOut(page);
    });
  }
});
