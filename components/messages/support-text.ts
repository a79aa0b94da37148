/** What Twilio's support asks for: SIDs, times, the carrier and the error, and of the recipient no more than the block. */
import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { ACTIONS } from "@/lib/terms/actions";
import { countryName } from "../ui/format";

/** As many messages as support asks for. */
const MOST_SIDS = 5;

/**
 * @param sender as it is shown
 * @param others of the same verification, newest first
 */
export function supportText(
  message: LoggedMessage,
  { sender, others }: { sender: string; others: readonly LoggedMessage[] },
): string {
  const { sid, status, errorCode, errorWords, network, country, block, action } = message;
  const moments: [string, Date | null][] = [
    ["Requested", message.requestedAt],
    ["Accepted", message.acceptedAt],
    ["Sent", message.sentAt],
    ["Delivered", message.deliveredAt],
    ["Failed", message.failedAt],
    ["Refused", message.refusedAt],
    ["Code came back", message.confirmedAt],
  ];
  const sids = others.flatMap((other) => other.sid ?? []).slice(0, MOST_SIDS - 1);
  return [
    `Message SID: ${sid ?? "none: Twilio did not accept the message"}`,
    `Status: ${status ?? "none"}`,
    errorCode !== null && `Error code: ${errorCode}${errorWords ? ` (${errorWords})` : ""}`,
    `From: ${sender}`,
    `To: ${block}xxx, ${countryName(country)} (${country})`,
    `Carrier: ${network ?? "not known"}`,
    `Kind of message: ${ACTIONS[action].words}`,
    ...moments.flatMap(([what, at]) => (at ? [`${what}: ${at.toISOString()}`] : [])),
    sids.length > 0 && `Other messages of the same verification: ${sids.join(", ")}`,
  ]
    .filter((line) => line !== false)
    .join("\n");
}
