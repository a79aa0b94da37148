/** All that the phone shows: of the simulator, and, of this browser's own sign-in, of the product. */
import { currentVerification, finishedVerification } from "@/app/cookies/sign-in";
import { journeyOf, type Journey } from "@/components/phone/journey";
import type { Entry, HandsetView } from "@/components/phone/phone-view";
import { formatNumber } from "@/components/ui/phone-number";
import { now } from "@/lib/clock";
import { secretIn } from "@/lib/messaging/body";
import { readHandsets, type HeldHandset } from "@/app/cookies/handsets";
import { revisionOf } from "./revision";
import { readConversation, type SimulatedConversation } from "./simulator";

export interface Phone {
  handsets: HandsetView[];
  /** The one in hand; null before there is one. */
  current: HandsetView | null;
  /** Newest first; null when the simulator, which has them, does not answer. */
  entries: Entry[] | null;
  /** The way of the newest message to the one in hand. */
  newest: { sid: string; journey: Journey } | null;
  revision: string;
  /** ISO 8601. */
  now: string;
}

export async function readPhone(): Promise<Phone> {
  const { handsets, current } = await readHandsets();
  const conversations = await Promise.all(handsets.map(({ number }) => readConversation(number)));
  const views = handsets.map((handset, index) =>
    handsetView(handset, conversations[index], handset === current),
  );
  const index = current ? handsets.indexOf(current) : -1;
  const shown = conversations[index];
  return {
    handsets: views,
    current: views[index] ?? null,
    entries: shown ? shown.entries.map(entryOf) : null,
    newest: shown?.newest ? await newestOf(shown.newest) : null,
    revision: revisionOf(index, conversations),
    now: now().toISOString(),
  };
}

function handsetView(
  { number, country, readAt }: HeldHandset,
  conversation: SimulatedConversation | null | undefined,
  inHand: boolean,
): HandsetView {
  const isNew = (entry: SimulatedConversation["entries"][number]) =>
    entry.kind === "message" && entry.direction === "received" && new Date(entry.at) > readAt;
  return {
    number,
    label: formatNumber(number),
    country,
    delivery: conversation?.delivery ?? { mode: "normal" },
    unread: inHand ? 0 : (conversation?.entries.filter(isNew).length ?? 0),
  };
}

function entryOf(entry: SimulatedConversation["entries"][number]): Entry {
  if (entry.kind === "call") {
    const { kind, sid, at, webhookStatus, spoken } = entry;
    return { kind, sid, at, spoken, answered: webhookStatus !== null && webhookStatus < 300 };
  }
  const secret = entry.direction === "received" ? secretIn(entry.body, entry.channel) : null;
  // A link's token is not for people: the link is.
  return { ...entry, secret: secret && entry.body.includes(`?id=${secret}`) ? null : secret };
}

async function newestOf({ feedback, ...facts }: NonNullable<SimulatedConversation["newest"]>) {
  const own = (await currentVerification()) ?? (await finishedVerification());
  const message = own?.messages.find(({ sid }) => sid === facts.sid);
  const journey = journeyOf({
    ...facts,
    feedbackAt: feedback?.outcome === "confirmed" ? feedback.at : null,
    confirmedAt: message?.confirmedAt?.toISOString() ?? null,
  });
  return { sid: facts.sid, journey };
}
