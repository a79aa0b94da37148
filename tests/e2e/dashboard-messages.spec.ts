/** The message log, one message, the search by a number, and feedback's health. */
import pg from "pg";
import { formatNumbersOf } from "@/components/ui/phone-number";
import { expect, test } from "../support/dashboard-app";
import { expectAccessible, expectNoSidewaysScroll } from "./login";

interface Log {
  rows: {
    id: string;
    block: string;
    outcome: string;
    errorWords: string | null;
    sender: string;
    sentFrom: string | null;
  }[];
  nextCursor: string | null;
}

/** The whole number with the most messages, and how many it has. */
async function knownNumber(databaseUrl: string): Promise<{ number: string; messages: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ number: string; messages: number }>(
      `select v."to" as number, count(*)::int as messages from verification v join message m on m.verification_id = v.id
       where v."to" <> v.block group by 1 having count(*) < 50 order by 2 desc, 1 limit 1`,
    );
    return rows[0]!;
  } finally {
    await client.end();
  }
}

test("the log shows what the API lists, filters by outcome and error, and goes on to older ones", async ({
  page,
  dashboard,
}) => {
  await page.goto("/messages?status=undelivered");
  const filtered = await dashboard.report<Log>("messages?status=undelivered");
  const table = page.getByRole("table", { name: "Messages, newest first" });
  await expect(table.getByRole("row")).toHaveCount(filtered.rows.length + 1);
  await expect(table.getByRole("row").nth(1)).toContainText(formatNumbersOf(filtered.rows[0]!.block));
  await expect(table.getByRole("row").nth(1)).toContainText(filtered.rows[0]!.errorWords!);

  await page.goto("/messages");
  const { current } = await dashboard.report<{ current: { attempted: number; refused: number } }>("summary");
  expect(current.refused).toBeGreaterThan(0);
  await expect(
    page.getByText(`${current.attempted.toLocaleString("en-US")} of them attempted`),
    "what the tile says that leads here",
  ).toBeVisible();
  await page.getByLabel("Outcome").selectOption("Confirmed");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/\?confirmed=true$/);
  const confirmed = await dashboard.report<Log>("messages?confirmed=true");
  await expect(table.getByRole("rowheader").first().getByRole("link")).toHaveAttribute(
    "href",
    `/messages/${confirmed.rows[0]!.id}?confirmed=true`,
  );
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/cursor=/);
  const older = await dashboard.report<Log>(`messages?confirmed=true&cursor=${confirmed.nextCursor}`);
  await expect(table.getByRole("rowheader").first().getByRole("link")).toHaveAttribute(
    "href",
    `/messages/${older.rows[0]!.id}?confirmed=true`,
  );
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).toHaveURL(/\?confirmed=true$/);
});

test("a message has its timeline, in words and with the number masked", async ({ page, dashboard }) => {
  const { rows } = await dashboard.report<Log>("messages?confirmed=true");
  const first = rows.find(({ outcome }) => outcome === "confirmed")!;
  await page.goto("/messages?confirmed=true");
  await page.locator(`a[href^="/messages/${first.id}"]`).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Message to/ })).toContainText(
    formatNumbersOf(first.block),
  );
  const steps = page.getByRole("region", { name: "What became of it" }).getByRole("listitem");
  await expect(steps.first()).toContainText("Requested");
  await expect(steps.filter({ hasText: "Accepted by Twilio" })).toHaveCount(1);
  await expect(steps.filter({ hasText: /^Confirmed/ })).toHaveCount(1);
  await expect(steps.filter({ hasText: "Twilio told: confirmed" })).toHaveCount(1);
  // What it was sent from is nobody's secret, and a filter, whose example is a number of Twilio's for tests.
  const ours = [first.sender, first.sentFrom ?? first.sender, "+15005550006"];
  const content = ours.reduce((text, own) => text.replaceAll(own, ""), await page.content());
  expect(content).not.toMatch(/\+\d{11}/);
  await page.getByRole("link", { name: "All messages" }).click();
  await expect(page).toHaveURL(/\/messages\?confirmed=true$/);

  const nowhere = await page.request.get("/messages/00000000-0000-7000-8000-000000000000");
  expect(nowhere.status()).toBe(404);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a number is searched for without entering an address, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    browser,
    dashboard,
  }) => {
    const { number, messages } = await knownNumber(dashboard.databaseUrl);
    const context = await browser.newContext({ baseURL: dashboard.origin, javaScriptEnabled });
    await context.addCookies([await dashboard.operatorCookie()]);
    const page = await context.newPage();
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.goto("/messages");
    await page.getByLabel("Find a number’s messages").fill(number);
    await page.getByRole("button", { name: "Find" }).click();
    const found = page.getByRole("table", { name: "Messages to the number searched for" });
    await expect(found.getByRole("row")).toHaveCount(messages + 1);
    const digits = number.slice(1);
    expect(addresses.filter((address) => address.includes(digits))).toEqual([]);
    expect(page.url()).not.toContain(digits);
    expect((await found.innerHTML()).includes(digits), "only masked").toBe(false);

    await page.getByLabel("Find a number’s messages").fill("12");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByText("We can’t search for that.")).toBeVisible();
    await context.close();
  });
}

