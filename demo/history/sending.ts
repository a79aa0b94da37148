/** What becomes of one message of the sample history, and how that looks in its row at the history's end. */
import { errorOf } from "@/simulator/network/route";
import type { TrackedAction } from "@/lib/terms/actions";
import type { Channel } from "@/lib/terms/channels";
import type { Random } from "../world/random";
import type { MessageRow } from "./rows";
import { localeOf, senderTo } from "../world/senders";
import { priceFor } from "../world/price";
import type { LifelikeRoute } from "../world/stories";
import type { Phone } from "../world/world";
import { HOUR, SECOND } from "@/lib/terms/durations";

/** What a message goes through, in epoch milliseconds, whether or not that lies beyond the history's end. */
export interface Journey {
  requestedAt: number;
  /** Twilio's answer: a SID, a refusal with its code, or none. */
  answer: "accepted" | "refused" | "lost";
  answeredAt: number;
  errorCode: number | null;
  sentAt: number | null;
  /** When it is on the phone; null when never. */
  arrivesAt: number | null;
  /** The receipt: a status and when it came. Some carriers send none. */
  receipt: { status: "delivered" | "undelivered" | "failed"; at: number } | null;
}

/** How often, in everyday's weather, Twilio refuses a message, and no answer comes. */
const REFUSED = 0.004;
const LOST = 0.00015;

const REFUSALS = [
  [21610, 44],
  [21408, 22],
  [21612, 18],
  [21614, 12],
  [60410, 4],
] as const;

/** Carriers that report nothing, and reports that are wrong. */
const NO_RECEIPT = 0.004;
const WRONG_RECEIPT = 0.012;

/** Of those that are not delivered, the part that Twilio itself gives up before a carrier has it. */
const FAILED = 0.08;

export function sendOver(
  route: LifelikeRoute,
  requestedAt: number,
  random: Random,
  refusal: number | null,
): Journey {
  const answeredAt = requestedAt + Math.round(70 + random.logNormal(90, 0.5));
  const unsent = { requestedAt, errorCode: null, sentAt: null, arrivesAt: null, receipt: null };
  if (refusal !== null || random.chance(REFUSED)) {
    const errorCode = refusal ?? random.weighted(REFUSALS);
    return { ...unsent, answer: "refused", answeredAt, errorCode };
  }
  if (random.chance(LOST)) return { ...unsent, answer: "lost", answeredAt: requestedAt + 10 * SECOND };

  const sentAt = answeredAt + Math.round(random.between(450, 1_400));
  const endsAt = sentAt + Math.round(random.logNormal(route.latency.median, route.latency.sigma) * SECOND);
  const lost = random.chance(route.undelivered);
  const receipt = lost
    ? { status: "undelivered" as const, at: endsAt }
    : random.chance(NO_RECEIPT)
      ? null
      : { status: "delivered" as const, at: endsAt };
  const journey: Journey = {
    requestedAt,
    answer: "accepted",
    answeredAt,
    errorCode: lost ? errorOf(route, () => random.next()) : null,
    sentAt,
    arrivesAt: lost && !random.chance(WRONG_RECEIPT) ? null : endsAt,
    receipt,
  };
  if (!lost || !random.chance(FAILED)) return journey;
  return { ...journey, sentAt: null, arrivesAt: null, receipt: { status: "failed", at: sentAt } };
}

/**
 * The row of a message as it stands at the history's end, `until`. The same columns as lib/delivery writes.
 *
 * @param priced how long Twilio takes to settle the price, in milliseconds
 */
export function messageRow(
  journey: Journey,
  about: Pick<MessageRow, "verificationId" | "ordinal" | "action"> & { phone: Phone },
  until: number,
  random: Random,
): MessageRow {
  const { phone, ...named } = about;
  const { requestedAt, answer, answeredAt, sentAt, receipt } = journey;
  const answered = answeredAt <= until;
  const accepted = answer === "accepted" && answered;
  const sent = accepted && sentAt !== null && sentAt <= until;
  const reported = accepted && receipt !== null && receipt.at <= until;
  const failed = reported && receipt.status !== "delivered";
  // Billed once the carrier has it, delivered or not; Twilio settles most prices at once and some after hours.
  const settledAt =
    sentAt === null ? Infinity : sentAt + (random.chance(0.03) ? random.between(2, 9) * HOUR : 45_000);
  const locale = localeOf(phone);
  const { address: sender, channel, picks } = senderTo(phone, named.action);
  const segments = segmentsOf(named.action, locale);
  const settled = sent && settledAt <= until;
  return {
    id: random.uuid(requestedAt),
    ...named,
    country: phone.place.country,
    network: phone.network,
    block: phone.block,
    sender,
    channel,
    // Its callbacks have said so.
    sentFrom: sent ? picks : null,
    locale,
    sid: accepted ? `SM${random.hex(32)}` : null,
    secretHash: random.hex(64),
    status: !accepted ? null : reported ? statusOf(receipt.status, channel) : sent ? "sent" : "queued",
    errorCode: failed || (answer === "refused" && answered) ? journey.errorCode : null,
    requestedAt,
    refusedAt: answer === "refused" && answered ? answeredAt : null,
    unansweredAt: answer === "lost" && answered ? answeredAt : null,
    acceptedAt: accepted ? answeredAt : null,
    sentAt: sent ? sentAt : null,
    deliveredAt: reported && !failed ? receipt.at : null,
    failedAt: failed ? receipt.at : null,
    confirmedAt: null,
    late: false,
    price: settled ? priceFor(phone, segments) : null,
    segments: settled ? segments : null,
  };
}

/** WhatsApp tells that what was delivered was read. */
function statusOf(status: NonNullable<Journey["receipt"]>["status"], channel: Channel) {
  return channel === "whatsapp" && status === "delivered" ? "read" : status;
}

/** Arabic and Hindi need UCS-2, with 70 characters in a segment; our other languages fit into one of 160. */
function segmentsOf(action: TrackedAction, language: string): number {
  if (language !== "ar" && language !== "hi") return 1;
  return action === "reply" ? 1 : 2;
}
