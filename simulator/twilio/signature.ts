import { createHmac } from "node:crypto";

/**
 * The `X-Twilio-Signature` of a form-encoded webhook: base64(HMAC-SHA1(auth token, URL + every parameter's name and
 * value, in order of names)). Written from Twilio's description and not with its SDK, so that the two check each other.
 *
 * The URL is signed as it was given, query included and fragment excluded: a fragment never travels, so the receiver
 * could not know it. Twilio does not document the latter.
 */
export function signWebhook(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const parameters = Object.keys(form)
    .sort()
    .map((name) => name + form[name])
    .join("");
  return createHmac("sha1", authToken)
    .update(withoutFragment(url) + parameters, "utf8")
    .digest("base64");
}

/** The URL up to its `#`. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf("#");
  return hash === -1 ? url : url.slice(0, hash);
}
