/**
 * Signed webhooks, in the form of Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks): what is signed is
 * `id.timestamp.body`, by HMAC-SHA-256 under the secret's bytes. Several signatures are separated by spaces, and a receiver takes any: so a
 * secret changes without a gap.
 */
import { createHmac } from "node:crypto";
import { now } from "../../clock";
import type { Letter, Told } from "./channel";
import { postJson } from "./post";

/** @param secrets what signs it, the newest first */
export function tellWebhook(
  url: string,
  secrets: readonly string[],
  { id, type, said, writtenAt }: Letter,
): Promise<Told> {
  const body = JSON.stringify({
    type,
    timestamp: writtenAt.toISOString(),
    data: "title" in said ? { title: said.title, text: said.text, ...said.data } : said.data,
  });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secret.indexOf("_") + 1), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return postJson(url, body, {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  });
}
