/**
 * Refusals on their way to their answer: problem details as in RFC 9457.
 */
import { isUnavailable } from "../database-faults";
import { PROBLEMS, type ProblemCode, type Quota, type Refusal } from "../errors";
import { ReportsBusy } from "../insights/asking/places";
import { log } from "../log";

/** A refusal on its way to its answer. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? PROBLEMS[code].title);
  }
}

interface ProblemOptions {
  /** One sentence: what happened and what to do. */
  detail?: string;
  /** Seconds. */
  retryAfter?: number;
  quota?: Quota;
  errors?: { field: string; message: string }[];
  /** Further members of the answer. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A field that only its meaning shows to be invalid. @param message a sentence's end, as in "is a landline" */
export function invalidField(field: string, message: string): Problem {
  return new Problem("invalid_request", { detail: `${field}: ${message}`, errors: [{ field, message }] });
}

/** Turns a verb's refusal into its answer. */
export function refuse(refusal: Refusal, extra?: Record<string, unknown>): never {
  throw new Problem(refusal.problem, { ...refusal, extra });
}

/** What a thrown error is answered with; what nobody expected is logged. */
export function toProblem(error: unknown, requestId: string, path: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ReportsBusy) {
    return new Problem(error.ofClient ? "too_many_reports" : "reports_busy", {
      detail: `${error.message} Ask again in ${error.retryAfter} seconds.`,
      retryAfter: error.retryAfter,
    });
  }
  log().error({ requestId, path, err: error }, "request failed");
  if (isUnavailable(error)) {
    return new Problem("unavailable", { detail: "Try again in a moment.", retryAfter: 2 });
  }
  return new Problem("internal_error", {
    detail: "Try again; if it stays, give the requestId to the operator.",
  });
}

/** The problem type that draft-ietf-httpapi-ratelimit-headers-10 registers (section 7.1). */
const QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/** A quota that is used up, in that draft's fields (sections 3 and 4): lists of strings with parameters, RFC 9651. */
function rateLimitHeaders({ name, quota, window }: Quota, retryAfter = window): Record<string, string> {
  return {
    "RateLimit-Policy": `"${name}";q=${quota};w=${window}`,
    RateLimit: `"${name}";r=0;t=${retryAfter}`,
  };
}

/** The answer. */
export function problemResponse({ code, options }: Problem, requestId: string): Response {
  const { status, title } = PROBLEMS[code];
  const { detail, errors, extra, retryAfter, quota, headers } = options;
  const body = {
    type: quota ? QUOTA_EXCEEDED : `urn:otp-insights:problem:${code}`,
    title,
    status,
    detail,
    code,
    requestId,
    errors,
    ...(quota && { "violated-policies": [quota.name] }),
    ...extra,
  };
  return Response.json(body, {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
      ...(quota && rateLimitHeaders(quota, retryAfter)),
      ...headers,
    },
  });
}
