/**
 * What can go wrong, by name: the one table from a problem's code to its HTTP status and title.
 *
 * Outcomes a caller must expect (a code that has expired, a limit that was reached) are values: a verb returns a
 * `Refusal`. Only `lib/http` turns one into an answer. What nobody expects (a lost database) is thrown.
 */
export const PROBLEMS = {
  malformed_address: { status: 400, title: "The address is malformed" },
  malformed_header: { status: 400, title: "A header is malformed" },
  malformed_request: { status: 400, title: "The request is malformed" },
  body_incomplete: { status: 400, title: "The body did not come whole" },
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  unauthorized: { status: 401, title: "A valid API key is needed" },
  bad_signature: { status: 403, title: "The request is not signed by Twilio" },
  destination_refused: { status: 403, title: "Messages to this destination are not sent" },
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "This address does not take that method" },
  request_timeout: { status: 408, title: "The request came too slowly" },
  already_used: { status: 409, title: "The verification was approved before" },
  canceled: { status: 409, title: "The verification was canceled" },
  wrong_action: { status: 409, title: "The verification waits for another action" },
  not_pending: { status: 409, title: "The verification is no longer pending" },
  request_in_flight: { status: 409, title: "The first request with this Idempotency-Key is still running" },
  sender_configured: { status: 409, title: "The sender is in the configuration" },
  sender_exists: { status: 409, title: "There is this sender already" },
  expired: { status: 410, title: "The verification has expired" },
  expires_soon: { status: 410, title: "The verification expires too soon for another message" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body has the wrong media type" },
  expectation_failed: { status: 417, title: "What is expected of us we do not do" },
  misdirected: { status: 421, title: "The request is meant for another host" },
  invalid_request: { status: 422, title: "The request has invalid fields" },
  idempotency_key_reused: { status: 422, title: "The Idempotency-Key was used for another request" },
  rate_limited: { status: 429, title: "Messages to this destination are limited at the moment" },
  max_checks_reached: { status: 429, title: "Too many wrong codes for this verification" },
  check_delayed: { status: 429, title: "Too many wrong codes for this number" },
  resend_too_soon: { status: 429, title: "A message was sent a moment ago" },
  max_sends_reached: { status: 429, title: "This verification has no messages left" },
  too_many_reports: { status: 429, title: "Too many reports were asked for at once" },
  too_many_starts: { status: 429, title: "Too many messages were asked for" },
  headers_too_large: { status: 431, title: "The headers are too large" },
  internal_error: { status: 500, title: "Something broke on our side" },
  send_failed: { status: 502, title: "The message could not be sent" },
  unavailable: { status: 503, title: "The service is not ready" },
  reports_busy: { status: 503, title: "Too many reports are being worked on" },
  send_unknown: { status: 504, title: "Whether the message was sent is not known yet" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A verb's "no", among its outcomes: which problem, and what the caller may want to know about it. */
export interface Refusal extends RefusalDetails {
  outcome: "refused";
  problem: ProblemCode;
}

interface RefusalDetails {
  /** One sentence for people: what happened and what to do. */
  detail?: string;
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
  /** The quota that is used up: so many in so many seconds, as the RateLimit headers say it. */
  quota?: Quota;
}

export interface Quota {
  /** What it is called in the headers: a token. */
  name: string;
  quota: number;
  /** Seconds. */
  window: number;
}

/** A refusal. */
export function refusal(problem: ProblemCode, details: RefusalDetails = {}): Refusal {
  return { outcome: "refused", problem, ...details };
}

/** A verb's answer when it is asked about a verification that is not there. */
export const NO_SUCH_VERIFICATION = refusal("not_found", {
  detail: "There is no verification with this id.",
});
