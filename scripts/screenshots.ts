/**
 * `npm run screenshots [-- http://localhost:3000]`: pictures of every page of a running demo, in both themes and at three widths, into
 * test-results/screenshots. The few that README shows are copied from there to docs/screenshots by hand: every picture in the
 * repository stays in its history. It says so when a page writes to the console.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { z } from "zod";
import { findChromium } from "@/tests/support/chromium";
import { Fault, runMain } from "./support/fault";

const FOLDER = "test-results/screenshots";
const WIDTHS = { 1280: 900, 820: 1180, 390: 844 } as const;
const THEMES = ["light", "dark"] as const;

/** The country of the sample history's outage. */
const FAILING = "ID";

async function main(): Promise<void> {
  const origin = new URL(process.argv[2] ?? "http://localhost:3000").origin;
  mkdirSync(FOLDER, { recursive: true });
  const { executablePath, env } = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ["--disable-dev-shm-usage"],
  });
  try {
    const pages = await pagesOf(origin);
    for (const [width, height] of Object.entries(WIDTHS)) {
      for (const theme of THEMES) {
        for (const [name, address] of Object.entries(pages)) {
          const file = path.join(FOLDER, `${name}-${width}-${theme}.png`);
          await shoot(browser, { address: origin + address, file, width: Number(width), height, theme });
          console.log(file);
        }
      }
    }
  } finally {
    await browser.close();
  }
}

const Newest = z.object({ rows: z.array(z.object({ id: z.string() })) });

/** The pages by name; one message is the newest that was confirmed. */
async function pagesOf(origin: string): Promise<Record<string, string>> {
  const response = await fetch(`${origin}/api/insights/messages?confirmed=true&limit=1`);
  if (!response.ok) throw new Fault(`${origin} answers ${response.status}: is the demo running there?`);
  const { rows } = Newest.parse(await response.json());
  return {
    overview: "/",
    destination: `/destinations/${FAILING}`,
    messages: "/messages",
    ...(rows[0] && { message: `/messages/${rows[0].id}` }),
    feedback: "/feedback",
    protection: "/protection",
    setup: "/setup",
    login: "/login",
    phone: "/phone",
  };
}

interface Shot {
  address: string;
  file: string;
  width: number;
  height: number;
  theme: "light" | "dark";
}

async function shoot(browser: Browser, { address, file, width, height, theme }: Shot): Promise<void> {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  page.on("console", (message) => console.warn(`  ${address}: ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => console.warn(`  ${address}: ${error.message}`));
  await page.goto(address, { waitUntil: "load" });
  // What is drawn late is drawn when it comes into view.
  for (let y = 0; y < (await page.evaluate(() => document.body.scrollHeight)); y += height / 2) {
    await page.mouse.wheel(0, height / 2);
    await page.waitForTimeout(150);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(500);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

runMain(main);
