/** A finding's own figures in words: the same wherever it is shown, so that nobody has to ask which of several is right. */
import type { Finding } from "@/lib/insights/reports/findings";
import { countryName, formatCount, formatInterval, formatMoney, formatRate } from "../ui/format";

/** `Indonesia`, `Telkomsel in Indonesia` */
export function placeWords({ country, network }: Pick<Finding, "country" | "network">): string {
  return network === null ? countryName(country) : `${network} in ${countryName(country)}`;
}

type Figures = Pick<
  Finding,
  "kind" | "conversion" | "conversionLow" | "conversionHigh" | "baseline" | "lost" | "wasted"
>;

/** `21.4 % (16.2–28.9 %)`: of codes that came back in time. */
export function rateWords({ conversion, conversionLow, conversionHigh }: Figures): string {
  return `${formatRate(conversion)} (${formatInterval(conversionLow, conversionHigh)})`;
}

/** `usually 91.0 % (14 days)` */
export function usualWords({ baseline }: Pick<Figures, "baseline">): string {
  return `usually ${formatRate(baseline)} (14\u00a0days)`;
}

/** `about 110 sign-ins lost`; of messages that were pumped, that there are likely none. */
export function lostWords({ kind, lost }: Figures): string | null {
  if (kind === "pumping") return "likely no people";
  if (lost === null || lost < 1) return null;
  const signIns = roundedLoss(lost);
  return `about ${formatCount(signIns)} ${signIns === 1 ? "sign-in" : "sign-ins"} lost`;
}

/** `$465 wasted`: on messages that nobody confirmed. */
export function wastedWords({ wasted }: Figures): string | null {
  return wasted === null ? null : `${formatMoney(wasted, "USD")} wasted`;
}

/** `, about 110 sign-ins lost, $4.20 wasted`, as far as they are known. */
export function costWords(finding: Figures): string {
  return [lostWords(finding), wastedWords(finding)]
    .map((words) => (words === null ? "" : `, ${words}`))
    .join("");
}

/** Two digits say all that is known. */
export function roundedLoss(lost: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, lost))) - 1);
  return Math.round(lost / unit) * unit;
}
