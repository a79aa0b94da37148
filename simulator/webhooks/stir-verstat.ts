import { ControlError } from "../controls/control-error";

/** The network has signed for the caller's right to the number, in full. */
export const TN_VALIDATION_PASSED = "TN-Validation-Passed-A";

/** What Twilio's `StirVerstat` may say of an inbound call: the outcome, and how far the caller's carrier vouches for it. */
const KNOWN: readonly string[] = [
  TN_VALIDATION_PASSED,
  "TN-Validation-Passed-B",
  "TN-Validation-Passed-C",
  "TN-Validation-Failed-A",
  "TN-Validation-Failed-B",
  "TN-Validation-Failed-C",
  "TN-Validation-Failed",
  "No-TN-Validation",
];

/** Undefined when none is given. Throws a `ControlError` naming the ones there are. */
export function parseStirVerstat(input: unknown): string | undefined {
  if (input === undefined || (typeof input === "string" && KNOWN.includes(input))) return input;
  throw new ControlError(422, `stirVerstat must be one of ${KNOWN.join(", ")}`, "stirVerstat");
}
