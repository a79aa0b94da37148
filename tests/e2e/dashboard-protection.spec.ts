/** What is wrong, and who is told of it, on a page of their own. */
import type { Page } from "@playwright/test";
import { expect, FAILING, test } from "../support/dashboard-app";
import { receiveWebhooks } from "../support/receivers";
import { expectAccessible, expectNoSidewaysScroll } from "./login";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("an operator sees what is wrong, says that it was seen, and has somebody told; readers see the former", async ({
  page,
  context,
  browser,
  dashboard,
}) => {
  const receiver = await receiveWebhooks();
  await context.addCookies([await dashboard.operatorCookie()]);
  const finding = panel(page, "What is wrong").getByText(`${FAILING.name}: conversion fell`);
  // It is looked for in the background.
  await expect
    .poll(async () => {
      await page.goto("/protection");
      return finding.count();
    })
    .toBe(1);
  await panel(page, "What is wrong").getByText("I have seen it").click();
  await page.getByLabel("What you know of it").fill("Carrier told");
  await page.getByRole("button", { name: "Seen" }).click();
  await expect(panel(page, "What is wrong").getByText(/^Seen .*: Carrier told$/)).toBeVisible();

  const told = panel(page, "Who is told");
  await told.locator("summary", { hasText: "Have somebody told" }).click();
  await told.getByLabel("To", { exact: true }).fill("http://example.com/hook");
  await told.getByRole("button", { name: "Have them told" }).click();
  await expect(told.getByText("It must be an https URL")).toBeVisible();
  await told.getByLabel("To", { exact: true }).fill(`${receiver.origin}/hook`);
  await told.getByLabel("Quiet from").fill("22:00");
  await told.getByLabel("to", { exact: true }).fill("07:00");
  await told.getByLabel("by the clock of").fill("Asia/Kolkata");
  await told.getByRole("button", { name: "Have them told" }).click();
  await expect(told.getByText(/^whsec_/)).toBeVisible();
  const line = told.getByRole("list", { name: "Who is told" }).getByRole("listitem").first();
  await expect(line).toContainText("from 22:00 to 07:00 in Asia/Kolkata only what is critical");
  await line.getByRole("button", { name: "Try it" }).click();
  await expect(line.getByText("It arrived.")).toBeVisible();
  expect(receiver.posts).toHaveLength(1);
  receiver.answers(500);
  await line.getByRole("button", { name: "Try it" }).click();
  await expect(line.getByText("It did not arrive: http_500.")).toBeVisible();
  await line.getByRole("button", { name: "New secret" }).click();
  await expect(line.getByText("For a day both it and the one before sign")).toBeVisible();
  await expect(line.getByText(/^whsec_/)).toBeVisible();
  await expectNoSidewaysScroll(page, "with a target");
  await expectAccessible(page, "with a target");

  const others = await browser.newContext({ javaScriptEnabled: false, baseURL: dashboard.origin });
  const reader = await others.newPage();
  await reader.goto("/protection");
  await expect(panel(reader, "What is wrong").getByText("Carrier told")).toBeVisible();
  await expect(panel(reader, "For operators").getByText("and who is told")).toBeVisible();
  await expect(panel(reader, "Who is told")).toHaveCount(0);
  await expect(reader.getByText(receiver.origin)).toHaveCount(0);
  await others.close();

  await line.getByRole("button", { name: "Remove" }).click();
  await expect(told.getByText("Nobody is.")).toBeVisible();
  await receiver.close();
});