test("who only reads is told whom a search is for, and a search that is posted all the same finds nothing", async ({
  page,
  context,
  dashboard,
}) => {
  const { number } = await knownNumber(dashboard.databaseUrl);
  await context.addCookies([await dashboard.operatorCookie()]);
  await page.goto("/messages");
  await page.getByLabel("Find a number’s messages").fill(number);
  // The form is there, and the session that may use it ends.
  await context.clearCookies();
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("You may not search.")).toBeVisible();
  await page.goto("/messages");
  await expect(page.getByText("Finding a number’s messages is for operators")).toBeVisible();
  await expect(page.getByLabel("Find a number’s messages")).toHaveCount(0);
});

test("what failed is one choice, with its count, and feedback's numbers lead to their messages", async ({
  page,
  dashboard,
}) => {
  await page.goto("/messages");
  await page.locator("select[name=set-fate]").selectOption("Failed, undelivered or refused");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/\?failed=true$/);
  const failed = await dashboard.report<Log & { matches: number }>("messages?failed=true");
  expect(failed.matches).toBeGreaterThan(50);
  const panel = page.getByRole("region", { name: "Messages", exact: true });
  await expect(panel.getByText(`${failed.matches.toLocaleString("en-US")} messages match`)).toBeVisible();
  await expect(panel.getByRole("rowheader").first()).toContainText(/\d{2}:\d{2}:\d{2}/);
  await page.locator("select[name=set-fate]").selectOption("Not reported to Twilio");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page, "in place of the other").toHaveURL(/\?unreported=true$/);

  const { confirmed, reported } = await dashboard.report<{ confirmed: number; reported: number }>("feedback");
  await page.goto("/feedback");
  const missing = (confirmed - reported).toLocaleString("en-US");
  await page
    .getByRole("region", { name: "Feedback", exact: true })
    .getByRole("link", { name: missing })
    .first()
    .click();
  await expect(page).toHaveURL(/\/messages\?unreported=true$/);
  const unreported = await dashboard.report<{ matches: number }>("messages?unreported=true");
  expect(unreported.matches, "the same number").toBe(confirmed - reported);
  await expect(panel.getByText(`${missing} messages match`)).toBeVisible();
});

test("several statuses are one view, ticked in the log's own form", async ({ page, dashboard }) => {
  await page.goto("/messages");
  await page.locator("summary", { hasText: /^Status/ }).click();
  await page.getByRole("checkbox", { name: "Failed" }).check();
  await page.getByRole("checkbox", { name: "Undelivered" }).check();
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/\?status=undelivered&status=failed$|\?status=failed&status=undelivered$/);
  await expect(page.locator("summary", { hasText: /^Status/ })).toContainText(
    /Failed, Undelivered|Undelivered, Failed/,
  );
  const { matches } = await dashboard.report<{ matches: number }>(
    "messages?status=failed&status=undelivered",
  );
  expect(matches).toBeGreaterThan(0);
  const panel = page.getByRole("region", { name: "Messages", exact: true });
  await expect(panel.getByText(`${matches.toLocaleString("en-US")} messages match`)).toBeVisible();
});

