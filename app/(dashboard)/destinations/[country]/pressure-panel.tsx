import { formatMoment } from "@/components/dashboard/moments";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl } from "@/components/ui/view-url";
import { FigureList, type FigureLine } from "@/components/destination/figure-list";
import { formatCount, formatRate } from "@/components/ui/format";
import { formatBlock } from "@/components/ui/phone-number";
import type { InsightsRow } from "@/lib/insights/asking/metrics";
import { METRICS } from "@/lib/terms/metrics";
import type { Blocks } from "@/lib/insights/reports/blocks";
import { readAddressPressure, type AddressPressure, type Pressure } from "@/lib/insights/reports/pressure";
import { destinationOf } from "../../reports";
import { blocksOf } from "./blocks-of";
import type { DestinationPanelProps } from "./destination-panel";

/** Whether asking again helps, and whether someone is sending to numbers nobody answers. */
export async function PressurePanel({
  view,
  country,
  withAddresses,
}: DestinationPanelProps & {
  /** Whether the reader may see client addresses. */
  withAddresses: boolean;
}) {
  const [{ current, previous, pressure }, report, addresses] = await Promise.all([
    destinationOf(view, country),
    blocksOf(view),
    withAddresses ? readAddressPressure(view.query.range.to, view.query.filters) : [],
  ]);
  const { range } = view.query;
  // Of a range that has ended it is of the hours before its end.
  const until = range.to > view.at ? "" : ` before ${formatMoment(range.to, range.tz, view.at)}`;
  return (
    <Panel
      id="pressure"
      title="Resends and pressure"
      api={apiUrl(`destinations/${country}`, view.params, {
        change: { part: "pressure" },
      })}
    >
      <p className="mb-3 text-13 text-ink-soft">{caption(current, pressure)}</p>
      <FigureList
        lines={[
          {
            name: "Resend recovery",
            definition: METRICS.recoveryRate,
            figure: formatRate(current.recoveryRate),
            note: `${formatCount(current.recovered)} of ${formatCount(current.resent)} who asked again got in${before(previous?.recoveryRate)}`,
          },
          {
            name: "Resend rate",
            definition: METRICS.resendRate,
            figure: formatRate(current.resendRate),
            note: `${formatCount(current.resent)} of ${formatCount(current.verifications)} asked for another message${before(previous?.resendRate)}`,
          },
          {
            name: "Unverified pressure, 24 h",
            definition: METRICS.pressure,
            figure: pressure.value.toFixed(2),
            note: `above 1 is unusual; ${formatCount(pressure.unverified)} not confirmed and ${formatCount(pressure.verified)} confirmed${until}; at most ${formatCount(pressure.greatestVerified)} confirmed in a day of the 14 before`,
          },
          {
            name: "Unverified pressure, 1 h",
            definition: METRICS.pressure,
            figure: pressure.hour.value.toFixed(2),
            note: `above 1 is unusual; ${formatCount(pressure.hour.unverified)} not confirmed and ${formatCount(pressure.hour.verified)} confirmed in the ${until ? "hour" : "last hour"}${until}`,
          },
          ...deniedLines(current, previous),
          ...addressLines(addresses, until),
          ...blockLines(report),
        ]}
      />
    </Panel>
  );
}

function before(rate: number | null | undefined): string {
  return rate == null ? "" : `, ${formatRate(rate)} before`;
}

/** Links whose recipients did not ask for them, where there are any: somebody tries numbers that are not theirs. */
function deniedLines({ denied }: InsightsRow, previous: InsightsRow | null | undefined): FigureLine[] {
  if (denied === 0) return [];
  return [
    {
      name: "Links denied",
      definition: METRICS.denied,
      figure: formatCount(denied),
      note: `answered “No, that was not me”${previous ? `, ${formatCount(previous.denied)} before` : ""}`,
    },
  ];
}

/** The address under the highest pressure, where there is one under any. */
function addressLines([highest]: AddressPressure[], until: string): FigureLine[] {
  if (!highest || highest.unverified === 0) return [];
  const { address, value, unverified, verified, hour } = highest;
  return [
    {
      name: "Highest pressure of one address",
      definition: METRICS.pressure,
      figure: Math.max(value, hour.value).toFixed(2),
      note: `above 1 is unusual; ${address}: ${formatCount(unverified)} not confirmed and ${formatCount(verified)} confirmed in 24 h${until}, ${formatCount(hour.unverified)} and ${formatCount(hour.verified)} in the hour`,
    },
  ];
}

function blockLines(report: Blocks | "many" | "too many"): FigureLine[] {
  if (typeof report === "string") return [];
  const { topBlockShare, sequentiality, rows } = report;
  const largest = rows[0];
  return [
    {
      name: "Top-block share",
      definition:
        "Messages of the largest block of 1,000 numbers ÷ attempted. High where one block is pumped.",
      figure: formatRate(topBlockShare),
      note: largest ? `${formatCount(largest.attempted)} to ${formatBlock(largest.block)}` : "no messages",
    },
    {
      name: "Consecutive numbers",
      definition:
        "Numbers with another one right above or below ÷ all numbers. Of people’s hardly any have; where somebody counts through a block, most.",
      figure: formatRate(sequentiality),
      note: "have another one right above or below; of people’s hardly any",
    },
  ];
}

function caption({ recoveryRate }: InsightsRow, { value, hour }: Pressure): string {
  const recovered =
    recoveryRate === null
      ? "Nobody asked for another message."
      : `Asking again lets in ${formatRate(recoveryRate)} of those who do.`;
  return `${recovered} ${Math.max(value, hour.value) > 1 ? "More messages than usual stay unanswered." : "No more messages than usual stay unanswered."}`;
}
