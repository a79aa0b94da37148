/**
 * Secrets: drawn, and read back from what people type. In clear they exist in memory and in the message, nowhere else; how they
 * are stored is in lib/secrets.ts.
 */
import { randomBytes, randomInt } from "node:crypto";
import { parse as parseUuid, validate as isUuid } from "uuid";
import { env } from "../env";
import { typedCode, typedPassword } from "../terms/typed-text";
import type { TrackedAction } from "@/prisma/generated/enums";

/** Random bytes in a link's token: nobody finds one by trying (OWASP ASVS 5 asks for 128 bits). */
const TOKEN_BYTES = 16;

/**
 * A new secret for a message of a verification, in the form its action needs. A reply carries none: what is drawn for it
 * only keeps its row's hash unique.
 */
export function drawSecret(action: TrackedAction, verificationId: string): string {
  switch (action) {
    case "code":
      return drawCode();
    case "link":
      return drawToken(verificationId);
    case "temporary_password":
      return drawPassword();
    case "reply":
      return randomBytes(TOKEN_BYTES).toString("base64url");
  }
}

/** One secret for each action, for who does not know yet which is asked for. */
export function drawSecrets(verificationId: string): Record<TrackedAction, string> {
  return {
    code: drawSecret("code", verificationId),
    link: drawSecret("link", verificationId),
    temporary_password: drawSecret("temporary_password", verificationId),
    reply: drawSecret("reply", verificationId),
  };
}

/** A new code of `CODE_LENGTH` digits from the system's random source; each is equally likely. */
function drawCode(): string {
  const length = env().CODE_LENGTH;
  // randomInt takes ranges up to 2^48, so ten digits fit.
  return randomInt(10 ** length)
    .toString()
    .padStart(length, "0");
}

/** A link's token: the verification's id, so that it can be found, and random bytes, in base64url. */
function drawToken(verificationId: string): string {
  return Buffer.concat([parseUuid(verificationId), randomBytes(TOKEN_BYTES)]).toString("base64url");
}

/** The id of the verification a link's token is of; null for a text that is no token. */
export function verificationOfToken(token: string): string | null {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const hex = Buffer.from(token, "base64url").toString("hex", 0, 16);
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isUuid(id) ? id : null;
}

/** Letters that are told apart on the phone and on paper, in every language we write. */
const CONSONANTS = "bdfgkmnprstvz";
const VOWELS = "aeiou";

/**
 * A temporary password that can be read aloud: three words of two syllables, as in "kuda-moti-rabe"; 36 bits, for the few
 * tries and minutes it has.
 */
function drawPassword(): string {
  const letter = (letters: string) => letters.charAt(randomInt(letters.length));
  const syllable = () => letter(CONSONANTS) + letter(VOWELS);
  const word = () => syllable() + syllable();
  return [word(), word(), word()].join("-");
}

/** A temporary password as typed or dictated, brought to the form it was sent in. */
export function normalizePassword(typed: string): string {
  return typedPassword(typed);
}

/**
 * A code as typed, without what people and keyboards put around it; or the only one in a text that was pasted.
 *
 * @returns the digits, or what is left when it was no code
 */
export function normalizeCode(typed: string): string {
  return typedCode(typed, env().CODE_LENGTH);
}
