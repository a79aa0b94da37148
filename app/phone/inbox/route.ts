import { z } from "zod";
import type { News } from "@/components/phone/news";
import { simulated } from "@/lib/env";
import { readHandsets } from "@/app/cookies/handsets";
import { parseRevision } from "../revision";
import { readConversation } from "../simulator";

/** Below the time after which proxies give up on a silent server. */
const WAIT_SECONDS = 20;

/** Changes come in bursts, a status and its callback: one page for all of them. */
const BURST_MS = 80;

const Question = z.object({
  /** What the page shows; whose handsets are looked at is the cookie's to say. */
  revision: z.string().max(2_000),
});

/**
 * The phone's long poll: answers as soon as there is anything the page does not show. A POST, so that nothing about a handset
 * is in a URL; an unreachable simulator is an answer like any other, not an error in the browser's console.
 */
export async function POST(request: Request): Promise<Response> {
  if (!simulated()) return new Response(null, { status: 404 });
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const question = Question.safeParse(await request.json().catch(() => null));
  if (!question.success) return new Response(null, { status: 422 });
  const news = await waitForNews(question.data.revision, request.signal);
  return Response.json({ news }, { headers: { "Cache-Control": "no-store" } });
}

async function waitForNews(revision: string, gone: AbortSignal): Promise<News> {
  const { index, known } = parseRevision(revision);
  const { handsets, current } = await readHandsets();
  const held = current ? handsets.indexOf(current) : -1;
  if (handsets.length !== known.length || held !== index) return "changed";

  const first = new AbortController();
  const signal = AbortSignal.any([gone, first.signal]);
  const seconds = WAIT_SECONDS;
  if (handsets.length === 0) return (await pause(seconds * 1_000, signal), "none");
  const news = await Promise.race(
    handsets.map(async ({ number }, each): Promise<News> => {
      const after = known[each] ?? "";
      const conversation = await readConversation(number, { after, seconds, signal });
      if (!conversation) return "unreachable";
      return conversation.revision === after ? "none" : "changed";
    }),
  );
  first.abort();
  if (news === "changed") await pause(BURST_MS, gone);
  return news;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Browsers put the asking page's origin on every POST. */
function isSameOrigin({ headers }: Request): boolean {
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
