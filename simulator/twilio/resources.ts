import type { FeedbackEntry, SimulatedMessage } from "../remembered";
import { writeAddress } from "./channel";
import { rfc2822 } from "./rfc2822";
import { countSegments } from "./segments";

const API_VERSION = "2010-04-01";

/** Where an account's messages are. */
export const messagesPath = (accountSid: string) => `/${API_VERSION}/Accounts/${accountSid}/Messages`;

/** A message as Twilio's REST API shows it. */
export function messageResource(accountSid: string, message: SimulatedMessage) {
  const path = `${messagesPath(accountSid)}/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : (ERROR_MESSAGES[message.errorCode] ?? null),
    from: message.from === null ? null : writeAddress(message.channel, message.from),
    messaging_service_sid: message.messagingServiceSid,
    num_media: "0",
    // How a text is split depends on its sender.
    num_segments: message.from === null ? "0" : String(countSegments(message.body)),
    price: message.price,
    price_unit: message.price === null ? null : "USD",
    sid: message.sid,
    status: message.status,
    subresource_uris: {
      media: `${path}/Media.json`,
      ...(message.provideFeedback ? { feedback: `${path}/Feedback.json` } : {}),
    },
    to: writeAddress(message.channel, message.to),
    uri: `${path}.json`,
  };
}

/** Message Feedback as Twilio's REST API shows it. */
export function feedbackResource(accountSid: string, { messageSid, outcome, at }: FeedbackEntry) {
  const date = rfc2822(Date.parse(at));
  return {
    account_sid: accountSid,
    date_created: date,
    date_updated: date,
    message_sid: messageSid,
    outcome,
    uri: `${messagesPath(accountSid)}/${messageSid}/Feedback.json`,
  };
}

const ERROR_MESSAGES: Readonly<Record<number, string>> = {
  30003: "Unreachable destination handset",
  30036: "Validity Period Expired",
  63003: "Channel could not find To address",
  63016: "Failed to send freeform message because you are outside the allowed window. Please use a Template.",
  63040: "Template Rejected",
  63041: "Template Paused",
  63042: "Template Disabled",
};
