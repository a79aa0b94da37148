import { asksForWholePages, rememberWholePages } from "@/app/cookies/whole";

/**
 * Where pages send browsers without scripts, once: from here on they get whole pages. One that keeps no cookies, either, is told apart by
 * coming here again without, and gets the one page whole by a parameter.
 */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const page = pageOf(searchParams.get("of") ?? "/");
  if (await asksForWholePages()) return redirection(page);
  if (searchParams.has("again")) return redirection(`${page}${page.includes("?") ? "&" : "?"}whole=1`);
  await rememberWholePages();
  return redirection(`/whole?${new URLSearchParams({ of: page, again: "1" })}`);
}

function redirection(to: string): Response {
  return new Response(null, { status: 303, headers: { Location: to, "Cache-Control": "no-store" } });
}

/** A page of ours and never another site's: whatever host is named, only the path counts. */
function pageOf(of: string): string {
  if (!/^\/(?![/\\])/.test(of) || !URL.canParse(of, "http://localhost")) return "/";
  const { origin, pathname, search } = new URL(of, "http://localhost");
  return origin === "http://localhost" && !pathname.startsWith("//") ? `${pathname}${search}` : "/";
}
