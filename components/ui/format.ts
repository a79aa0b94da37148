/** How figures are written, the same on every page. The pages are in English, so their figures are too. */
import type { Rate } from "@/lib/insights/metrics";

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

/** `8.4 s`, `3 min`, `2 h`, each rounded up where it is a time to wait for. */
export function formatWait(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)}${SPACE}s`;
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)}${SPACE}min`;
  return `${Math.ceil(seconds / 3_600)}${SPACE}h`;
}

/** `6.7 s` between two moments. */
export function formatSpan(from: Date, to: Date): string {
  return `${oneDecimal.format(Math.max(0, to.getTime() - from.getTime()) / 1000)}${SPACE}s`;
}

/** `0:24` */
export function formatCountdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
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
