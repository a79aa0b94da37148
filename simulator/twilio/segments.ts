// The GSM 03.38 alphabet. A character of the extension table costs two septets: an escape and itself.
const GSM_BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM_EXTENSION = new Set("\f^{}\\[~]|€");

/**
 * How many SMS a text takes: 160 GSM-7 septets or 70 UCS-2 units in one, 153 or 67 in each of several, whose
 * user data starts with a header. A two-unit character (GSM extension, emoji) is never cut in half.
 */
export function countSegments(text: string): number {
  const characters = Array.from(text);
  const gsm = characters.every((character) => GSM_BASIC.has(character) || GSM_EXTENSION.has(character));
  return gsm
    ? pack(
        characters.map((character) => (GSM_EXTENSION.has(character) ? 2 : 1)),
        160,
        153,
      )
    : pack(
        characters.map((character) => character.length),
        70,
        67,
      );
}

function pack(widths: number[], alone: number, together: number): number {
  if (widths.reduce((sum, width) => sum + width, 0) <= alone) return 1;
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > together) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}
