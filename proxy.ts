/**
 * Runs before the pages of the login, of links and of the account, for what a page cannot do: set a cookie with its first
 * answer, and see how it was asked for.
 */
import { NextResponse, type NextRequest } from "next/server";
import { browserCookie, browserCookieOptions, isBrowserCookie, newBrowserCookie } from "@/app/browser-cookie";
import { NAVIGATION_HEADER } from "@/app/confirm/navigation-header";
import { isPersonsNavigation } from "@/lib/verification/navigation";

export const config = { matcher: ["/login/:path*", "/account/:path*", "/confirm/:path*"] };

export function proxy(request: NextRequest): NextResponse {
  return request.nextUrl.pathname.startsWith("/confirm") ? forLink(request) : forBrowser(request);
}

/** A link's page tells nobody where it was opened, is kept nowhere, and gives the browser that opens it no cookie. */
function forLink(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  // Always set, so that no client sets it.
  headers.set(NAVIGATION_HEADER, isPersonsNavigation(request.method, headers) ? "person" : "other");
  if (isOwnPlainForm(headers)) headers.set("origin", `http://${headers.get("host")}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

/**
 * Under `no-referrer` browsers post a plain form with the origin `null`, which Next takes for another site's. Browsers say
 * truthfully where it came from in `Sec-Fetch-Site`; and what the form holds, the token, is all its power.
 */
function isOwnPlainForm(headers: Headers): boolean {
  return headers.get("origin") === "null" && headers.get("sec-fetch-site") === "same-origin";
}

/** A browser gets its cookie with the first page. A form posted without it does not count as that browser's. */
function forBrowser(request: NextRequest): NextResponse {
  const known = request.cookies.get(browserCookie())?.value;
  if (isBrowserCookie(known) || request.method !== "GET") return NextResponse.next();
  const browser = newBrowserCookie();
  // For the page of this very request, which sees the request's cookies.
  request.cookies.set(browserCookie(), browser);
  const response = NextResponse.next({ request: { headers: new Headers(request.headers) } });
  response.cookies.set(browserCookie(), browser, browserCookieOptions());
  return response;
}
