/** Why a message was not delivered, by Twilio's code, in as few words as fit on a phone. */
export const DELIVERY_ERRORS: Readonly<Record<number, string>> = {
  30003: "Out of reach",
  30004: "Blocked",
  30005: "Unknown handset",
  30006: "Landline",
  30007: "Filtered",
  30008: "Unknown error",
  30036: "Too late",
};

/** `30003 Out of reach` */
export function errorInWords(code: number): string {
  return [code, DELIVERY_ERRORS[code]].filter(Boolean).join(" ");
}
