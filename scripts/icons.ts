/**
 * `npm run icons`: makes the icons of browsers and phones from public/icon.svg, to be committed.
 *
 * A browser draws them, which tests have at hand anyway; what it draws differs by its version, so no test compares them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";
import { findChromium } from "@/tests/support/chromium";
import { runMain } from "./support/fault";
import { icoOf } from "./icons/ico";

/** Of a tab, of a tab on a dense screen, of a desktop. */
const FAVICON_SIZES = [16, 32, 48];

/** Files for home screens: phones cut their own corners, so these have none. The mark is within the circle that is never cut. */
const HOME_SCREEN = { "apple-touch-icon": 180, "icon-192": 192, "icon-512": 512 };

async function main(): Promise<void> {
  const { executablePath, env } = await findChromium();
  const browser = await chromium.launch({ executablePath, env: { ...process.env, ...env } });
  try {
    const page = await browser.newPage({ colorScheme: "light" });
    const icon = readFileSync("public/icon.svg", "utf8");
    const images = [];
    for (const size of FAVICON_SIZES) images.push({ size, png: await draw(page, icon, size) });
    writeFileSync("public/favicon.ico", icoOf(images));
    const square = icon.replace(' rx="6"', "");
    for (const [name, size] of Object.entries(HOME_SCREEN)) {
      writeFileSync(`public/${name}.png`, await draw(page, square, size));
    }
  } finally {
    await browser.close();
  }
}

async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

runMain(main);
