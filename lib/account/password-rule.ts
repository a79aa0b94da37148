/**
 * Which passwords may be set: one rule, for pages and API alike. It follows NIST SP 800-63B-4, section 3.1.1.2, and OWASP ASVS 5.0, V6.2:
 * length and a list of the commonest, no rules of composition.
 */
import { dictionary } from "@zxcvbn-ts/language-common";
import { env } from "../env";

/** In characters (code points), as `lesser` counts them. */
export const PASSWORD_LENGTH = {
  /** Beside a code. */
  least: 8,
  /** To sign in with nothing else. */
  alone: 15,
  /** NIST asks for 64 at least. */
  most: 256,
};

/** Why a password cannot be taken, each as a sentence's end. */
export const PASSWORD_FAULTS = {
  too_short: `must have at least ${PASSWORD_LENGTH.least} characters`,
  too_long: `must have at most ${PASSWORD_LENGTH.most} characters`,
  common: "is among the commonest passwords, keys in a row, or the same few characters over and over",
  personal: "is little more than the number or our name",
};

export type PasswordFault = keyof typeof PASSWORD_FAULTS;

/**
 * Why a password cannot be taken; null when it can.
 *
 * @param number of the account, in E.164, where it is known
 */
export function passwordFault(password: string, number = ""): PasswordFault | null {
  if (lesser(password, lengthOf) < PASSWORD_LENGTH.least) return "too_short";
  // What is hashed is the longer of the two, if they differ in this direction.
  if (lengthOf(prepared(password)) > PASSWORD_LENGTH.most) return "too_long";
  if (isCommon(password)) return "common";
  return isPersonal(password, number) ? "personal" : null;
}

/** Whether a password is enough to sign in with nothing else. One from before this rule may be long and common. */
export function isEnoughAlone(password: string): boolean {
  return lesser(password, lengthOf) >= PASSWORD_LENGTH.alone && !isCommon(password);
}

/** A count of what was typed or of what is hashed, the lesser: one character can stand for 18, and two can be one. */
function lesser(password: string, count: (text: string) => number): number {
  return Math.min(count(password), count(prepared(password)));
}

/** Of code points: an emoji is no two characters. */
const lengthOf = (text: string) => Array.from(text).length;

const differentCharacters = (text: string) => new Set(text.toLowerCase()).size;

/** The form a password is hashed in: what looks the same is the same (NIST asks for NFKC or NFKD). */
export function prepared(password: string): string {
  return password.normalize("NFKC");
}

/** Some 49,000 of the commonest that breaches have made known, in lower case; 18,000 are long enough to be typed here. Made at the first password that is set. */
let common: Set<string> | undefined;

/** "aaaaaaaabbbbbbbb" has two; eight digits of a date can have as few as this. */
const FEWEST_DIFFERENT_CHARACTERS = 6;

function isCommon(password: string): boolean {
  common ??= new Set(dictionary["passwords-common"]);
  const text = prepared(password).toLowerCase();
  const cut = text.replace(/[^\p{L}]+$/u, "");
  const letters = text.replace(/[^\p{L}]+/gu, "");
  // "passwordpassword1", "password!password?" and "1q2w3e4r5t6y" are on no list, and are guessed next.
  // Where they are much of it: a letter alone is a run, too.
  const cores = [cut, letters, lettersAndDigits(text)].filter((core) => core.length >= 0.4 * text.length);
  return (
    lesser(password, differentCharacters) < FEWEST_DIFFERENT_CHARACTERS ||
    common.has(text) ||
    common.has(cut) ||
    [text, ...cores].some((core) => isRepeated(core) || isRun(core))
  );
}

/** Whether a text is one piece over and over, with little behind it. */
function isRepeated(text: string): boolean {
  return /^(.{1,16}?)\1+.{0,2}$/u.test(text);
}

const RUNS = ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"].flatMap(
  (run) => [run, run.split("").reverse().join("")],
);

/** Whether a text is keys or digits in their order. */
function isRun(text: string): boolean {
  return RUNS.some((run) => run.includes(text));
}

/** What is typed around a number and a name when one of them is the password. */
function lettersAndDigits(text: string): string {
  return prepared(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** More of a number's end than people type by chance; what stands before it is known to everybody. */
const TELLING_DIGITS = 6;

/**
 * Whether too little is left of a password without its account's number and our names. Not whether it holds them: a phrase may
 * (NIST compares whole passwords).
 */
function isPersonal(password: string, number: string): boolean {
  const digits = number.replace(/\D/g, "");
  const ends = Array.from({ length: Math.max(0, digits.length - TELLING_DIGITS + 1) }, (_, start) =>
    digits.slice(start),
  );
  const names = [env().BRAND_NAME, "OTP Insights"].flatMap((name) => [name, ...name.split(/\s+/)]);
  const known = [...ends, ...names.map(lettersAndDigits).filter((name) => name.length >= 3)];
  const text = lettersAndDigits(password);
  const rest = known.reduce((left, word) => left.replaceAll(word, ""), text);
  return rest !== text && rest.length < PASSWORD_LENGTH.least;
}
