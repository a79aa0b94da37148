/**
 * Where a request's target leads, as we and Next both read it. Next takes it for a URL, which resolves dots, turns backslashes and leaves
 * out tabs: what we took for the API would be a page.
 */

/** What a browser's URL never has in its path as it is sent, and a parser of URLs makes something else of. */
const REWRITTEN = /[\\#\0- \x7f]/;

/** The path as it was sent, without its query. */
export function rawPath(url = ""): string {
  return url.split("?", 1)[0] ?? "";
}

/** A path with its percent signs resolved, as files and pages are looked up by it; null where they are none. */
export function decodedPath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Whether another place might be meant than the one that is named: nothing of ours is at such an address. */
export function isRoundabout(path: string): boolean {
  // Twice, for whoever decodes what is decoded.
  const once = decodedPath(path) ?? path;
  const twice = decodedPath(once) ?? once;
  return REWRITTEN.test(path) || [once, twice].some((each) => each.split(/[/\\]/).some(isDots));
}

function isDots(segment: string): boolean {
  return segment === "." || segment === "..";
}

/** Whether a path is the API's. As it was sent: written otherwise, it counts as a page's, of which more is asked. */
export function isApi(path: string): boolean {
  return /^\/+api(?:\/|$)/.test(path);
}

/** Whether a path of the API is a report's. */
export function isReport(path: string): boolean {
  return path.startsWith("/api/insights/");
}
