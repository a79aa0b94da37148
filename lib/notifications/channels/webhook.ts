/**
 * Signed webhooks, in the form of Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks): what is signed is
 * `id.timestamp.body`, by HMAC-SHA-256 under the secret's bytes.
 */
import { createHmac } from "node:crypto";
import { now } from "../../clock";
import type { Letter, Told } from "./channel";
import { postJson } from "./post";

export function tellWebhook(
  url: string,
  secret: string,
  { id, type, said, writtenAt }: Letter,
): Promise<Told> {
  const body = JSON.stringify({
    type,
    timestamp: writtenAt.toISOString(),
    data: "title" in said ? { title: said.title, text: said.text, ...said.data } : said.data,
  });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const key = Buffer.from(secret.slice(secret.indexOf("_") + 1), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return postJson(url, body, {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  });
}
