/**
 * The ids of verifications of test numbers: UUIDs of version 8 (RFC 9562), where all others are of version 7. So it is known of an id, without
 * a look at its row, that its verification has no message, and what all others run through is left as it is.
 */
import { idAt } from "../ids";

const VERSION_AT = 14;

export function testIdAt(moment: Date): string {
  const id = idAt(moment);
  return `${id.slice(0, VERSION_AT)}8${id.slice(VERSION_AT + 1)}`;
}

export function isTestVerification(id: string): boolean {
  return id.charAt(VERSION_AT) === "8";
}
