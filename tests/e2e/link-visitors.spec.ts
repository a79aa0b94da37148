/** Who opens links before people do, over real HTTP: none of them confirms anything. */
import { request as httpRequest } from "node:http";
import { expect, test } from "../support/browser";
import { Handset, newNumber, PHONE } from "./handset";
import { askFor, expectDone, sayYes } from "./login";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
const SAFARI =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15";

/** What a browser says when a person navigates. */
const NAVIGATION = {
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-Dest": "document",
  "Sec-Fetch-Site": "none",
  "Sec-Fetch-User": "?1",
};

/** As they name themselves. Those that run a browser send its headers of a navigation, too. */
const KNOWN_AGENTS: Record<string, string> = {
  WhatsApp: "WhatsApp/2.23.20.0 A",
  Slackbot: "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "Slack images": "Slack-ImgProxy (+https://api.slack.com/robots)",
  Twitterbot: "Twitterbot/1.0",
  Facebook: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "Facebook catalog": "facebookcatalog/1.0",
  Telegram: "TelegramBot (like TwitterBot)",
  Discord: "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
  LinkedIn: "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
  Skype: "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
  "Google Messages":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)",
  Googlebot: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  iMessage: `${SAFARI} facebookexternalhit/1.1 Facebot Twitterbot/1.0`,
  Applebot: `${SAFARI} (Applebot/0.1; +http://www.apple.com/go/applebot)`,
  Bing: "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  "Bing preview": `${CHROME} BingPreview/1.0b`,
  Pinterest: "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
  Reddit: "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
  Snapchat: "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
  Viber: "Viber/20.0 (compatible; ViberBot; link preview)",
  VirusTotal: "AppEngine-Google; (+http://code.google.com/appengine; appid: s~virustotalcloud)",
  Yandex: "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
  Baidu: "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
  Embedly: "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
  Iframely: "Iframely/1.3.1 (+https://iframely.com/docs/about)",
  curl: "curl/8.7.1",
  wget: "Wget/1.24.5",
  "python-requests": "python-requests/2.32.3",
  "Go client": "Go-http-client/2.0",
  okhttp: "okhttp/4.12.0",
  axios: "axios/1.7.2",
  "Headless Chrome": CHROME.replace("Chrome/", "HeadlessChrome/"),
  PhantomJS: "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 PhantomJS/2.1.1 Safari/538.1",
  "without an agent": "",
};

/** Scanners of mail and security products come with an ordinary browser's agent: only their headers tell them. */
const DISGUISED: Record<string, Record<string, string>> = {
  "Outlook SafeLinks": { "User-Agent": CHROME },
  Proofpoint: { "User-Agent": SAFARI, Accept: "text/html" },
  Mimecast: { "User-Agent": CHROME, "X-Forwarded-For": "207.211.30.1" },
  Barracuda: { "User-Agent": CHROME, "Accept-Language": "en-US" },
  "a fetch by a script": { "User-Agent": CHROME, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" },
  "an image": { "User-Agent": CHROME, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" },
  "a frame": { "User-Agent": CHROME, ...NAVIGATION, "Sec-Fetch-Dest": "iframe" },
  "a prefetch": { "User-Agent": CHROME, ...NAVIGATION, "Sec-Purpose": "prefetch" },
  "a prerender": { "User-Agent": CHROME, ...NAVIGATION, "Sec-Purpose": "prefetch;prerender" },
  "an older prefetch": { "User-Agent": CHROME, ...NAVIGATION, Purpose: "prefetch" },
  "Firefox's prefetch": { "User-Agent": CHROME, ...NAVIGATION, "X-Moz": "prefetch" },
  "one that forges our header": { "User-Agent": CHROME, "X-Navigation": "person" },
};

/** A request with these headers and no others: `fetch` adds some of its own. */
function visit(url: string, headers: Record<string, string>, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const request = httpRequest(url, { method, headers }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      request.on("error", reject);
      request.end();
    },
  );
}

test("previewers, scanners, prefetches and HEAD confirm nothing; the person after them does", async ({
  page,
  request,
  simulatorOrigin,
  browser,
  baseURL,
  stored,
}) => {
  expect(Object.keys(KNOWN_AGENTS).length).toBeGreaterThanOrEqual(30);
  const handset = new Handset(newNumber(), request, simulatorOrigin);
  await askFor(page, handset.number, "link");
  const { sid, secret: link } = await handset.newest("link");

  const visits: [string, Record<string, string>, string?][] = [
    ...Object.entries(KNOWN_AGENTS).map(([name, agent]): [string, Record<string, string>] => [
      name,
      agent ? { "User-Agent": agent, ...NAVIGATION } : {},
    ]),
    ...Object.entries(DISGUISED),
    ["HEAD of a genuine browser", { "User-Agent": CHROME, ...NAVIGATION }, "HEAD"],
  ];
  for (const [name, headers, method] of visits) {
    const answer = await visit(link, headers, method);
    expect(answer.status, name).toBe(200);
    if (method !== "HEAD") expect(answer.body, name).toContain("Yes, it is me");
    expect(answer.headers["cache-control"], name).toContain("no-store");
    expect(answer.headers["referrer-policy"], name).toBe("no-referrer");
    expect(answer.headers["set-cookie"], name).toBeUndefined();
  }
  // Our own router's fetches, which Next may send elsewhere.
  const fetches: Record<string, string>[] = [{ RSC: "1" }, { RSC: "1", "Next-Router-Prefetch": "1" }];
  for (const more of fetches) {
    await visit(link, { "User-Agent": CHROME, ...NAVIGATION, ...more });
    await visit(`${link}&_rsc=1`, { "User-Agent": CHROME, ...NAVIGATION, ...more });
  }
  // Other ways to spell the page's address.
  for (const other of ["/confirm/?", "/confirm.rsc?", "/confirm/index?", "/CONFIRM?", "//confirm?"]) {
    const url = new URL(link);
    await visit(`${url.origin}${other}${url.search.slice(1)}`, {
      "User-Agent": CHROME,
      "X-Navigation": "person",
    });
  }
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    await visit(link, { "User-Agent": CHROME, ...NAVIGATION }, method);
  }

  await expect(page.getByRole("heading", { name: "Open the link we texted you" })).toBeVisible();
  // Visits are answered when they have been judged.
  expect(await stored("select from message where sid = $1 and confirmed_at is null", [sid])).toHaveLength(1);
  expect(await handset.confirmed(sid)).toBe(0);

  const phone = await browser.newContext({ ...PHONE, baseURL });
  // A scanner that is a browser in every way is asked like anybody, and presses nothing.
  await (await phone.newPage()).goto(link);
  expect(await stored("select from message where sid = $1 and confirmed_at is null", [sid])).toHaveLength(1);
  await sayYes(await phone.newPage(), link);
  await phone.close();
  await expectDone(page);
  await handset.expectConfirmed(sid);
});

test("the page of a link says where it was opened to nobody", async ({ page }) => {
  const link = `/confirm?id=${"A".repeat(43)}`;
  const asked: { url: string; referer: string | undefined }[] = [];
  page.on("request", (request) => asked.push({ url: request.url(), referer: request.headers()["referer"] }));
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Yes, it is me" })).toBeVisible();
  await expect(page.locator('meta[name="robots"]').first()).toHaveAttribute("content", /noindex/);
  await expect(page).toHaveTitle(/OTP Insights/);
  await expect(page).not.toHaveTitle(/AAAA/);
  const origin = new URL(page.url()).origin;
  for (const { url, referer } of asked) {
    expect(new URL(url).origin).toBe(origin);
    expect(referer ?? "").not.toContain("AAAA");
  }
});
