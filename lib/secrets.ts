/**
 * The form in which what must stay secret is stored and found: hashes under `SECRET_KEY`.
 */
import { createHmac } from "node:crypto";
import { required } from "./env";

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
