/**
 * Runs before the pages, for what a page cannot do: say in its headers which scripts may run, set a cookie with its first
 * answer, and see how it was asked for.
 */
import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { NAVIGATION_HEADER } from "@/app/confirm/navigation-header";
import { BROWSER_COOKIE, isBrowser, newBrowser } from "@/app/cookies/browser";
import { isPersonsNavigation } from "@/lib/verification/navigation";

/** The hash of `display:none`. */
const HIDDEN = "sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE=";

/**
 * All pages, those that are not there included: not the API, the build's files, and those of public/, which need neither a cookie nor a
 * page's policy. Next reads this without running it, so the names are written out.
 */
export const config = {
  matcher: [
    "/((?!api(?:/|$)|_next/|\\.well-known/security\\.txt$|(?:apple-touch-icon\\.png|favicon\\.ico|flags\\.svg|icon-192\\.png|icon-512\\.png|icon\\.svg|robots\\.txt|site\\.webmanifest|world-licence\\.txt|world\\.svg)$).*)",
  ],
};

export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  if (isAt(pathname, "/confirm")) return forLink(request);
  const headers = new Headers(request.headers);
  if (!isAt(pathname, "/login") && !isAt(pathname, "/account")) return withPolicy(headers);
  const known = request.cookies.get(BROWSER_COOKIE.fullName())?.value;
  if (isBrowser(known) || request.method !== "GET") return withPolicy(headers);
  return withBrowser(request);
}

function isAt(pathname: string, page: string): boolean {
  return pathname === page || pathname.startsWith(`${page}/`);
}

/** A link's page tells nobody where it was opened, is kept nowhere, and gives the browser that opens it no cookie. */
function forLink(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  // Always set, so that no client sets it.
  headers.set(NAVIGATION_HEADER, isPersonsNavigation(request.method, headers) ? "person" : "other");
  const response = withPolicy(headers);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

/** A browser gets its cookie with the first page. A form posted without it does not count as that browser's. */
function withBrowser(request: NextRequest): NextResponse {
  const browser = newBrowser();
  // For the page of this very request, which sees the request's cookies.
  request.cookies.set(BROWSER_COOKIE.fullName(), browser);
  const response = withPolicy(new Headers(request.headers));
  response.cookies.set(BROWSER_COOKIE.fullName(), browser, BROWSER_COOKIE.attributes());
  return response;
}

/**
 * The page's Content-Security-Policy: only our own files, and of scripts only those that this very answer names. Next reads the
 * nonce from the request's header and puts it on every script it writes.
 */
function withPolicy(headers: Headers): NextResponse {
  const policy = contentSecurityPolicy(randomBytes(16).toString("base64"));
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/** In development React evaluates code for its stack traces, and Next's overlay styles itself. */
const development = process.env.NODE_ENV === "development";

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // React hides what it streams inside an SVG by this attribute, and by no other.
    ...(development ? [] : [`style-src-attr 'unsafe-hashes' '${HIDDEN}'`]),
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}
