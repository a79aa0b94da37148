/**
 * Reads messages back from Twilio: what callbacks do not carry, or lost.
 */
import { twilioClient } from "./client";
import { WHATSAPP_PREFIX, type Channel } from "../terms/channels";
import { isMessageStatus, type MessageStatus } from "../terms/statuses";

/** A message as Twilio has it. */
export interface ListedMessage {
  sid: string;
  /** E.164, of whatever channel. */
  to: string;
  channel: Channel;
  body: string;
  status: MessageStatus;
  errorCode: number | null;
  /** As Twilio writes it: a decimal, negative for what we pay; null until it is settled. */
  price: string | null;
  /** ISO 4217. */
  priceUnit: string | null;
  segments: number | null;
}

/** Messages a page holds at most, Twilio's own limit. */
const PAGE_SIZE = 1000;

/**
 * Outbound messages sent at or after a moment, page by page as Twilio serves them.
 *
 * @throws what the SDK throws: the next pass lists again.
 */
export async function* listMessagesSince(since: Date): AsyncGenerator<ListedMessage[]> {
  const first = await twilioClient().messages.page({ dateSentAfter: since, pageSize: PAGE_SIZE });
  for (let page: Awaited<ReturnType<typeof first.nextPage>> = first; page; page = await page.nextPage()) {
    yield page.instances.flatMap((message) => {
      if (!message.direction.startsWith("outbound") || !isMessageStatus(message.status)) return [];
      const isWhatsApp = message.to.startsWith(WHATSAPP_PREFIX);
      return {
        sid: message.sid,
        to: isWhatsApp ? message.to.slice(WHATSAPP_PREFIX.length) : message.to,
        channel: isWhatsApp ? "whatsapp" : "sms",
        body: message.body,
        status: message.status,
        errorCode: message.errorCode,
        price: message.price,
        priceUnit: message.priceUnit,
        segments: Number(message.numSegments) || null,
      };
    });
  }
}
