import type { InsightsRow } from "@/lib/insights/asking/metrics";
import type { Destination } from "@/lib/insights/reports/destinations";
import type { Spark } from "@/lib/insights/reports/sparklines";
import { FINDINGS } from "@/lib/terms/findings";
import { Flag } from "../../ui/flag";
import { PlaceBadge, type StateLine } from "../../ui/place-badge";
import { ABOVE_ROW_LINK, RowLink } from "../../ui/row-link";
import { countryName, formatCount, formatPoints } from "../../ui/format";
import { baselineOf } from "../baseline";
import { Change } from "../change";
import { ConversionPlot } from "../conversion-plot";
import { findingColour, FindingMark } from "../finding-mark";
import { RowMenu } from "../row-menu";
import { RowLine } from "../sparkline";
import { figuresOf } from "./figures";
import { FindingRow, type FindingRowData } from "./finding-row";
import { Row } from "./table";

/** Where a row leads. */
export interface DestinationLinks {
  page: string;
  only: string;
  without: string;
}

export interface DestinationRowData {
  row: Destination;
  spark?: Spark;
  findings: readonly FindingRowData[];
  links: DestinationLinks;
  state: StateLine;
}

interface DestinationRowProps extends DestinationRowData {
  /** The largest destination's attempted, which the share's bar is measured by. */
  most: number;
  /** The file with the flags of all rows. */
  flags: string;
  /** Whether it is folded on a phone. */
  onlyWide: boolean;
}

/** A destination, and each of its open findings as a row of its own beneath it. */
export function DestinationRow(props: DestinationRowProps) {
  const { row, spark, findings, links, state, most, flags, onlyWide } = props;
  const { country, lowSample } = row;
  const name = countryName(country);
  const baseline = baselineOf(row.previous);
  const open = findings.filter(({ finding }) => finding.open);
  return (
    <>
      <Row
        className={`hover:bg-wash ${lowSample ? "text-ink-mute" : ""} ${onlyWide ? "max-sm:hidden" : ""}`}
        cells={{
          ...figuresOf(row, { most }),
          country: { content: <Name row={row} links={links} state={state} flags={flags} /> },
          plot: {
            content: (
              <ConversionPlot
                rate={row.conversion}
                low={row.conversionLow}
                high={row.conversionHigh}
                baseline={baseline}
                lowSample={lowSample}
              />
            ),
          },
          change: {
            content: lowSample ? (
              "–"
            ) : row.previous?.lowSample ? (
              <span className="text-12 text-ink-mute">too few before</span>
            ) : (
              <ChangeOf change={row.change} />
            ),
          },
          line: {
            content: spark && !lowSample && (
              <RowLine
                attempted={spark.attempted}
                confirmed={spark.confirmed}
                baseline={baseline}
                finding={open[0]?.finding}
              />
            ),
          },
          lost: { content: <FindingWord findings={findings} /> },
          menu: {
            content: <RowMenu name={name} only={links.only} without={links.without} />,
          },
        }}
      />
      {open.map((data) => (
        <FindingRow key={data.finding.id} {...data} name={name} />
      ))}
    </>
  );
}

interface NameProps {
  row: Destination;
  links: DestinationLinks;
  state: StateLine;
  flags: string;
}

function Name({ row, links, state, flags }: NameProps) {
  return (
    <>
      <span className="flex items-center gap-2.5">
        <span className={row.lowSample ? "grayscale" : ""}>
          <Flag country={row.country} sheet={flags} />
        </span>
        <RowLink
          href={links.page}
          only={links.only}
          without={links.without}
          className="font-medium decoration-edge underline-offset-4 hover:underline"
        >
          {countryName(row.country)}
        </RowLink>
        {state.is === "open" && <PlaceBadge line={state} className={ABOVE_ROW_LINK} />}
      </span>
      {state.is !== "open" && <PlaceBadge line={state} className={`ml-7.5 font-normal ${ABOVE_ROW_LINK}`} />}
      <NotSent row={row} />
    </>
  );
}

/** A row's change, where there is something to compare with. */
export function ChangeOf({
  change,
}: {
  change: Pick<NonNullable<Destination["change"]>, "conversion" | "beyondNoise"> | null;
}) {
  return (
    <Change
      text={formatPoints(change?.conversion ?? null)}
      difference={change?.conversion ?? null}
      beyondNoise={change?.beyondNoise ?? false}
    />
  );
}

/** Less of it is everyday. */
const NOTABLE_REFUSED_PART = 0.03;

/** Messages that Twilio did not take, where they are many. */
function NotSent({ row: { attempted, refused, unknown } }: { row: InsightsRow }) {
  if (refused + unknown <= NOTABLE_REFUSED_PART * (attempted + refused + unknown)) return null;
  const parts = [refused && `${formatCount(refused)} refused`, unknown && `${formatCount(unknown)} unknown`];
  return (
    <span className="block pl-7.5 text-12 font-normal text-ink-soft">{parts.filter(Boolean).join(", ")}</span>
  );
}

/** The kind of the newest open finding; one that is over is told by a hollow mark. */
function FindingWord({ findings }: { findings: readonly FindingRowData[] }) {
  const shown = findings.find(({ finding }) => finding.open) ?? findings[0];
  if (!shown) return null;
  const { kind, open } = shown.finding;
  const { short, noun } = FINDINGS[kind];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${findingColour(kind, open)}`}>
      <FindingMark kind={kind} open={open} />
      {open ? (
        short
      ) : (
        <>
          Cleared
          <span className="sr-only">: {noun.toLowerCase()} of </span>
          <span className="sr-only">{shown.since}</span>
        </>
      )}
    </span>
  );
}