test("an operator says what is refused, and what could be lost is said", async ({
  page,
  context,
  dashboard,
}) => {
  await context.addCookies([await dashboard.operatorCookie()]);
  await page.goto("/protection");
  await expect(panel(page, "What could be lost").getByText("There is no bound")).toBeVisible();
  const rules = panel(page, "Rules");
  const exposure = rules.getByRole("listitem").filter({ hasText: "Too many unanswered" }).first();
  await exposure.getByRole("button", { name: "What would it have refused" }).click();
  await expect(
    exposure.getByRole("table", { name: "What Too many unanswered would have refused" }),
  ).toBeVisible();
  await exposure.getByLabel("from, times").fill("99");
  await exposure.getByRole("button", { name: "Save" }).click();
  await expect(exposure.getByText("It must be from 0.1 to 10.")).toBeVisible();
  await exposure.getByLabel("from, times").fill("2");
  await exposure.getByLabel("It", { exact: true }).selectOption("enforce");
  await exposure.getByRole("button", { name: "Save" }).click();
  await expect(panel(page, "What could be lost").getByText("whatever an attacker does")).toBeVisible();

  const places = panel(page, "Destinations");
  await places.getByLabel("Where").fill("Brazil");
  await places.getByLabel("Why").fill("Pumping");
  await places.getByRole("button", { name: "Say so" }).click();
  await expect(places.getByText("It must be a country such as BR")).toBeVisible();
  await places.getByLabel("Where").fill("br:Claro");
  await places.getByRole("button", { name: "Say so" }).click();
  await expect(places.getByRole("listitem").filter({ hasText: "Claro in Brazil blocked" })).toBeVisible();
  const safe = panel(page, "Safe list");
  await safe.getByLabel("Number or block").fill("+55 11 98765-4");
  await safe.getByLabel("Why").fill("Ours");
  await safe.getByRole("button", { name: "Put it on the list" }).click();
  await expect(safe.getByText("+5511987654")).toBeVisible();
  await expectNoSidewaysScroll(page, "with rules");
  await expectAccessible(page, "with rules");

  await places.getByRole("button", { name: "Take back" }).click();
  await expect(places.getByText("Nothing is said of any")).toBeVisible();
  await safe.getByRole("button", { name: "Take back" }).click();
  await expect(safe.getByText("Nobody is on it.")).toBeVisible();
});

test("an operator acts on a finding where it stands, and readers see what became of its place; also without scripts", async ({
  page,
  context,
  browser,
  dashboard,
}) => {
  const cookie = await dashboard.operatorCookie();
  await context.addCookies([cookie]);
  await page.goto(`/destinations/${FAILING.country}`);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText("Open");
  const act = (where: Page) => where.locator("summary", { hasText: `Block or cap ${FAILING.name}` }).first();
  await act(page).click();
  const form = page.locator("details[open]").filter({ hasText: `Block or cap ${FAILING.name}` });
  await expect(form.getByLabel("Why")).toHaveValue(
    /^Conversion drop since .*: \d.* in time, usually \d.* sign-ins lost/,
  );
  await form.getByLabel("Cap, an hour").fill("none");
  await form.getByRole("button", { name: "Do it" }).click();
  await expect(form.getByLabel("Cap, an hour")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("Cap, an hour").fill("7");
  await form.getByRole("button", { name: "Do it" }).click();
  await expect(form.getByRole("status").getByText(`${FAILING.name} is capped at 7 an hour`)).toBeVisible();
  await expect(heading).toContainText(/Capped at 7 messages an hour until .*: Conversion drop since/);
  await expectAccessible(page, "with a button that was pressed");

  await page.goto("/");
  const row = page.getByRole("row").filter({ hasText: FAILING.name }).first();
  await expect(row).toContainText("capped at 7/h");
  await act(page).click();
  await expect(form.getByRole("button", { name: "Take back" })).toBeVisible();

  const plain = { javaScriptEnabled: false, baseURL: dashboard.origin };
  const others = await browser.newContext(plain);
  const reader = await others.newPage();
  await reader.goto("/");
  await expect(reader.getByRole("row").filter({ hasText: FAILING.name }).first()).toContainText("Capped");
  await expect(reader.getByText("Block or cap")).toHaveCount(0);
  await expect(reader.getByText("7/h")).toHaveCount(0);
  await others.close();

  const another = await browser.newContext(plain);
  await another.addCookies([cookie]);
  const operator = await another.newPage();
  await operator.goto("/protection");
  await act(operator).click();
  await operator.getByRole("button", { name: "Take back" }).first().click();
  await expect(operator.getByText(`Nothing is said of ${FAILING.name} any more.`)).toBeVisible();
  await expect(panel(operator, "Destinations").getByText("Nothing is said of any")).toBeVisible();
  await another.close();
});
