import { TWILIO_CODES } from "@/lib/terms/twilio-codes";

/** The codes a handset's messages may fail with: those that have words as few as fit on a phone. */
export const DELIVERY_ERRORS = Object.keys(TWILIO_CODES)
  .map(Number)
  .filter((code) => TWILIO_CODES[code]?.short);

/** `30003 Out of reach` */
export function errorInWords(code: number): string {
  return [code, TWILIO_CODES[code]?.short].filter(Boolean).join(" ");
}
