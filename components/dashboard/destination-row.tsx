import Link from "next/link";
import type { ReactNode } from "react";
import type { Destination } from "@/lib/insights/reports/destinations";
import type { Finding } from "@/lib/insights/reports/findings";
import type { InsightsRow } from "@/lib/insights/asking/metrics";
import type { Spark } from "@/lib/insights/reports/sparklines";
import { Flag } from "../ui/flag";
import {
  countryName,
  formatCount,
  formatDuration,
  formatMoney,
  formatPoints,
  formatRate,
} from "../ui/format";
import { Change } from "./change";
import { ConversionPlot } from "./conversion-plot";
import { findingColour, FindingMark } from "./finding-mark";
import { FINDINGS } from "@/lib/terms/findings";
import { RowMenu } from "./row-menu";
import { RowLine } from "./sparkline";

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
}

export interface FindingRowData {
  finding: Finding;
  /** `14:15 yesterday` */
  since: string;
  /** The destination, from then on. */
  href: string;
}

/** On phones a card: name, finding and menu, the plot, four figures. */
const CARD =
  "max-lg:grid max-lg:grid-cols-[repeat(4,minmax(0,1fr))] max-lg:items-center max-lg:gap-x-2 max-lg:gap-y-1 max-lg:px-4 max-lg:py-2.5";

const ROW = `border-t border-line print:break-inside-avoid ${CARD}`;

interface DestinationRowProps extends DestinationRowData {
  /** The largest destination's attempted, which the share's bar is measured by. */
  most: number;
  /** The file with the flags of all rows. */
  flags: string;
  now: Date;
}

/** A destination, and each of its open findings as a row of its own beneath it. */
export function DestinationRow({ row, spark, findings, links, most, flags }: DestinationRowProps) {
  const { country, lowSample, previous, change } = row;
  const name = countryName(country);
  const open = findings.filter(({ finding }) => finding.open);
  return (
    <>
      <tr role="row" className={`${ROW} hover:bg-wash ${lowSample ? "text-ink-mute" : ""}`}>
        <th role="rowheader" scope="row" className={NAME}>
          <span className="flex items-center gap-2.5">
            <span className={lowSample ? "grayscale" : ""}>
              <Flag country={country} sheet={flags} />
            </span>
            <Link
              href={links.page}
              prefetch={false}
              className="rounded-[2px] font-medium decoration-edge underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          </span>
          <NotSent row={row} />
        </th>
        <Figures row={row} most={most} />
        <td aria-hidden="true" className={PLOT}>
          <ConversionPlot
            rate={row.conversion}
            low={row.conversionLow}
            high={row.conversionHigh}
            baseline={previous?.conversion ?? null}
            lowSample={lowSample}
          />
        </td>
        <Cell label="Change" className={CHANGE}>
          {lowSample ? (
            "–"
          ) : (
            <Change
              text={formatPoints(change?.conversion ?? null)}
              difference={change?.conversion ?? null}
              beyondNoise={change?.beyondNoise ?? false}
            />
          )}
        </Cell>
        <TimeAndSpend row={row} />
        <td aria-hidden="true" className={LINE}>
          {spark && !lowSample && (
            <RowLine
              attempted={spark.attempted}
              confirmed={spark.confirmed}
              baseline={previous?.conversion ?? null}
              failing={open.length > 0}
            />
          )}
        </td>
        <td role="cell" className={FINDING}>
          <FindingWord findings={findings} />
        </td>
        <td role="cell" className={MENU}>
          <RowMenu
            name={name}
            items={[
              { label: "Only this destination", href: links.only },
              { label: "Leave out", href: links.without },
            ]}
          />
        </td>
      </tr>
      {open.map((data) => (
        <FindingRow key={data.finding.id} {...data} name={name} />
      ))}
    </>
  );
}

/** A finding since it began: exact at any range, where a month hides an outage of a day. */
function FindingRow({ finding, since, href, name }: FindingRowData & { name: string }) {
  const { kind, during, before } = finding;
  const colour = findingColour(kind, true);
  const { short } = FINDINGS[kind];
  const fall =
    during.conversion === null || before.conversion === null ? null : during.conversion - before.conversion;
  return (
    <tr role="row" className={`${ROW} ${FINDINGS[kind].severity === "watch" ? "bg-watch/6" : "bg-bad/6"}`}>
      <th role="rowheader" scope="row" className={`${NAME} font-normal`}>
        <span className="flex items-center gap-2 pl-7.5 max-lg:pl-0">
          <FindingMark kind={kind} open />
          <Link
            href={href}
            prefetch={false}
            className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
          >
            since {since}
            <span className="sr-only">
              : {short.toLowerCase()} in {name}
            </span>
          </Link>
        </span>
      </th>
      <Figures row={during} className={colour} />
      <td aria-hidden="true" className={PLOT}>
        <ConversionPlot
          rate={during.conversion}
          low={during.conversionLow}
          high={during.conversionHigh}
          baseline={before.conversion}
          finding={kind}
        />
      </td>
      <Cell label="Change" className={CHANGE}>
        <Change text={formatPoints(fall)} difference={fall} beyondNoise />
      </Cell>
      <TimeAndSpend row={during} />
      <td aria-hidden="true" className={LINE} />
      <td role="cell" className={`${FINDING} text-ink-soft max-lg:hidden`}>
        <span className="whitespace-nowrap">open</span>
      </td>
      <td aria-hidden="true" className={MENU} />
    </tr>
  );
}

