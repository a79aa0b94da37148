/**
 * Secrets: drawn, hashed, and read back from what people type. In clear they exist in memory and in the message, nowhere
 * else.
 */
import { createHmac, randomInt } from "node:crypto";
import { env, required } from "../env";

/** A new code of `CODE_LENGTH` digits from the system's random source; each is equally likely. */
export function drawCode(): string {
  const length = env().CODE_LENGTH;
  // randomInt takes ranges up to 2^48, so ten digits fit.
  return randomInt(10 ** length)
    .toString()
    .padStart(length, "0");
}

/**
 * The hash a secret is stored and found by: HMAC-SHA-256 under `SECRET_KEY`, so that a stolen table cannot be searched
 * for six digits, over the verification's id too, so that equal codes of two verifications differ.
 */
export function secretHash(verificationId: string, secret: string): Uint8Array<ArrayBuffer> {
  return keyedHash("secret", `${verificationId}:${secret}`);
}

/**
 * HMAC-SHA-256 under `SECRET_KEY`.
 *
 * @param purpose keeps hashes of different kinds apart, so that none can stand in for another
 */
export function keyedHash(purpose: string, text: string): Uint8Array<ArrayBuffer> {
  const digest = createHmac("sha256", required("SECRET_KEY")).update(`${purpose}\0${text}`).digest();
  return new Uint8Array(digest);
}

/** Where the decimal digits of the scripts our users type in begin; Unicode lays each script's out as a run of ten. */
const ZEROS = ["0", "٠", "۰", "०", "০", "๐"].map((zero) => zero.codePointAt(0)!);

/**
 * A code as typed, without what people and keyboards put around it: spaces and dashes of all kinds, digits of other
 * scripts.
 *
 * @returns the digits, or what is left when it was no code
 */
export function normalizeCode(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/[\s\p{Pd}\p{Cf}]/gu, "")
    .replace(/\p{Nd}/gu, (digit) => {
      const point = digit.codePointAt(0)!;
      const zero = ZEROS.find((start) => point >= start && point <= start + 9);
      return zero === undefined ? digit : String(point - zero);
    });
}
