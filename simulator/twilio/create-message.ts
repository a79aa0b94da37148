import { LONGEST_VALIDITY_PERIOD, newMessage } from "../new-message";
import type { SimulatedMessage } from "../remembered";
import { readAddress, type Channel } from "./channel";
import { contentText } from "./content";
import { invalidParameter, MAGIC_RECIPIENTS, refusal, TwilioError } from "./errors";
import { toE164, toSender } from "./phone-number";

/** In UTF-16 units, which is how Twilio and SMS count. */
const LONGEST_BODY = 1_600;

/**
 * The message that a form posted to Messages.json asks for, ready to set out. Throws a `TwilioError` for what Twilio
 * would refuse, and for what it would take but the simulator does not simulate (schedules).
 */
export function messageFromForm(form: URLSearchParams): SimulatedMessage {
  const asGiven = form.get("To");
  if (!asGiven) throw new TwilioError(21604, "A 'To' phone number is required.");
  const messagingServiceSid = form.get("MessagingServiceSid") || null;
  const { channel, address } = readAddress(asGiven);
  const from = senderOf(form, messagingServiceSid, channel);
  const contentSid = form.get("ContentSid") || null;
  const body = bodyOf(form, contentSid);

  const to = toE164(address);
  if (!to) throw refusal(21211, asGiven);
  const message = newMessage({
    direction: "outbound-api",
    // Only a message without a known sender has to wait for one.
    status: messagingServiceSid ? "accepted" : "queued",
    channel,
    to,
    from,
    messagingServiceSid,
    body,
    contentSid,
    provideFeedback: booleanOf(form, "ProvideFeedback"),
    validityPeriod: validityPeriodOf(form),
    statusCallback: statusCallbackOf(form),
  });
  checkTheRest(form);

  const magic = MAGIC_RECIPIENTS.get(to);
  if (magic) throw refusal(magic, to);
  return message;
}

function senderOf(
  form: URLSearchParams,
  messagingServiceSid: string | null,
  channel: Channel,
): string | null {
  const asGiven = form.get("From");
  if (!asGiven && !messagingServiceSid) {
    throw new TwilioError(
      21603,
      "A 'From' or 'MessagingServiceSid' parameter is required to send a message.",
    );
  }
  if (messagingServiceSid && !/^MG[0-9a-fA-F]{32}$/.test(messagingServiceSid)) {
    throw new TwilioError(21705, "The Messaging Service Sid is invalid");
  }
  if (!asGiven) return null;
  const sender = readAddress(asGiven);
  if (sender.channel !== channel) {
    throw new TwilioError(21910, "Invalid From and To pair. From and To should be of the same channel");
  }
  const from = channel === "whatsapp" ? toE164(sender.address) : toSender(sender.address);
  if (!from) throw new TwilioError(21212, "Invalid 'From' Phone Number");
  return from;
}

/** Of a template, its text: what else is given as one Twilio would leave out unsaid. */
function bodyOf(form: URLSearchParams, contentSid: string | null): string {
  const body = form.get("Body") ?? "";
  if (contentSid !== null) {
    if (body !== "") throw invalidParameter("Body", "goes without ContentSid");
    return contentText(contentSid, form.get("ContentVariables"));
  }
  if (body === "") throw new TwilioError(21602, "Message body is required.");
  if (body.length > LONGEST_BODY) {
    throw new TwilioError(21617, "The concatenated message body exceeds the 1600 character limit");
  }
  return body;
}

function validityPeriodOf(form: URLSearchParams): number {
  const value = form.get("ValidityPeriod");
  if (value === null) return LONGEST_VALIDITY_PERIOD;
  const seconds = /^\d+$/.test(value) ? Number(value) : 0;
  if (seconds < 1 || seconds > LONGEST_VALIDITY_PERIOD) {
    throw new TwilioError(
      21624,
      `Invalid validity period value: must be from 1 to ${LONGEST_VALIDITY_PERIOD}`,
    );
  }
  return seconds;
}

function statusCallbackOf(form: URLSearchParams): string | null {
  const url = form.get("StatusCallback");
  if (!url) return null;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new TwilioError(21609, "The 'StatusCallback' URL is not a valid URL");
  }
  return url;
}

/** Other languages' SDKs write `True`. */
function booleanOf(form: URLSearchParams, name: string): boolean {
  const value = form.get(name)?.toLowerCase() ?? "false";
  if (value !== "true" && value !== "false") throw invalidParameter(name, "must be true or false");
  return value === "true";
}

/** Parameters that change nothing here, but whose mistakes should show. */
function checkTheRest(form: URLSearchParams): void {
  booleanOf(form, "SmartEncoded");
  booleanOf(form, "ForceDelivery");
  booleanOf(form, "ShortenUrls");
  const attempt = form.get("Attempt");
  if (attempt !== null && !/^[1-9]\d*$/.test(attempt))
    throw invalidParameter("Attempt", "must be a positive integer");
  const riskCheck = form.get("RiskCheck");
  if (riskCheck !== null && riskCheck !== "enable" && riskCheck !== "disable") {
    throw invalidParameter("RiskCheck", "must be enable or disable");
  }
  if (form.has("ScheduleType") || form.has("SendAt")) {
    throw invalidParameter("ScheduleType", "this simulator sends at once only");
  }
}
