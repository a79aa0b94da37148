import { formatMoney, formatRate, formatRelativeChange } from "@/components/ui/format";
import { costsDiffer } from "@/lib/insights/asking/noise";
import { FIGURES } from "@/lib/terms/metrics";
import { DEFINITIONS } from "../../definitions";
import type { TileOf } from "./tile-of";

export const costPerConversion: TileOf = ({ current, previous }, buckets) => {
  const [spend] = current.spend;
  const before = previous?.spend.find(({ currency }) => currency === spend?.currency);
  const cost = spend?.costPerConversion ?? null;
  const comparable = !current.lowSample && previous !== null && !previous.lowSample;
  const change = comparable && cost && before?.costPerConversion ? cost / before.costPerConversion - 1 : null;
  const priced = `${formatRate(current.priceCoverage)} of messages have a price.`;
  return {
    name: FIGURES.costPerConversion,
    definition: `${DEFINITIONS.costPerConversion} ${spend ? `${formatMoney(spend.amount, spend.currency)} spent; ${formatMoney(spend.wasted, spend.currency)} on messages nobody confirmed. ${priced}` : "No price is known yet."}`,
    figure: spend ? formatMoney(cost, spend.currency) : "–",
    change:
      previous && change !== null
        ? {
            text: formatRelativeChange(change),
            difference: change,
            beyondNoise: costsDiffer(current, previous),
          }
        : undefined,
    note: spend && formatMoney(spend.amount, spend.currency),
    points: buckets.map(
      (bucket) =>
        bucket.spend.find(({ currency }) => currency === spend?.currency)?.costPerConversion ?? null,
    ),
  };
};
