/**
 * What people type or paste where a number or a code is asked for, brought to one form. The pages' inputs and the API read by the same
 * functions, so that neither takes what the other refuses. All of them go by characters, never by halves of one.
 */

/**
 * A text without what nobody sees: compatibility forms are the usual ones, format characters, variation selectors and whatever else is
 * drawn as nothing are gone, every kind of space is a space, and every script's decimal digits are 0 to 9.
 */
export function plainText(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\p{White_Space}\p{Cc}]+/gu, " ")
    .replace(/(?![0-9])\p{Nd}/gu, digitValue)
    .trim();
}

/** Whether a code point is a decimal digit. */
function isDigit(point: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(point));
}

/** Unicode lays decimal digits out in runs of ten from zero on, and some runs beside each other. */
function digitValue(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let first = point;
  while (isDigit(first - 1)) first -= 1;
  return String((point - first) % 10);
}

/** What stands around and between a number's or a code's digits: spaces, dashes of all kinds and brackets. */
const BETWEEN = /[ \p{Pd}\p{Ps}\p{Pe}\u2212\u30fc]/gu;

/** A phone number as typed, with nothing but dashes and spaces for what stands between its digits. */
export function typedNumber(typed: string): string {
  return plainText(typed)
    .replace(/[\p{Ps}\p{Pe}]/gu, " ")
    .replace(/[\p{Pd}\u2212\u30fc]/gu, "-")
    .replace(/ +/g, " ")
    .trim();
}

/**
 * A code as typed, or the only one in a pasted text.
 *
 * @param length how many digits codes have
 * @returns its digits; where there is no code, or more than one, what is left of the text
 */
export function typedCode(typed: string, length: number): string {
  const plain = plainText(typed);
  const whole = plain.replace(BETWEEN, "");
  return /^\d*$/.test(whole) ? whole : (onlyCode(plain, length) ?? whole);
}

/** The only code in a text, however often it is in there: a run of digits, or digits in groups where there is no such run. */
function onlyCode(text: string, length: number): string | null {
  const grouped = /\d+(?:[ -]\d+)*/g;
  const runs = new Set(text.match(/\d+/g)?.filter((run) => run.length === length));
  const groups = text
    .replace(/\p{Pd}/gu, "-")
    .match(grouped)
    ?.map((group) => group.replace(/\D/g, ""));
  const codes = runs.size > 0 ? runs : new Set(groups?.filter((code) => code.length === length));
  const [code] = codes;
  return codes.size === 1 && code !== undefined ? code : null;
}

/** The digits of what is being typed, in the order they came. */
export function typedDigits(typed: string): string {
  return plainText(typed).replace(/\D/g, "");
}

/** A temporary password as typed, dictated or pasted with the text around it: three words of four letters, as it was sent. */
export function typedPassword(typed: string): string {
  const plain = plainText(typed).toLowerCase();
  const words = plain.replace(/\p{Pd}/gu, "-").match(/(?<![a-z-])[a-z]{4}-[a-z]{4}-[a-z]{4}(?![a-z-])/g);
  const [only, ...others] = new Set(words);
  if (only !== undefined && others.length === 0) return only;
  return plain.replace(BETWEEN, "").replace(/(.{4})(?=.)/gu, "$1-");
}
