/** The demo phone: what arrives on it, what can be answered from it, and how its delivery is set. */
import { test as base, expect } from "../support/browser";
import { newNumber, PHONE } from "./handset";
import { expectAccessible, expectNoSidewaysScroll } from "./login";
import { addHandset, handsetRadio, journey, newestMessage, PhoneLines } from "./phone-lines";

const test = base.extend<{ lines: PhoneLines }>({
  lines: async ({ request, simulatorOrigin, apiKey }, use) =>
    use(new PhoneLines(request, simulatorOrigin, apiKey)),
});

test("messages arrive by themselves, also on the handset that is put aside", async ({ page, lines }) => {
  const [first, second] = [newNumber(), newNumber()];
  await page.goto("/phone");
  await addHandset(page, first);
  await expect(page.getByText("No messages yet")).toBeVisible();
  await addHandset(page, second);
  await lines.text(first, "For the first");
  await lines.text(second, "For the second");
  await expect(newestMessage(page)).toContainText("For the second");
  await expect(handsetRadio(page, first)).toHaveAccessibleName(/1 new/);
  await expect(handsetRadio(page, second)).not.toHaveAccessibleName(/new/);

  // By keyboard alone.
  await handsetRadio(page, second).focus();
  await page.keyboard.press("ArrowUp");
  await expect(newestMessage(page)).toContainText("For the first");
  await expect(handsetRadio(page, first)).toBeChecked();
  await expect(handsetRadio(page, first)).toBeFocused();
  await expect(handsetRadio(page, first)).not.toHaveAccessibleName(/new/);
  await page.reload();
  await expect(handsetRadio(page, first)).toBeChecked();
  expect(page.url(), "no number in the address").not.toMatch(/\d{7}/);
  const cookie = (await page.context().cookies()).find(({ name }) => name === "otp_handsets");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("a reply confirms, is answered, and is reported", async ({ page, lines }) => {
  const number = newNumber();
  await page.goto("/phone");
  await addHandset(page, number);
  const { id, sid } = await lines.verify(number, "reply");
  await expect(newestMessage(page)).toContainText("reply YES");
  await expect(journey(page)).toContainText("waiting for the reply");
  await page.getByRole("button", { name: "Reply YES" }).click();
  await expect(page.getByRole("article", { name: /^Sent/ })).toContainText("YES");
  await expect(newestMessage(page)).toContainText("Your number is confirmed.");
  await expect.poll(() => lines.statusOf(id)).toBe("approved");
  await expect(journey(page)).toContainText("Confirmed and reported");
  await expect(journey(page)).toContainText(sid.slice(-4));
});

test("a call confirms, and shows what was said", async ({ page, lines }) => {
  const number = newNumber();
  await page.goto("/phone");
  await addHandset(page, number);
  const { id } = await lines.verify(number, "reply");
  await expect(newestMessage(page)).toContainText("reply YES");
  await page.getByRole("button", { name: "Call sender" }).click();
  await expect(page.getByRole("article", { name: /^Call/ })).toContainText("Your number is confirmed.");
  await expect.poll(() => lines.statusOf(id)).toBe("approved");
});

test("any text can be sent to whoever wrote, and to nobody else", async ({ page, lines }) => {
  const number = newNumber();
  await page.goto("/phone");
  await addHandset(page, number);
  const line = page.getByLabel("Text message");
  await line.fill("Hello?");
  await line.press("Enter");
  await expect(page.getByText("This handset has received no message it could answer.")).toBeVisible();
  await expect(line).toHaveValue("Hello?");

  await lines.text(number, "Speak");
  await expect(newestMessage(page)).toContainText("Speak");
  await line.press("Enter");
  await expect(page.getByRole("article", { name: /^Sent/ })).toContainText("Hello?");
  await expect(line).toHaveValue("");
  await expect(line).toBeFocused();
  // Nothing waits for an answer, so it gets none.
  await expect(newestMessage(page)).toContainText("Hello?");
  await expect(page.getByRole("article", { name: /^Received/ })).toHaveCount(1);
});

test("delivery fails or is late for one handset, until it is set otherwise", async ({ page, lines }) => {
  const [number, other] = [newNumber(), newNumber()];
  await page.goto("/phone");
  await addHandset(page, other);
  await addHandset(page, number);
  await page.getByLabel("With which error").selectOption("30006");
  await expect(page.getByRole("radio", { name: "Fail", exact: true })).toBeChecked();
  await expect(handsetRadio(page, number)).toHaveAccessibleName(/fails/);
  await expect.poll(() => lines.deliveryOf(number)).toEqual({ mode: "failed", errorCode: 30006 });
  await expect.poll(() => lines.deliveryOf(other)).toEqual({ mode: "normal" });
  await lines.verify(number, "code");
  await expect(journey(page)).toContainText("Undelivered: 30006 Landline");
  await expect(page.getByText("No messages yet")).toBeVisible();

  await page.getByLabel("By how much").selectOption("5");
  await expect(handsetRadio(page, number)).toHaveAccessibleName(/5 s late/);
  await lines.text(number, "Late but there");
  await expect(journey(page)).toContainText("On its way");
  await expect(newestMessage(page)).toContainText("Late but there");

  // Set by a program, it shows here too.
  await lines.setDelivery(number, { mode: "delayed", seconds: 42 });
  await expect(page.getByLabel("By how much")).toHaveValue("42");
  await page.getByRole("radio", { name: "Arrive at once" }).check();
  await expect.poll(() => lines.deliveryOf(number)).toEqual({ mode: "normal" });
});

test.describe("what happens in the demo's world is switched", () => {
  // There is one world: beside each other, the one would switch back what the other has just switched.
  test.describe.configure({ mode: "default" });

  for (const javaScriptEnabled of [true, false]) {
    test.describe(() => {
      test.use({ javaScriptEnabled });

      test(`${javaScriptEnabled ? "with" : "without"} scripts`, async ({
        page,
        request,
        simulatorOrigin,
      }) => {
        const scenario = async () =>
          ((await (await request.get(`${simulatorOrigin}/simulator/scenario`)).json()) as { name: string })
            .name;
        await page.goto("/phone");
        const choice = page.getByLabel("In the demo’s world");
        for (const name of ["launch-day", "calm"]) {
          await choice.selectOption(name);
          if (!javaScriptEnabled) await page.getByRole("button", { name: "Switch" }).click();
          await expect.poll(scenario).toBe(name);
          await page.reload();
          await expect(choice).toHaveValue(name);
        }
      });
    });
  }
});

test("a code is copied, and a message is written from its own side", async ({ page, context, lines }) => {
  const number = newNumber();
  await page.goto("/phone");
  await addHandset(page, number);
  await lines.text(number, "123456 هو رمزك\n\n@localhost #123456");
  await expect(newestMessage(page)).toContainText("123456");
  await expect(newestMessage(page).locator("strong")).toHaveText("123456");
  // Each line for itself: the last one is for browsers.
  await expect(newestMessage(page).locator("[dir=auto]").first()).toHaveCSS("direction", "rtl");
  await expect(newestMessage(page).locator("[dir=auto]").last()).toHaveCSS("direction", "ltr");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy code" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("123456");
});

test.describe("with a person's browser", () => {
  test.use({ userAgent: PHONE.userAgent });

  test("a link opens in a tab of its own, as a visit that confirms", async ({ page, context, lines }) => {
    const number = newNumber();
    await page.goto("/phone");
    await addHandset(page, number);
    const { id } = await lines.verify(number, "link");
    await expect(newestMessage(page)).toContainText("/confirm?id=");
    await expect(newestMessage(page).getByRole("button", { name: "Copy code" })).toHaveCount(0);
    const opened = context.waitForEvent("page");
    await newestMessage(page).getByRole("link").click();
    const tab = await opened;
    await tab.waitForLoadState();
    expect(await tab.evaluate(() => [document.referrer, window.opener])).toEqual(["", null]);
    await expect.poll(() => lines.statusOf(id)).toBe("approved");
    await page.bringToFront();
    await expect(journey(page)).toContainText("Confirmed and reported");
  });
});

test("only this browser's handsets can be answered from, and other sites learn nothing", async ({
  page,
  lines,
  simulatorOrigin,
}) => {
  const [own, foreign] = [newNumber(), newNumber()];
  await page.goto("/phone");
  await addHandset(page, own);
  await lines.text(foreign, "Not yours");
  await page.locator("input[type=hidden][name=handset]").evaluateAll((fields, value) => {
    for (const field of fields) (field as HTMLInputElement).value = value;
  }, foreign);
  await page.getByRole("button", { name: "Reply YES" }).click();
  await expect(page.getByText("This browser has put that handset away.")).toBeVisible();
  const thread = await page.request.get(`${simulatorOrigin}/simulator/handsets/${foreign}/conversation`);
  expect(JSON.stringify(await thread.json())).not.toContain("YES");
  const headers = { Origin: "https://evil.example" };
  const answer = await page.request.post("/phone/inbox", { data: { revision: "" }, headers });
  expect(answer.status()).toBe(403);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("everything works by forms, and a reload repeats nothing", async ({ page, lines }) => {
    const [first, second] = [newNumber(), newNumber()];
    await page.goto("/phone");
    await page.getByLabel("Mobile number").fill("12");
    await page.getByRole("button", { name: "Pick up this phone" }).click();
    await expect(page.getByText("We can’t text that number.")).toBeVisible();
    await addHandset(page, first);
    await addHandset(page, second);
    await lines.text(first, "Reply to me");
    await expect(async () => {
      await page.reload();
      await expect(handsetRadio(page, first)).toHaveAccessibleName(/1 new/, { timeout: 1_000 });
    }).toPass();

    await handsetRadio(page, first).check();
    await page.getByRole("button", { name: "Take in hand" }).click();
    await expect(newestMessage(page)).toContainText("Reply to me");
    await page.getByLabel("Text message").fill("YES");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("article", { name: /^Sent/ })).toContainText("YES");
    await page.reload();
    await expect(page.getByRole("article", { name: /^Sent/ })).toHaveCount(1);
    await page.getByRole("button", { name: "Call sender" }).click();
    await expect(page.getByRole("article", { name: /^Call/ })).toContainText("nothing to confirm");

    await page.getByRole("radio", { name: "Fail", exact: true }).check();
    await page.getByLabel("With which error").selectOption("30004");
    await page.getByRole("button", { name: "Set" }).click();
    await expect(handsetRadio(page, first)).toHaveAccessibleName(/fails/);
    await expect.poll(() => lines.deliveryOf(first)).toEqual({ mode: "failed", errorCode: 30004 });
    expect(new URL(page.url()).pathname).toBe("/phone");
  });
});

test("the phone is accessible in both themes and fits a small screen", async ({ page, lines }) => {
  const check = async (what: string) => {
    await expectAccessible(page, what);
    await expectNoSidewaysScroll(page, what);
  };
  const [first, second] = [newNumber(), newNumber()];
  await page.goto("/phone");
  await addHandset(page, first);
  await check("without messages");
  await addHandset(page, second);
  await lines.verify(second, "reply");
  await lines.text(first, `A long word: ${"x".repeat(120)} https://example.com/${"y".repeat(80)}`);
  await expect(newestMessage(page)).toContainText("reply YES");
  await page.getByRole("button", { name: "Reply YES" }).click();
  await expect(newestMessage(page)).toContainText("confirmed");
  await page.getByRole("button", { name: "Call sender" }).click();
  await expect(page.getByRole("article", { name: /^Call/ })).toBeVisible();
  await check("with a conversation");
  await handsetRadio(page, first).check();
  await expect(newestMessage(page)).toContainText("A long word");
  await page.getByLabel("With which error").selectOption("30005");
  await page.getByText("Add a handset").click();
  await check("with a long word, a failing handset and an open form");
});