interface SumRowProps {
  name: ReactNode;
  row: InsightsRow;
  plot: ReactNode;
  change: ReactNode;
  note?: ReactNode;
}

/** Many destinations in one row. */
export function SumRow({ name, row, plot, change, note }: SumRowProps) {
  return (
    <tr role="row" className={`${ROW} font-semibold`}>
      <th role="rowheader" scope="row" className={NAME}>
        {name}
      </th>
      <Figures row={row} />
      <td aria-hidden="true" className={PLOT}>
        {plot}
      </td>
      <Cell label="Change" className={CHANGE}>
        {change}
      </Cell>
      <TimeAndSpend row={row} />
      <td aria-hidden="true" className={LINE} />
      <td role="cell" className={`${FINDING} font-normal text-ink-soft`}>
        {note}
      </td>
      <td aria-hidden="true" className={MENU} />
    </tr>
  );
}

/** Each cell's place: a column, or a part of a card. */
const NAME =
  "py-2 pl-4 pr-2 text-left font-medium max-lg:col-span-2 max-lg:col-start-1 max-lg:row-start-1 max-lg:p-0";
const FINDING = "px-2 py-1 text-left max-lg:col-start-3 max-lg:row-start-1 max-lg:p-0 max-lg:text-right";
const CONVERSION =
  "max-lg:col-start-4 max-lg:row-start-1 max-lg:text-right max-lg:text-16 max-lg:font-medium";
const PLOT = "px-5 py-0 max-lg:col-span-4 max-lg:col-start-1 max-lg:row-start-2 max-lg:pr-12 max-lg:pl-2";
const MENU =
  "relative w-10 pr-2 max-lg:col-start-4 max-lg:row-start-2 max-lg:w-auto max-lg:justify-self-end max-lg:pr-0";
const ATTEMPTED = "relative max-lg:col-start-1 max-lg:row-start-3";
const CHANGE = "max-lg:col-start-2 max-lg:row-start-3";
const CONFIRM = "whitespace-nowrap max-lg:col-start-3 max-lg:row-start-3";
const SPEND = "whitespace-nowrap max-lg:col-start-4 max-lg:row-start-3";
const LINE = "px-2 max-lg:hidden";

interface CellProps {
  /** What the figure is, on a card, where no column says so. */
  label: string;
  /** Whether the eye needs it too. */
  labelShown?: boolean;
  className?: string;
  children: ReactNode;
}

function Cell({ label, labelShown = true, className = "", children }: CellProps) {
  return (
    <td role="cell" className={`px-2 py-2 text-right max-lg:p-0 max-lg:text-left ${className}`}>
      <span className={`lg:hidden ${labelShown ? "block text-12 font-normal text-ink-soft" : "sr-only"}`}>
        {label}
      </span>
      {children}
    </td>
  );
}

interface FiguresProps {
  row: InsightsRow;
  most?: number;
  className?: string;
}

function Figures({ row, most, className = "" }: FiguresProps) {
  const { attempted, lowSample, mature } = row;
  return (
    <>
      <Cell label="Attempted" className={ATTEMPTED}>
        {most !== undefined && <Share of={most} count={attempted} />}
        <span className="relative">{formatCount(attempted)}</span>
      </Cell>
      <Cell label="Conversion" labelShown={false} className={`whitespace-nowrap ${CONVERSION} ${className}`}>
        {lowSample
          ? `${formatCount(mature.confirmed)} of ${formatCount(mature.attempted)}`
          : formatRate(row.conversion)}
      </Cell>
    </>
  );
}

function TimeAndSpend({ row }: { row: InsightsRow }) {
  const [spend] = row.spend;
  return (
    <>
      <Cell label="Confirm" className={CONFIRM}>
        {formatDuration(row.timeToConfirm?.p50 ?? null)}
      </Cell>
      <Cell label="Spend" className={SPEND}>
        {spend ? formatMoney(spend.amount, spend.currency) : "–"}
      </Cell>
    </>
  );
}

/** How much of the largest destination this one is, as a bar behind its figure. */
function Share({ count, of }: { count: number; of: number }) {
  if (of === 0) return null;
  return (
    <svg aria-hidden="true" className="absolute inset-y-2 left-0 h-[calc(100%-1rem)] w-full max-lg:hidden">
      <rect width={`${((100 * count) / of).toFixed(2)}%`} height="100%" rx="2" className="fill-share" />
    </svg>
  );
}

/** Less of it is everyday. */
const NOTABLE_REFUSED = 0.03;

/** Messages that Twilio did not take, where they are many. */
function NotSent({ row: { attempted, refused, unknown } }: { row: InsightsRow }) {
  if (refused + unknown <= NOTABLE_REFUSED * (attempted + refused + unknown)) return null;
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
