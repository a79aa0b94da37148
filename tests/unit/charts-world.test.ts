/** The world's outlines, by country. */
import { describe, expect, test } from "vitest";
import { GET as file } from "@/app/world.svg/route";
import { dotOf, markOf, world } from "@/components/charts/world";
import { MAP_HEIGHT, MAP_WIDTH } from "@/components/charts/world-size";
import { COUNTRY_CODES } from "@/components/ui/country-codes";

describe("the world", () => {
  const { lands, names } = world();

  test("has every outline under a country's code, Kosovo's too, and no Antarctica", () => {
    expect(lands.every(({ country }) => /^[A-Z]{2}$/.test(country))).toBe(true);
    expect(names).toEqual(expect.arrayContaining(["BR", "ID", "XK", "US", "ZA"]));
    expect(names).not.toContain("AQ");
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
    expect(names.filter((name) => dotOf(name))).toEqual([]);
  });

  test("is one file of well under 50 kB", async () => {
    const text = await file().text();
    expect(text.length).toBeLessThan(50_000);
    expect(text).toContain('<path id="BR" d="M');
    expect(text).not.toMatch(/NaN|undefined/);
  });
});
