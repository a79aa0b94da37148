/**
 * What every answer of ours says to browsers, whatever gives it: a page, a file, a route handler, Next's own words for what went wrong,
 * or the server around Next.
 */
import type { ServerResponse } from "node:http";
import { isHttps } from "@/lib/own-origin";

/** A year, in seconds. Of this host only: what else our owner's domain serves is not for us to say. */
const HSTS_SECONDS = 31_536_000;

const HEADERS: Readonly<Record<string, string>> = {
  // Nothing is run or loaded that was not allowed. Of pages proxy.ts says what they may.
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  // Of a link's page proxy.ts says it, more strictly.
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  // Nobody may put the login into a frame and have people click through it.
  "X-Frame-Options": "DENY",
};

/** The headers of every answer. */
export function answerHeaders(): Record<string, string> {
  return isHttps() ? { ...HEADERS, "Strict-Transport-Security": `max-age=${HSTS_SECONDS}` } : { ...HEADERS };
}

/** Says them first of all, so that whoever answers may say one of them otherwise, and nobody has to say them. */
export function beginAnswer(response: ServerResponse): void {
  for (const [name, value] of Object.entries(answerHeaders())) response.setHeader(name, value);
}
