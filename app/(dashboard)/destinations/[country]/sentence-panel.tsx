import { FindingMark } from "@/components/dashboard/finding-mark";
import { costWords, placeWords, rateWords, usualWords } from "@/components/dashboard/finding-figures";
import { Unbroken } from "@/components/dashboard/unbroken";
import { FINDINGS } from "@/lib/terms/findings";
import { SETTLED } from "@/lib/terms/maturity";
import { compareWords } from "@/components/dashboard/view-bar/range-words";
import { viewUrl } from "@/components/ui/view-url";
import { formatCount, formatDuration, formatInterval, formatRate } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { asksByFate } from "@/lib/insights/asking/filters";
import type { Finding } from "@/lib/insights/reports/findings";
import type { Summary } from "@/lib/insights/reports/summary";
import { summaryOf } from "../../reports";
import { FindingAction } from "../../protection/place-action";
import { destinationStatesOf } from "../../states";
import type { View } from "../../view";
import { sinceOf } from "./since";
import { sinceWords, type DestinationPanelProps } from "./destination-panel";

/** What is going on there: its finding, or that there is none. */
export async function SentencePanel({ view, country }: DestinationPanelProps) {
  const [since, summary, states] = await Promise.all([
    sinceOf(view),
    summaryOf(view),
    destinationStatesOf(view, country),
  ]);
  if (asksByFate(view.query.filters)) {
    const { attempted, refused, unknown } = summary.current;
    const matching = formatCount(attempted + refused + unknown);
    return (
      <p className="max-w-[56rem] text-20">
        {matching} of its messages match the filters. They were chosen by what became of them, so their
        conversion says nothing of the destination.
      </p>
    );
  }
  if (!since) return <p className="max-w-[56rem] text-20">{usual(summary, view)}</p>;
  const { finding } = since;
  const { kind, open } = finding;
  const href = viewUrl(`/destinations/${country}`, view.params, {
    range: null,
    from: since.view.query.range.from.toISOString(),
    to: since.view.query.range.to.toISOString(),
  });
  return (
    <div className="max-w-[60rem]">
      <p className="text-20">
        <FindingMark kind={kind} open={open} className="mr-2 inline-block scale-125" />
        <span className="font-semibold">
          {placeWords(finding)} {open ? FINDINGS[kind].is : FINDINGS[kind].was}{" "}
          <TextLink href={href}>{sinceWords(since, view)}</TextLink>:
        </span>{" "}
        {rateWords(finding)} came back in time, {usualWords(finding)}
        <Unbroken>{costWords(finding)}</Unbroken>.
      </p>
      <p className="mt-1 text-13 text-ink-soft">{kindWords(since.finding)}</p>
      <div className="mt-2">
        <FindingAction finding={finding} view={view} states={states} side="left" worded />
      </div>
    </div>
  );
}

/** Why it is called that. */
function kindWords({ kind, during, before }: Finding): string {
  const { mature, deliveryLatency } = during;
  switch (kind) {
    case "slow": {
      const took = [deliveryLatency?.p50 ?? null, before.deliveryLatency?.p50 ?? null].map(formatDuration);
      return `Half of its messages took ${took[0]} or more to arrive, against ${took[1]} before; ${formatCount(mature.late)} of ${formatCount(mature.attempted)} came back too late.`;
    }
    case "pumping":
      return "Several times as many messages as before, to few blocks of numbers: who does not answer there is likely no person.";
    case "drop":
      // As the funnel counts them: what was confirmed did arrive, whatever its receipt says.
      return `${formatCount(mature.attempted - mature.delivered)} of ${formatCount(mature.attempted)} messages in that time were not delivered.`;
  }
}

function usual({ current, change }: Summary, { query, rangeName }: View): string {
  const { conversion, conversionLow, conversionHigh, lowSample, mature } = current;
  if (lowSample) {
    return `Too few messages to say: ${formatCount(mature.confirmed)} of ${formatCount(mature.attempted)} ${SETTLED} ones were confirmed.`;
  }
  const rate = `${formatRate(conversion)} (${formatInterval(conversionLow, conversionHigh)})`;
  if (change?.conversion == null) return `${rate} of its codes came back; no finding in this time.`;
  const before = compareWords(query.compare, query.range, rangeName).replace(
    /^the (\d+) before$/,
    "the $1 days before",
  );
  if (!change.beyondNoise) return `Within its usual range: ${rate} of its codes came back, as in ${before}.`;
  const points = Math.abs(change.conversion * 100).toFixed(1);
  return `No finding, but ${points} points ${change.conversion < 0 ? "under" : "over"} ${before}: ${rate} of its codes came back.`;
}
