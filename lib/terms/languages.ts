/**
 * Language tags (BCP 47), as phones, browsers and programs write them: in any case, with `_` for `-`, with old and three-letter codes, with
 * extensions that say nothing of a language. One that is malformed says nothing, and is nobody's fault.
 */

/** More of a tag than names a language, script and country is not read. */
const LONGEST = 200;

function localeOf(tag: string): Intl.Locale | null {
  // POSIX has an encoding behind: pt_BR.UTF-8.
  const written = tag
    .slice(0, LONGEST)
    .trim()
    .replaceAll("_", "-")
    .replace(/[.@].*$/s, "");
  // Where the rest is malformed or was cut off, what it begins with may still name a language.
  return readLocale(written) ?? readLocale(/^[a-z]{2,3}(?![a-z\d])/i.exec(written)?.[0] ?? "");
}

function readLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/** A tag in its canonical form, without extensions; undefined where it names no language. */
export function canonicalTag(tag: string): string | undefined {
  return localeOf(tag)?.baseName;
}

/** The language that a tag names, by its shortest code and in lower case; undefined where it names none. */
export function languageIn(tag: string): string | undefined {
  return localeOf(tag)?.language;
}

/**
 * The countries that a browser's languages speak of, as in `en-GB`, the preferred first.
 *
 * @param acceptLanguage the header as it came
 */
export function countriesIn(acceptLanguage: string): string[] {
  return acceptLanguage
    .slice(0, 10 * LONGEST)
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.split(";");
      const quality = parameters.map((each) => /^\s*q\s*=\s*([\d.]+)/i.exec(each)?.[1]).find(Boolean);
      return { country: localeOf(tag)?.region, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .flatMap(({ country }) => country ?? []);
}
