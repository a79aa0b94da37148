/**
 * The maker of our cookies. What all of them have in common stands here: no script reads one, no other site makes a browser send
 * one with a post, and where we are served over https they have the prefix `__Host-`: browsers take them over https only and from
 * this host only, so that no neighbour plants one.
 */
import { cookies } from "next/headers";
import { hostCookieName, isHttps } from "@/lib/own-origin";
import type { OwnCookieName } from "@/lib/terms/cookies";

interface OwnCookieOptions {
  name: OwnCookieName;
  /** Seconds it is kept; without, until the browser is closed. `write` may say another time. */
  maxAge?: number;
}

/** Until when a cookie is kept. */
type Kept = { maxAge: number } | { expires: Date };

/** One cookie: reads it, and in form actions and route handlers, which may set cookies, writes and forgets it. */
export function ownCookie({ name, maxAge }: OwnCookieOptions) {
  // Asked for at each use: the configuration is not read before it is needed.
  const fullName = () => hostCookieName(name);
  // The prefix demands this path.
  const path = "/";
  const attributes = (kept?: Kept) =>
    ({ httpOnly: true, sameSite: "lax", secure: isHttps(), path, maxAge, ...kept }) as const;
  return {
    fullName,
    attributes,
    read: async (): Promise<string | undefined> => (await cookies()).get(fullName())?.value,
    write: async (value: string, kept?: Kept): Promise<void> => {
      (await cookies()).set(fullName(), value, attributes(kept));
    },
    forget: async (): Promise<void> => {
      (await cookies()).delete({ name: fullName(), path, secure: isHttps() });
    },
  };
}
