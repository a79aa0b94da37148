import * as FLAGS from "country-flag-icons/string/3x2";

/** All flags in one file of 47 kB gzipped, each under its country's code, so that a page with sixty asks once. */
export const dynamic = "force-static";

export function GET(): Response {
  const symbols = Object.entries(FLAGS).map(([country, flag]) => toSymbol(country, flag));
  return new Response(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=86400" },
  });
}

function toSymbol(country: string, flag: string): string {
  return flag.replace(/^<svg\b/, `<symbol id="${country}"`).replace(/<\/svg>\s*$/, "</symbol>");
}
