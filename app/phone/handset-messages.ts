/** What a handset of the simulator has received, by the simulator's own control. */
import { z } from "zod";
import type { Inbox } from "@/components/phone/inbox";
import { required } from "@/lib/env";
import { secretIn } from "@/lib/messaging/body";

/** A screen shows the newest; the simulator keeps them all. */
const MOST = 50;

const HandsetMessages = z.array(
  z.object({ sid: z.string(), from: z.string(), body: z.string(), at: z.iso.datetime() }),
);

interface Question {
  /** E.164. */
  number: string;
  /** The newest message that is known; null for none. */
  after?: string | null;
  /** How long to wait for a newer one. */
  waitSeconds?: number;
  signal?: AbortSignal;
}

/** The messages of a handset, newest first; at once, or as soon as there is a newer one than `after`. */
export async function handsetMessages(question: Question): Promise<Inbox> {
  const { number, after, waitSeconds = 0, signal } = question;
  const path = `/simulator/handsets/${encodeURIComponent(number)}/messages`;
  const url = new URL(path, required("TWILIO_API_ORIGIN"));
  url.searchParams.set("wait", String(waitSeconds));
  if (after) url.searchParams.set("after", after);
  const overrun = AbortSignal.timeout((waitSeconds + 5) * 1000);
  try {
    const response = await fetch(url, {
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, overrun]) : overrun,
    });
    if (!response.ok) return { state: "unreachable" };
    const messages = HandsetMessages.parse(await response.json()).slice(0, MOST);
    return {
      state: "open",
      messages: messages.map((message) => ({ ...message, code: secretIn(message.body) })),
    };
  } catch {
    // It is not running, has just been stopped, or the browser has gone: in each case there is nothing to show.
    return { state: "unreachable" };
  }
}
