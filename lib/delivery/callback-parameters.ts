/**
 * A status callback as it is kept: what Twilio posted, in its own words, without the last digits of whom it went to.
 */

/** A form's fields. */
export type CallbackParameters = Readonly<Record<string, unknown>>;

/** So much of a callback is kept: Twilio's have a dozen short fields, and may get others unannounced. */
const MOST_FIELDS = 60;
const LONGEST_VALUE = 500;

/** What stands for the digits that a block leaves out. */
const MASK = "•••";

/**
 * The parameters as JSON. The recipient's number is masked wherever it stands, with and without its plus, so that nothing of it has to be
 * redacted later; the same parameters are the same text.
 */
export function keptParameters(parameters: CallbackParameters): string {
  const to = parameters["To"];
  const digits = typeof to === "string" ? (/\d{7,15}/.exec(to)?.[0] ?? null) : null;
  const kept = (text: string) =>
    shortened(digits === null ? text : text.replaceAll(digits, digits.slice(0, -3) + MASK));
  const fields = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => [kept(name), kept([value].flat().map(String).join(", "))]);
  return JSON.stringify(Object.fromEntries(fields));
}

/** By characters and never by halves of one, and without U+0000: PostgreSQL's JSON has neither. */
function shortened(text: string): string {
  return Array.from(text.replaceAll("\0", "")).slice(0, LONGEST_VALUE).join("");
}
