/** How notifications write figures: in English, as the pages do, and moments in UTC, since who reads them may be anywhere. */

const regions = new Intl.DisplayNames("en", { type: "region" });
const moments = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});
const wholes = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** @param country ISO 3166-1 alpha-2 */
export function placeName(country: string, network: string | null): string {
  const name = regions.of(country) ?? country;
  return network === null ? name : `${network} in ${name}`;
}

/** Of a place as lib/protection/place.ts has it. */
export function ruledPlaceName(place: string): string {
  if (place.startsWith("+")) return `Block ${place}`;
  const [country = "", ...network] = place.split(":");
  return placeName(country, network.length > 0 ? network.join(":") : null);
}

/** @param fraction of 1; null is none. The sign stays beside its number */
export function percentWords(fraction: number | null): string {
  return fraction === null ? "–" : `${Math.round(fraction * 100)}\u00a0%`;
}

export function momentWords(moment: Date): string {
  return `${moments.format(moment)} UTC`;
}

export function numberWords(count: number): string {
  return wholes.format(count);
}

export function dollars(amount: number): string {
  return new Intl.NumberFormat("en", { style: "currency", currency: "USD" }).format(amount);
}

/** A length of time, in its largest unit. */
export function lengthWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3_600)} hours`;
}
