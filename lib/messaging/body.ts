/**
 * The text of a message, and the code read back out of one.
 */
import { env } from "../env";

/**
 * The SMS that carries a code: who it is from, how long it works, and as its last line the domain-bound form that
 * browsers fill in by themselves (the WICG's "origin-bound one-time codes").
 */
export function codeBody(code: string, secondsLeft: number): string {
  const { BRAND_NAME, PUBLIC_BASE_URL } = env();
  // Rounded: writing the row has taken a moment of the ten minutes.
  const minutes = Math.max(1, Math.round(secondsLeft / 60));
  const lifetime = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return [
    `${code} is your ${BRAND_NAME} code. It works for ${lifetime}. Don't share it with anyone.`,
    "",
    `@${new URL(PUBLIC_BASE_URL).hostname} #${code}`,
  ].join("\n");
}

/** The code in the text of a message that `codeBody` wrote; null in any other text. */
export function codeIn(body: string): string | null {
  return /^@\S+ #(\d{4,10})$/m.exec(body)?.[1] ?? null;
}
