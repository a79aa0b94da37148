import { randomBytes } from "node:crypto";

/** A fresh Twilio identifier: two letters for the kind of resource, 32 hexadecimal digits. */
export function newSid(prefix: "SM" | "CA" | "RQ"): string {
  return prefix + randomBytes(16).toString("hex");
}
