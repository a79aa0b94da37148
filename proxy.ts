/**
 * Runs before the pages of the login and of links, for what a page cannot do: set a cookie with its first answer, and see
 * how it was asked for.
 */
import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { BROWSER_COOKIE, browserCookieOptions } from "@/app/browser-cookie";
import { isPersonsNavigation } from "@/lib/verification/navigation";
import { NAVIGATION_HEADER } from "@/app/confirm/navigation-header";

export const config = { matcher: ["/login/:path*", "/confirm"] };

export function proxy(request: NextRequest): NextResponse {
  const known = request.cookies.get(BROWSER_COOKIE)?.value;
  const browser = known ?? randomBytes(32).toString("base64url");
  // For the page of this very request, which sees the request's cookies.
  request.cookies.set(BROWSER_COOKIE, browser);
  const headers = new Headers(request.headers);
  const person = isPersonsNavigation(request.method, headers);
  // Always set, so that no client sets it.
  headers.set(NAVIGATION_HEADER, person ? "person" : "other");

  const response = NextResponse.next({ request: { headers } });
  if (!known) response.cookies.set(BROWSER_COOKIE, browser, browserCookieOptions());
  if (request.nextUrl.pathname === "/confirm") {
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
  }
  return response;
}
