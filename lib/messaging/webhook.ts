/**
 * Twilio's webhooks: the URLs we give out, and whether a request to one is really Twilio's.
 */
// The deep path loads in 5 ms; the package's main entry brings the whole SDK.
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { env, required } from "../env";

const STATUS_PATH = "/api/twilio/status";

/**
 * Asks for up to five retries on any failure of ours, as Twilio's connection overrides do. By default it retries
 * failed connections once, and one 500 of ours would lose a callback.
 */
const RETRY_ON_ANY_FAILURE = "#rc=5&rp=all";

/** Where Twilio reports the delivery of a message to. */
export function statusCallbackUrl(messageId: string): string {
  return `${signedUrl(`${STATUS_PATH}/${messageId}`)}${RETRY_ON_ANY_FAILURE}`;
}

/**
 * Whether a webhook request is signed with our account's token.
 *
 * @param path the path it came to. With the public origin this is the URL Twilio signed; the request's own URL is not, since
 *   proxies and the framework rewrite it.
 * @param parameters all of the form's fields, known or not
 */
export function isSignedByTwilio(
  signature: string | null,
  path: string,
  parameters: Record<string, string | string[]>,
): boolean {
  if (!signature) return false;
  return validateRequest(required("TWILIO_AUTH_TOKEN"), signature, signedUrl(path), parameters);
}

function signedUrl(path: string): string {
  return env().PUBLIC_BASE_URL + path;
}
