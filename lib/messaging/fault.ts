/**
 * What went wrong with a call to Twilio, in our own words.
 */
// Plain ESM sees no named exports of the package: it is CommonJS with getters.
import twilio from "twilio";
import { NoAnswer } from "./request-client";

/**
 * - `refused`: Twilio answered and did nothing. `code` is Twilio's error code, `status` the HTTP status.
 * - `unreachable`: no connection was made, so Twilio has heard nothing.
 * - `unknown`: time-out, broken connection or a 5xx; Twilio may or may not have done what was asked.
 */
export type CallFault =
  | { kind: "refused"; status: number; code: number | null }
  | { kind: "unreachable"; error: string }
  | { kind: "unknown"; error: string };

/** Errors that happen before a byte of the request is sent. */
const BEFORE_SENDING = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * Reads an error thrown by the SDK.
 *
 * @throws the error itself when it did not come from a call, that is when it is a mistake of ours
 */
export function callFault(error: unknown): CallFault {
  if (error instanceof twilio.RestException) {
    const code = typeof error.code === "number" ? error.code : null;
    if (error.status >= 400 && error.status < 500) return { kind: "refused", status: error.status, code };
    return { kind: "unknown", error: `http_${error.status}` };
  }
  if (!(error instanceof NoAnswer)) throw error;
  const { code } = error;
  return BEFORE_SENDING.has(code) ? { kind: "unreachable", error: code } : { kind: "unknown", error: code };
}
