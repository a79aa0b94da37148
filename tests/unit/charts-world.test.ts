/** The world's outlines, by country. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dotOf, markOf, OUTLINES } from "@/components/charts/world";
import { MAP_HEIGHT, MAP_WIDTH } from "@/components/charts/world-size";
import { COUNTRY_CODES } from "@/components/ui/country-codes";
import { drawWorld } from "@/scripts/map/draw";

describe("the world", () => {
  const file = readFileSync("public/world.svg", "utf8");

  test("is drawn as in the repository: `npm run map` draws it anew", () => {
    const { svg, places } = drawWorld();
    expect(svg).toBe(file);
    expect(places).toEqual(JSON.parse(readFileSync("components/charts/world.json", "utf8")));
  });

  test("has every outline under a country's code, Kosovo's too, and no Antarctica", () => {
    expect(OUTLINES.every((country) => /^[A-Z]{2}$/.test(country))).toBe(true);
    expect(OUTLINES).toEqual(expect.arrayContaining(["BR", "ID", "XK", "US", "ZA"]));
    expect(OUTLINES).not.toContain("AQ");
    expect([...file.matchAll(/<path id="(\w+)"/g)].map(([, name]) => name)).toEqual(OUTLINES);
  });

  test("places every country that has numbers within its frame, but for islands nobody is sent to", () => {
    const lost = COUNTRY_CODES.filter((country) => !markOf(country));
    expect(lost).toEqual(["AC", "BV", "CC", "CX", "SJ", "TA"].filter((country) => lost.includes(country)));
    for (const country of COUNTRY_CODES) {
      const place = markOf(country);
      if (!place) continue;
      expect(place.x, country).toBeGreaterThanOrEqual(0);
      expect(place.x, country).toBeLessThanOrEqual(MAP_WIDTH);
      expect(place.y, country).toBeGreaterThanOrEqual(0);
      expect(place.y, country).toBeLessThanOrEqual(MAP_HEIGHT);
    }
  });

  test("has a dot for what is too small for an outline, and for nothing else", () => {
    expect(dotOf("SG")).toBeDefined();
    expect(dotOf("MT")).toBeDefined();
    expect(OUTLINES.filter((name) => dotOf(name))).toEqual([]);
  });

  test("is one file of well under 50 kB", () => {
    expect(file.length).toBeLessThan(50_000);
    expect(file).toContain('<path id="BR" d="M');
    expect(file).not.toMatch(/NaN|undefined/);
  });
});
