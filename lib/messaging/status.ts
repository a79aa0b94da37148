/**
 * Delivery statuses, as Twilio names them.
 */
import { MessageStatus } from "@/prisma/generated/enums";

export { MessageStatus };

/** Whether a text is a status of an outbound message that we follow. Twilio may add others at any time. */
export function isMessageStatus(text: string): text is MessageStatus {
  return Object.hasOwn(MessageStatus, text);
}

/** Statuses after which Twilio sends no other one that changes whether the message arrived. */
export const FINAL_STATUSES: readonly MessageStatus[] = [
  "canceled",
  "failed",
  "undelivered",
  "delivered",
  "read",
];
