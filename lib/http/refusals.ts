/**
 * Answers to requests that no operation gets to see. The server around Next gives most of them, where Next answers 500, or Node answers
 * without a word.
 */
import { PROBLEMS, type ProblemCode } from "../errors";
import { ReportsBusy } from "../insights/asking/places";
import { framed, METHODS } from "./frame";
import { Problem } from "./problem";

/** Answers a request with why it goes no further. */
export type RequestRefusal = (request: Request) => Promise<Response>;

/** @param path what stands in the log in place of a path, which may be anything */
function refusal(
  path: string,
  code: ProblemCode,
  detail: string,
  headers?: Record<string, string>,
): RequestRefusal {
  return (request) =>
    framed(request, `(${path})`, () => {
      throw new Problem(code, { detail, headers });
    });
}

/** An address under `/api` where there is nothing. */
export const nothingHere = refusal("no route", "not_found", "See /api/openapi.json for what there is.");

/** An address no route can be looked up by. */
export const malformedAddress = refusal(
  "malformed",
  "malformed_address",
  "A percent sign is to be followed by two hexadecimal digits, and what they encode is to be UTF-8.",
);

/** A method that no address takes, such as TRACE. */
export const unknownMethod = refusal(
  "unknown method",
  "method_not_allowed",
  "Use GET, POST, PUT, PATCH or DELETE.",
  { Allow: METHODS.join(", ") },
);

/** A method that no page takes. */
export const methodOfPages = refusal(
  "page",
  "method_not_allowed",
  "Pages take GET, and those with a form POST.",
  { Allow: "GET, HEAD, POST" },
);

/** A method that no file takes. */
export const methodOfFiles = refusal("file", "method_not_allowed", "Files take GET.", {
  Allow: "GET, HEAD",
});

/** Headers that only Next's own router writes, when it did not. */
export const malformedRouterHeader = refusal(
  "malformed header",
  "malformed_header",
  "Leave out RSC and the headers that begin with Next-.",
);

/** A request that names no host, which HTTP/1.1 asks for. */
export const missingHost = refusal("no host", "malformed_header", "Send one Host header.");

/** A header that asks for something we do not do. */
export const unknownExpectation = refusal(
  "unknown expectation",
  "expectation_failed",
  "Expect takes 100-continue only.",
);

/** A request that was meant for another host. */
export const misdirected = refusal(
  "other host",
  "misdirected",
  "This server answers on this machine only, under its own names. Use http://localhost and its port.",
);

/** What is no HTTP, or breaks off. */
export const malformedRequest = refusal(
  "malformed request",
  "malformed_request",
  "It could not be read as HTTP/1.1.",
);

/** More headers than are read. */
export const tooManyHeaders = refusal(
  "large headers",
  "headers_too_large",
  "A request may have 100 headers, of 16 kB together.",
);

/** A request that did not come in time. */
export const tooSlow = refusal(
  "slow request",
  "request_timeout",
  "Send headers within 10 s, and all within 30 s.",
);

/** A report for which there will be no place. Who opens a page is told in words, and by a page that needs nothing else. */
export function reportsBusy({ ofClient, forPage }: { ofClient: boolean; forPage: boolean }): RequestRefusal {
  return (request) =>
    framed(request, forPage ? "(page, busy)" : "(report, busy)", () => {
      const busy = new ReportsBusy(ofClient);
      if (!forPage) throw busy;
      const { message, retryAfter } = busy;
      const { status } = PROBLEMS[ofClient ? "too_many_reports" : "reports_busy"];
      return htmlAnswer(
        status,
        { "Retry-After": String(retryAfter) },
        {
          title: "The figures cannot be read now",
          words: `${message} Signing in is not affected. Open this page again in ${retryAfter} seconds.`,
        },
      );
    });
}

/** Seconds within which the pages' process is usually there again. */
const PAGES_AGAIN_SECONDS = 3;

/** A page or a report, when the process that makes them is being started again. */
export function pagesAway({ forPage }: { forPage: boolean }): RequestRefusal {
  return (request) =>
    framed(request, forPage ? "(page, away)" : "(report, away)", () => {
      const headers = { "Retry-After": String(PAGES_AGAIN_SECONDS) };
      const detail = "What makes pages and reports is being started again.";
      if (!forPage) throw new Problem("unavailable", { detail, headers });
      return htmlAnswer(PROBLEMS.unavailable.status, headers, {
        title: "This page cannot be shown now",
        words: `${detail} Open this page again in ${PAGES_AGAIN_SECONDS} seconds.`,
      });
    });
}

function htmlAnswer(
  status: number,
  headers: Record<string, string>,
  words: { title: string; words: string },
): Response {
  return new Response(pageOf(words), {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });
}

/** A page that needs nothing else. */
function pageOf({ title, words }: { title: string; words: string }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Busy · OTP Insights</title>
<h1>${title}</h1>
<p>${words}</p>
<p><a href="">Try again</a></p>
</html>
`;
}
