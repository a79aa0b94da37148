/**
 * A refusal in the shape of Twilio's REST API: an HTTP status and a body
 * `{code, message, more_info, status}`, where `code` is one of https://www.twilio.com/docs/api/errors.
 */
export class TwilioError extends Error {
  override readonly name = "TwilioError";

  constructor(
    readonly code: number,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }

  /** The answer's body. */
  toJSON() {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

export const authenticationFailed = () => new TwilioError(20003, "Authenticate", 401);
export const methodNotAllowed = () => new TwilioError(20004, "Method not allowed", 405);
export const notFound = (path: string) =>
  new TwilioError(20404, `The requested resource ${path} was not found`, 404);
export const tooManyRequests = () => new TwilioError(20429, "Too Many Requests", 429);
export const bodyTooLarge = () => new TwilioError(20413, "Request entity too large", 413);
export const internalError = () => new TwilioError(20500, "An internal server error has occurred", 500);
export const serviceUnavailable = () => new TwilioError(20503, "Service unavailable", 503);

/**
 * A parameter whose value makes no sense. Twilio has no code for this that covers every parameter, and lets some
 * pass; the simulator refuses them all under 20001, since a mistake found here costs less than one found there.
 */
export const invalidParameter = (name: string, expectation: string) =>
  new TwilioError(20001, `Invalid parameter ${name}: ${expectation}`);

/** The number as Twilio's own messages show it: without the last four digits. */
const masked = (number: string) => number.slice(0, -4) + "XXXX";

/** Why a number cannot be sent to, by code; both the magic numbers and the fault `refused` answer with these. */
const REFUSALS = {
  21211: (to: string) => `Invalid 'To' Phone Number: ${masked(to)}`,
  21408: (to: string) =>
    `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${masked(to)}`,
  21610: () => "Attempt to send to unsubscribed recipient",
  21612: (to: string) =>
    `Message cannot be sent with the current combination of 'To' (${masked(to)}) and/or 'From' parameters`,
  21614: (to: string) => `'To' number is not a valid mobile number: ${masked(to)}`,
} as const;

type RefusalCode = keyof typeof REFUSALS;

export function refusal(code: RefusalCode, to: string): TwilioError {
  return new TwilioError(code, REFUSALS[code](to));
}

/** Twilio's magic numbers: what a message to one of them is refused with. */
export const MAGIC_RECIPIENTS: ReadonlyMap<string, RefusalCode> = new Map([
  ["+15005550001", 21211],
  ["+15005550002", 21612],
  ["+15005550003", 21408],
  ["+15005550004", 21610],
  ["+15005550009", 21614],
]);
