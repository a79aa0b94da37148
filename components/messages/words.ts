/** What a message's states are called. */
import type { MessageOutcome } from "@/lib/insights/reports/messages";

export const OUTCOMES: Record<MessageOutcome, string> = {
  confirmed: "Confirmed",
  late: "Confirmed late",
  error: "Not delivered",
  delivered: "Not confirmed",
  in_flight: "On its way",
  canceled: "Canceled",
  refused: "Refused by Twilio",
  unknown: "No answer from Twilio",
};

/** Of one that was delivered, while its secret may still come back in time. */
export const AWAITED = "Not confirmed yet";

export const FEEDBACK: Record<"reported" | "pending" | "retrying" | "refused", string> = {
  reported: "Reported",
  pending: "Waiting",
  retrying: "Being tried again",
  refused: "Refused",
};

export const ACTIONS: Record<string, string> = {
  code: "Code",
  link: "Link",
  temporary_password: "Temporary password",
  reply: "Reply",
};

/** `first`, `2nd`, `3rd`, `4th` */
export function ordinal(n: number): string {
  const suffix = ["th", "st", "nd", "rd"][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th";
  return `${n}${suffix}`;
}
