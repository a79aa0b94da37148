/** How figures are written, the same on every page. The pages are in English, so their figures are too. */
import type { Rate } from "@/lib/insights/asking/metrics";
import { HOUR_SECONDS, MINUTE_SECONDS, SECOND } from "@/lib/terms/durations";

/** What stands for a figure that there is not. */
const NONE = "–";

/** Geist has no thin space, so a plain no-break one. */
const SPACE = "\u00a0";

const counts = new Intl.NumberFormat("en-US");
const oneDecimal = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `1,901,289` */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `87.4 %`, or a dash when there was nothing to divide by. */
export function formatRate(rate: Rate): string {
  return rate === null ? NONE : `${oneDecimal.format(rate * 100)}${SPACE}%`;
}

/** A rate that is nearly all: it says 100 % only when it is. */
export function formatCoverage(rate: Rate): string {
  if (rate === null || rate === 1 || rate < 0.9985) return formatRate(rate);
  return `${(Math.floor(rate * 10_000) / 100).toFixed(2)}${SPACE}%`;
}

const MINUS = "\u2212";

/** `+` or a true minus sign, or nothing before a 0. */
function signed(number: number, text: string): string {
  return Number(text.replaceAll(",", "")) === 0 ? text : `${number < 0 ? MINUS : "+"}${text}`;
}

/** `−0.7 pt`: a difference of two rates in percentage points. */
export function formatPoints(difference: number | null): string {
  if (difference === null) return NONE;
  return `${signed(difference, oneDecimal.format(Math.abs(difference * 100)))}${SPACE}pt`;
}

/** `+4.1 %`: a change relative to what was. */
export function formatRelativeChange(change: number | null): string {
  if (change === null) return NONE;
  return `${signed(change, oneDecimal.format(Math.abs(change * 100)))}${SPACE}%`;
}

/** `−1,364` */
export function formatDifference(difference: number): string {
  return signed(difference, counts.format(Math.abs(Math.round(difference))));
}

/** `59.1–62.4 %` */
export function formatInterval(low: Rate, high: Rate): string {
  if (low === null || high === null) return NONE;
  return `${oneDecimal.format(low * 100)}–${oneDecimal.format(high * 100)}${SPACE}%`;
}

/** `61 %`, for running text. */
export function formatRoundRate(rate: Rate): string {
  return rate === null ? NONE : `${Math.round(rate * 100)}${SPACE}%`;
}

/** `8.4 s`, `9.2 min`: how long something took. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return NONE;
  return seconds < 2 * MINUTE_SECONDS
    ? `${oneDecimal.format(seconds)}${SPACE}s`
    : `${oneDecimal.format(seconds / MINUTE_SECONDS)}${SPACE}min`;
}

/** `$166,981`, `$2.58`, `$0.101`: with as many digits as mean something. */
export function formatMoney(amount: number | null, currency: string): string {
  if (amount === null) return NONE;
  const digits = Math.abs(amount) >= 100 ? 0 : Math.abs(amount) >= 1 || amount === 0 ? 2 : 3;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** `$2,239.00`, `$0.92`: money under money, aligned on the decimal. */
export function formatSum(amount: number, currency: string): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(amount);
}

/** `8.4 s`, `3 min`, `2 h`, each rounded up where it is a time to wait for. */
export function formatWait(seconds: number): string {
  if (seconds < 2 * MINUTE_SECONDS) return `${Math.ceil(seconds)}${SPACE}s`;
  if (seconds < 2 * HOUR_SECONDS) return `${Math.ceil(seconds / MINUTE_SECONDS)}${SPACE}min`;
  return `${Math.ceil(seconds / HOUR_SECONDS)}${SPACE}h`;
}

/** `6.7 s` between two moments. */
export function formatSpan(from: Date, to: Date): string {
  return `${oneDecimal.format(Math.max(0, to.getTime() - from.getTime()) / SECOND)}${SPACE}s`;
}

/** `0:24` */
export function formatCountdown(seconds: number): string {
  return `${Math.floor(seconds / MINUTE_SECONDS)}:${String(seconds % MINUTE_SECONDS).padStart(2, "0")}`;
}

const regions = new Intl.DisplayNames("en", { type: "region" });

/** The country's English name for an ISO 3166-1 alpha-2 code; the code itself when it has none. */
export function countryName(country: string): string {
  return regions.of(country) ?? country;
}

const NUMBER_WORDS = ["four", "five", "six", "seven", "eight", "nine", "ten"];

/** A code's length in words: `six`. */
export function lengthInWords(length: number): string {
  return NUMBER_WORDS[length - 4] ?? String(length);
}
