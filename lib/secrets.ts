/**
 * The form in which what must stay secret is stored and found: hashes under `SECRET_KEY`, and texts sealed with it.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
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

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A text as only we can read and write it, for a browser to keep: AES-256-GCM under a key that follows from `SECRET_KEY`.
 *
 * @param purpose keeps sealed texts of different kinds apart, so that none can stand in for another
 * @returns base64url
 */
export function seal(purpose: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyedHash("seal", purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed; null for a text that we have not sealed for this purpose. */
export function unseal(purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const [nonce, tag, rest] = [
    bytes.subarray(0, NONCE_BYTES),
    bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
    bytes.subarray(NONCE_BYTES + TAG_BYTES),
  ];
  if (tag.length < TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, keyedHash("seal", purpose), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(rest), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
