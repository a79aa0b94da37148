import { z } from "zod";
import type { InboxAnswer } from "@/components/phone/inbox";
import { simulated } from "@/lib/env";
import { readHandset } from "../handset-cookie";
import { handsetMessages } from "../handset-messages";

/** Below the time after which proxies give up on a silent server. */
const WAIT_SECONDS = 20;

const Question = z.object({
  /** The handset the page shows; whose messages are read is the cookie's to say. */
  number: z.string().max(20),
  after: z.string().max(64).nullable(),
});

/**
 * The phone's long poll: answers as soon as there is a newer message than the page has. A POST, so that the number is in no
 * URL; an unreachable simulator is an answer like any other, not an error in the browser's console.
 */
export async function POST(request: Request): Promise<Response> {
  if (!simulated()) return new Response(null, { status: 404 });
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const question = Question.safeParse(await request.json().catch(() => null));
  if (!question.success) return new Response(null, { status: 422 });
  const handset = await readHandset();
  const { number, after } = question.data;
  if (handset?.number !== number) return answer({ state: "moved" });
  return answer(await handsetMessages({ number, after, waitSeconds: WAIT_SECONDS, signal: request.signal }));
}

function answer(body: InboxAnswer): Response {
  return Response.json(body, { headers: { "Cache-Control": "no-store" } });
}

/** Browsers put the asking page's origin on every POST. */
function isSameOrigin({ headers }: Request): boolean {
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