test("what coverage and the tiles say is missing leads to those messages", async ({ page, dashboard }) => {
  const { confirmed, reported } = await dashboard.report<{ confirmed: number; reported: number }>("feedback");
  await page.goto("/");
  const missing = `${(confirmed - reported).toLocaleString("en-US")} missing`;
  await page.getByRole("link", { name: missing, exact: true }).click();
  await expect(page).toHaveURL(/\/messages\?unreported=true$/);

  await page.goto("/feedback");
  const worst = page
    .getByRole("region", { name: "Coverage", exact: true })
    .getByRole("link", { name: / missing$/ });
  const least = Number.parseInt((await worst.innerText()).replaceAll(",", ""), 10);
  await worst.click();
  await expect(page).toHaveURL(/\/messages\?.*unreported=true/);
  const { matches } = await dashboard.report<{ matches: number }>(`messages${new URL(page.url()).search}`);
  expect(matches).toBe(least);
});

test("on a phone a message's card has its network and its menu", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/messages?network!=unknown");
  const card = page.getByRole("table", { name: "Messages, newest first" }).getByRole("row").first();
  await card.locator("summary").click();
  await card.getByRole("link", { name: "Show only this" }).click();
  await expect(page).toHaveURL(/[?&]network=/);
  await expectNoSidewaysScroll(page, "messages");
});

test("a message is found by its SID and by its verification, without entering an address", async ({
  page,
  context,
  dashboard,
}) => {
  await context.addCookies([await dashboard.operatorCookie()]);
  const client = new pg.Client({ connectionString: dashboard.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; sid: string; verification: string }>(
    "select id, sid, verification_id as verification from message where sid is not null order by requested_at desc limit 1",
  );
  await client.end();
  const [message] = rows;
  if (!message) throw new Error("there are no messages");
  for (const key of [message.sid, message.verification]) {
    await page.goto("/messages");
    await page.getByLabel("Find a number’s messages").fill(key);
    await page.getByRole("button", { name: "Find" }).click();
    const found = page.getByRole("table", { name: /searched for$/ });
    await expect(found.locator(`a[href^="/messages/${message.id}"]`)).toHaveCount(1);
    expect(page.url()).not.toContain(key);
  }
});

test("a message's page has what there is to know, and what Twilio's support asks for", async ({
  page,
  context,
  dashboard,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { rows } = await dashboard.report<{
    rows: { id: string; sid: string; network: string; errorCode: number }[];
  }>("messages?status=undelivered&network!=unknown");
  const [message] = rows;
  if (!message) throw new Error("no message was undelivered");
  await page.goto(`/messages/${message.id}`);
  const facts = page.getByRole("region", { name: "The message" });
  await expect(facts).toContainText("Sender");
  await expect(facts.getByRole("link", { name: /Twilio’s console/ })).toHaveAttribute(
    "href",
    `https://www.twilio.com/console/sms/logs/${message.sid}`,
  );
  await expect(facts.getByRole("link", { name: /in Twilio’s documentation/ })).toHaveAttribute(
    "href",
    `https://www.twilio.com/docs/api/errors/${message.errorCode}`,
  );
  await facts.getByRole("button", { name: "Copy SID" }).click();
  await expect(facts.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message.sid);
  await facts.getByRole("button", { name: "Copy for Twilio support" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(
      new RegExp(
        `Message SID: ${message.sid}\n[^]*Error code: ${message.errorCode}[^]*Carrier: [^]*Requested: `,
      ),
    );
  await expect(page.getByRole("region", { name: "Checks" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Twilio’s callbacks" })).toBeVisible();
  expect(await page.content()).not.toMatch(/\+\d{11}/);
});

test("feedback's health is the API's, and only operators may have it tried again", async ({
  page,
  dashboard,
}) => {
  const report = await dashboard.report<{
    confirmed: number;
    reported: number;
    backlog: { refused: number };
  }>("feedback");
  await page.goto("/feedback");
  const health = page.getByRole("region", { name: "Feedback", exact: true });
  await expect(health).toContainText(`${report.reported.toLocaleString("en-US")} of`);
  await expect(health).toContainText(report.confirmed.toLocaleString("en-US"));
  await expect(page.getByRole("button", { name: /Retry/ })).toHaveCount(0);
  if (report.backlog.refused > 0) {
    await expect(page.getByText("Retrying is for operators").first()).toBeVisible();
  }
});

test("one message's page is accessible and fits small phones", async ({ page, dashboard }) => {
  const { rows } = await dashboard.report<Log>("messages?status=undelivered");
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/messages/${rows[0]!.id}`);
    await expectAccessible(page, `a message at ${width}`);
  }
  await expectNoSidewaysScroll(page, "a message");
});
