import type { LastDay } from "@/lib/insights/reports/last-day";
import { countryName, formatCount, formatRate, formatRoundRate } from "../../ui/format";
import { Figure } from "./figure";
import type { FindingLine } from "./finding-lines";

/** Less is as usual. */
const NOTABLE_LOSS = 0.0005;

interface LossProps {
  worst: FindingLine;
  /** Null where the view ends before now: then there is no "today". */
  lastDay: LastDay | null;
  lastDayHref: string;
}

/** Who does not get in, and since when. */
export function Loss({ worst, lastDay, lastDayHref }: LossProps) {
  const { finding, since, href, beforeHref } = worst;
  const { country, conversion, conversionLow, conversionHigh, baseline, lost } = finding;
  const missing = lastDay ? lastDay.expected - lastDay.confirmed : 0;
  const share = lastDay && lastDay.expected > 0 ? missing / lastDay.expected : 0;
  const most = missing > 0 && (lost ?? 0) >= missing / 2;
  const low = conversionLow === null ? "" : Math.round(conversionLow * 100);
  const high = conversionHigh === null ? "" : Math.round(conversionHigh * 100);
  return (
    <>
      {share >= NOTABLE_LOSS && (
        <strong className="font-semibold">
          <Figure href={lastDayHref}>{formatRate(share)} fewer people</Figure> than usual got in with their
          code in the last 24&nbsp;h.{" "}
        </strong>
      )}
      <Figure href={href}>{countryName(country)}</Figure>{" "}
      {share >= NOTABLE_LOSS && most ? "accounts for most of it" : "has a conversion drop"}:{" "}
      <Figure href={href}>
        {formatRoundRate(conversion)} ({low}–{high})
      </Figure>{" "}
      against <Figure href={beforeHref}>{formatRoundRate(baseline)}</Figure> before, since{" "}
      <Figure href={href}>{since}</Figure>
      {lost !== null && (
        <>
          , about <Figure href={href}>{formatCount(roundedLoss(lost))} logins</Figure> lost
        </>
      )}
      .
    </>
  );
}

/** Two digits say all that is known. */
function roundedLoss(lost: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, lost))) - 1);
  return Math.round(lost / unit) * unit;
}
