const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number) => String(value).padStart(2, "0");

/**
 * An instant (epoch milliseconds) as Twilio's 2010 API writes it: `Thu, 30 Jul 2015 20:12:31 +0000`.
 * Fractions of a second are cut off, as there.
 */
export function rfc2822(at: number): string {
  const date = new Date(at);
  const day = `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${day} ${date.getUTCFullYear()} ${time} +0000`;
}

/** An instant as carriers' receipts write it, `YYMMDDhhmm`: to the minute, and without a zone. */
export function receiptDate(at: number): string {
  const date = new Date(at);
  return [
    date.getUTCFullYear() % 100,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  ]
    .map(two)
    .join("");
}
