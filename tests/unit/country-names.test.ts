/** Countries by what people call them. */
import { expect, test } from "vitest";
import { countryNamed } from "@/lib/terms/country-names";
import { COUNTRY_CODES } from "@/lib/terms/countries";

test.each([
  ["Brasil", "BR"],
  ["BRAZIL", "BR"],
  ["bra", "BR"],
  ["Brésil", "BR"],
  ["bresil", "BR"],
  ["Deutschland", "DE"],
  ["Alemania", "DE"],
  ["Германия", "DE"],
  ["德国", "DE"],
  ["ドイツ", "DE"],
  ["UK", "GB"],
  ["U.K.", "GB"],
  ["Great Britain", "GB"],
  ["the United Kingdom", "GB"],
  ["England", "GB"],
  ["USA", "US"],
  ["u.s.a.", "US"],
  ["United States of America", "US"],
  ["États-Unis", "US"],
  ["Estados Unidos", "US"],
  ["Turkey", "TR"],
  ["turkiye", "TR"],
  ["TÜRKİYE", "TR"],
  ["Cote d'Ivoire", "CI"],
  ["Côte d’Ivoire", "CI"],
  ["Ivory Coast", "CI"],
  ["Elfenbeinküste", "CI"],
  ["Hong Kong", "HK"],
  ["Trinidad and Tobago", "TT"],
  ["Trinidad & Tobago", "TT"],
  ["Myanmar", "MM"],
  ["Burma", "MM"],
  ["South Korea", "KR"],
  ["대한민국", "KR"],
  ["한국", "KR"],
  ["Vietnam", "VN"],
  ["Viet Nam", "VN"],
  ["Việt Nam", "VN"],
  ["Czech Republic", "CZ"],
  ["Holland", "NL"],
  ["Österreich", "AT"],
  ["Suomi", "FI"],
  ["भारत", "IN"],
  ["مصر", "EG"],
  ["ישראל", "IL"],
  ["UAE", "AE"],
  ["Russia", "RU"],
  ["DR Congo", "CD"],
  ["Congo-Kinshasa", "CD"],
  ["Macau", "MO"],
  ["Niger", "NE"],
  ["Nigeria", "NG"],
  ["Guinea", "GN"],
  ["Georgia", "GE"],
  ["Swaziland", "SZ"],
  ["Bosnia", "BA"],
  ["St. Lucia", "LC"],
  ["Saint Lucia", "LC"],
  ["Kosovo", "XK"],
  [" \u2068Brasil\u2069 ", "BR"],
  ["🇧🇷", "BR"],
  ["el", "GR"],
])("%s is %s", (text, country) => {
  expect(countryNamed(text)).toBe(country);
});

test.each(["", " ", "Brasília, DF", "Atlantis", "XX", "QQQ", "12", "EU", "Europe", "🇽🇽", "b", "%"])(
  "%j is no country",
  (text) => {
    expect(countryNamed(text)).toBeNull();
  },
);

test("every country is found by its name in English, whatever the case and the accents", () => {
  const names = new Intl.DisplayNames("en", { type: "region" });
  for (const code of COUNTRY_CODES) {
    const name = names.of(code) ?? code;
    expect([name, countryNamed(name.toUpperCase())]).toEqual([name, code]);
    expect([name, countryNamed(name.normalize("NFD").replace(/\p{M}/gu, ""))]).toEqual([name, code]);
  }
});
