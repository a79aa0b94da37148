import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";

/**
 * Ends a form action of the phone on the page it was used on, which may be the login's: shown anew where scripts run, and
 * fetched anew where they do not, so that a reload posts nothing again.
 */
export async function comeBack(): Promise<void> {
  const asked = await headers();
  if (asked.has("next-action")) {
    refresh();
    return;
  }
  redirect(pageOf(asked.get("referer"), asked.get("host")));
}

/** The path of a page of ours; the phone's own where the browser does not say. */
function pageOf(referer: string | null, host: string | null): string {
  if (!referer || !URL.canParse(referer)) return "/phone";
  const url = new URL(referer);
  const isOurs = url.host === host && /^\/(phone|login|account|confirm)(\/|$)/.test(url.pathname);
  return isOurs ? url.pathname + url.search : "/phone";
}
