/** Twilio's webhooks as it posts them, signed with the tests' token. */
import twilioWebhooks from "twilio/lib/webhooks/webhooks.js";
import { expect } from "vitest";
import type { Product } from "./product";
import { dispatch } from "./routes";

let sids = 0;

/** A SID no test has used before. */
export const newSid = (prefix: "SM" | "CA") => prefix + String((sids += 1)).padStart(32, "0");

/** The number of ours that tests send from. */
const OURS = "+15005550006";

function send(product: Product, path: string, form: Record<string, string>): Promise<Response> {
  const url = product.origin + path;
  const signature = twilioWebhooks.getExpectedTwilioSignature("simulator", url, form);
  return dispatch(
    new Request(url, {
      method: "POST",
      headers: { "X-Twilio-Signature": signature },
      body: new URLSearchParams(form),
    }),
  );
}

/** @returns the TwiML, or the status where that is not 200 */
async function post(product: Product, path: string, form: Record<string, string>): Promise<string> {
  const response = await send(product, path, form);
  const text = await response.text();
  expect([response.status, response.headers.get("content-type")], text).toEqual([
    200,
    "text/xml; charset=utf-8",
  ]);
  return text;
}

/** A text to us. @returns what it is answered; null for silence */
export async function textUs(
  product: Product,
  From: string,
  Body: string,
  more: Record<string, string> = {},
) {
  const twiml = await post(product, "/api/twilio/messages", {
    MessageSid: newSid("SM"),
    From,
    To: OURS,
    Body,
    ...more,
  });
  return /<Message>(.*)<\/Message>/s.exec(twiml)?.[1] ?? null;
}

/** A call to us. @returns what is said */
export async function callUs(product: Product, From: string, more: Record<string, string> = {}) {
  const twiml = await post(product, "/api/twilio/calls", { CallSid: newSid("CA"), From, To: OURS, ...more });
  return /<Say[^>]*>(.*)<\/Say>/s.exec(twiml)?.[1] ?? null;
}

/** A status callback. @returns the status it is answered with */
export async function postStatus(
  product: Product,
  { messageId, sid }: { messageId: string; sid: string },
  status: string,
): Promise<number> {
  const form = { MessageSid: sid, MessageStatus: status, SmsSid: sid, SmsStatus: status };
  return (await send(product, `/api/twilio/status/${messageId}`, form)).status;
}
