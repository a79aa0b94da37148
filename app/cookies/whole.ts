/**
 * Whether a browser gets its pages whole. What is streamed is put in its place by scripts: where none run, a page sends its browser for this
 * cookie, and comes whole and in order from then on.
 */
import { ownCookie } from "./own-cookie";
import { DAY_SECONDS } from "@/lib/terms/durations";

const WHOLE_COOKIE = ownCookie({ name: "whole", maxAge: DAY_SECONDS });

/** Whether this browser has asked for whole pages. */
export async function asksForWholePages(): Promise<boolean> {
  return (await WHOLE_COOKIE.read()) !== undefined;
}

/** Only in route handlers, which may set cookies. */
export async function rememberWholePages(): Promise<void> {
  await WHOLE_COOKIE.write("1");
}
