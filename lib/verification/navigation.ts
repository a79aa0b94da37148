/**
 * Whether a request to a link is a person's visit, or one of the many machines that open links before people do: previewers
 * of messengers, scanners of mail and security products, prefetching browsers.
 */
import { isbot } from "isbot";

/**
 * A person's browser says that it navigates a whole page, for itself and not ahead of time. Machines that fetch a link
 * with a browser's agent do not send the navigation's headers (Fetch Metadata), and pages cannot forge them.
 *
 * The rest loses nothing: it gets a page with a button.
 */
export function isPersonsNavigation(method: string, headers: Headers): boolean {
  return (
    method === "GET" &&
    headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document" &&
    !PREFETCH_HEADERS.some((name) => headers.has(name)) &&
    !isbot(headers.get("user-agent"))
  );
}

/** What browsers and accelerators send with a request nobody has asked for yet; any value of them is one. */
const PREFETCH_HEADERS = ["sec-purpose", "purpose", "x-purpose", "x-moz", "next-router-prefetch", "rsc"];
