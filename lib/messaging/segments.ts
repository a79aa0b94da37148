/**
 * How many SMS a text takes: what a message costs is so many times the price of one.
 */

/** The GSM 7-bit alphabet (3GPP TS 23.038), and its extension, whose characters take two places. */
const GSM = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION = new Set("\f^{}\\[~]|€");

/** Of one SMS alone, and of each of several, whose first places say which of them it is. */
const PLACES = { gsm: { alone: 160, together: 153 }, ucs2: { alone: 70, together: 67 } };

/** The characters of a text, each once, that make all of it go out in UCS-2, with 70 to an SMS. */
export function charactersOutsideGsm(text: string): string[] {
  return [...new Set(text)].filter((character) => !GSM.has(character) && !EXTENSION.has(character));
}

export function segmentsOf(text: string): number {
  const isGsm = charactersOutsideGsm(text).length === 0;
  const widths = Array.from(text, (character) =>
    isGsm ? (EXTENSION.has(character) ? 2 : 1) : character.length,
  );
  const { alone, together } = isGsm ? PLACES.gsm : PLACES.ucs2;
  if (widths.reduce((sum, width) => sum + width, 0) <= alone) return 1;
  let segments = 1;
  let used = 0;
  // What takes two places is not cut in half.
  for (const width of widths) {
    if (used + width > together) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}
