import { ControlError } from "../controls/control-error";
import type { EvenRoute } from "./scenarios";

/**
 * How messages to one handset fare:
 *
 * - `normal`: as the scenario has it for the number's country
 * - `delayed`: delivered so many seconds after they were sent
 * - `failed`: sent, and then undelivered with this error code
 * - `lost`: sent, and never heard of again
 * - `no-whatsapp`: there is no WhatsApp on it; text messages are as normal
 */
export type HandsetDelivery =
  | { readonly mode: "normal" }
  | { readonly mode: "delayed"; readonly seconds: number }
  | { readonly mode: "failed"; readonly errorCode: number }
  | { readonly mode: "lost" }
  | { readonly mode: "no-whatsapp" };

/** What a handset has that was never told otherwise. */
export const NORMAL: HandsetDelivery = { mode: "normal" };

const MODES = ["normal", "delayed", "failed", "lost", "no-whatsapp"] as const;

/** Longer than the longest validity period makes no difference: the message runs out of it. */
const LONGEST_DELAY = 36_000;

/** The setting that a control asks for. Throws a `ControlError` naming the wrong field. */
export function parseHandsetDelivery(input: unknown): HandsetDelivery {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ControlError(422, 'A delivery is an object, e.g. {"mode": "delayed", "seconds": 20}', "mode");
  }
  const fields: Record<string, unknown> = { ...input };
  const { mode, seconds, errorCode, ...others } = fields;
  if (!MODES.some((known) => known === mode)) {
    throw new ControlError(422, `mode must be one of ${MODES.join(", ")}`, "mode");
  }
  refuseStray({
    ...others,
    ...(mode === "delayed" ? { errorCode } : mode === "failed" ? { seconds } : { seconds, errorCode }),
  });
  if (mode === "delayed") {
    if (typeof seconds !== "number" || !(seconds >= 0 && seconds <= LONGEST_DELAY)) {
      throw new ControlError(422, `seconds must be a number from 0 to ${LONGEST_DELAY}`, "seconds");
    }
    return { mode, seconds };
  }
  if (mode === "failed") {
    if (!isErrorCode(errorCode)) {
      throw new ControlError(
        422,
        "errorCode must be one of Twilio's, of five digits, e.g. 30003",
        "errorCode",
      );
    }
    return { mode, errorCode };
  }
  return mode === "lost" || mode === "no-whatsapp" ? { mode } : NORMAL;
}

function isErrorCode(code: unknown): code is number {
  return typeof code === "number" && Number.isInteger(code) && code >= 10_000 && code <= 99_999;
}

/** A field that means nothing in a mode is a mistake that should show. */
function refuseStray(fields: Record<string, unknown>): void {
  const stray = Object.keys(fields).find((name) => fields[name] !== undefined);
  if (stray) throw new ControlError(422, `${stray} means nothing in this mode`, stray);
}

/** The route of a handset that has this setting, where the scenario would give it `usual`. */
export function routeOf(delivery: HandsetDelivery, usual: EvenRoute): EvenRoute {
  switch (delivery.mode) {
    case "normal":
    case "no-whatsapp":
      return usual;
    case "delayed":
      return {
        ...usual,
        undelivered: 0,
        latency: [delivery.seconds, delivery.seconds],
        silent: false,
      };
    case "failed":
      return { undelivered: 1, errors: [[delivery.errorCode, 1]], latency: [1, 4] };
    case "lost":
      return { ...usual, silent: true };
  }
}
