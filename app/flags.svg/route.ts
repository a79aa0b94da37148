import * as FLAGS from "country-flag-icons/string/3x2";

const flags = new Map<string, string>(Object.entries(FLAGS));

/**
 * The flags of the countries in `of`, each under its country's code, in one file: a page with sixty flags asks once, and
 * not for all the two hundred.
 */
export function GET(request: Request): Response {
  const countries = new Set(new URL(request.url).searchParams.get("of")?.split(","));
  const symbols = [...countries].map((country) => toSymbol(country, flags.get(country) ?? ""));
  return new Response(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=604800" },
  });
}

function toSymbol(country: string, flag: string): string {
  return flag.replace(/^<svg\b/, `<symbol id="${country}"`).replace(/<\/svg>\s*$/, "</symbol>");
}
