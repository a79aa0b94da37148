import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import type { InsightsRow, Rate } from "@/lib/insights/asking/metrics";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { formatCount, formatPoints, formatRate } from "../ui/format";
import { Change } from "./change";
import { ConversionPlot, PlotAxis, RatesPlot } from "./conversion-plot";
import { Defined } from "./defined";
import { DestinationRow, SumRow, type DestinationRowData } from "./destination-row";
import type { Definitions } from "./words";

/** The columns that rows are ordered by: what the URL calls them, and which order comes first. */
const COLUMNS = {
  country: { name: "Destination", first: "country" },
  attempted: { name: "Attempted", first: "-attempted" },
  conversion: { name: "Conversion", first: "conversion" },
  change: { name: "Change", first: "change" },
  timeToConfirm: { name: "Confirm", first: "-timeToConfirm" },
  spend: { name: "Spend", first: "-spend" },
  lost: { name: "Finding", first: "-lost" },
} as const;
type Column = keyof typeof COLUMNS;

/** As the URL says it; `-` is the greatest first. */
const DEFAULT_SORT = "-attempted";

export interface DestinationsTableProps {
  /** In order; those in `shown` before those folded away. */
  shown: readonly DestinationRowData[];
  /** Without findings and further down: not drawn, since most readers never get there. */
  rest: readonly DestinationRowData[];
  /** The view with those, too; where they are shown, the view without. */
  moreUrl: string;
  lessUrl: string | null;
  lowSamples: readonly DestinationRowData[];
  totals: InsightsRow;
  restTotals: { attempted: number; conversion: Rate } | null;
  /** Of all destinations against the range compared with. */
  change: { conversion: number | null; beyondNoise: boolean; previous: number | null } | null;
  openFindings: number;
  flags: string;
  /** As in the URL. */
  sort: string;
  search: string;
  /** The address with another order. */
  sortUrl: (sort: string | null) => string;
  /** The other parameters of the view, for the search. */
  hidden: readonly [name: string, value: string][];
  clearSearchUrl: string;
  /** The line's range in words: `28 days`. */
  lineName: string;
  definitions: Definitions;
  now: Date;
}

/** The heart of the overview: a row for each destination, all on one axis. */
export function DestinationsTable(props: DestinationsTableProps) {
  const { shown, rest, lowSamples, totals, change, search } = props;
  const found = shown.length + rest.length + lowSamples.length;
  return (
    <div className="text-13">
      <Legend {...props} />
      <Table {...props} withHead>
        {!search && (
          <SumRow
            name="All destinations"
            row={totals}
            plot={
              <ConversionPlot
                rate={totals.conversion}
                low={totals.conversionLow}
                high={totals.conversionHigh}
                baseline={change?.previous ?? null}
                lowSample={totals.lowSample}
              />
            }
            change={
              <Change
                text={formatPoints(change?.conversion ?? null)}
                difference={change?.conversion ?? null}
                beyondNoise={change?.beyondNoise ?? false}
              />
            }
            note={props.openFindings > 0 && `${props.openFindings} open`}
          />
        )}
        <Rows rows={shown} {...props} />
      </Table>
      {rest.length > 0 && <Rest {...props} />}
      {props.lessUrl !== null && (
        <Link href={props.lessUrl} prefetch={false} scroll={false} className={`${FOLD} text-ink-soft`}>
          Show fewer
        </Link>
      )}
      {lowSamples.length > 0 && <LowSamples {...props} />}
      {found === 0 && (
        <p className="border-t border-line px-4 py-6 break-words text-ink-soft">
          No destination here has a name with “{search}”.{" "}
          <Link href={props.clearSearchUrl} prefetch={false} scroll={false} className={LINK}>
            Show all
          </Link>
        </p>
      )}
    </div>
  );
}

const LINK = "rounded-[2px] text-ink underline decoration-edge underline-offset-4 hover:text-accent";

function Rows({ rows, ...props }: DestinationsTableProps & { rows: readonly DestinationRowData[] }) {
  const most = Math.max(0, ...[...props.shown, ...props.rest].map(({ row }) => row.attempted));
  return rows.map((data) => (
    <DestinationRow key={data.row.country} {...data} most={most} flags={props.flags} now={props.now} />
  ));
}

/** Columns have fixed widths, so that the folded tables' stand under the first one's; the axis takes what is left. */
function Table({
  withHead = false,
  children,
  ...props
}: DestinationsTableProps & { withHead?: boolean; children: ReactNode }) {
  return (
    <table
      role="table"
      aria-labelledby="destinations"
      className="w-full table-fixed border-collapse max-lg:block"
    >
      <colgroup className="max-lg:hidden">
        <col className="w-44 xl:w-56" />
        <col className="w-22" />
        <col className="w-21" />
        <col />
        <col className="w-21" />
        <col className="w-18" />
        <col className="w-19" />
        <col className="w-24" />
        <col className="w-22" />
        <col className="w-10" />
      </colgroup>
      {withHead ? <TableHead {...props} /> : <PlainHead />}
      <tbody role="rowgroup" className="max-lg:block">
        {children}
      </tbody>
    </table>
  );
}

function TableHead(props: DestinationsTableProps) {
  return (
    <thead role="rowgroup" className="max-lg:hidden">
      <tr role="row" className="text-12 text-ink-soft">
        <Head column="country" align="left" {...props} />
        <Head column="attempted" {...props} />
        <Head column="conversion" {...props} />
        <td aria-hidden="true" className="px-5 pb-1.5 align-bottom">
          <PlotAxis />
        </td>
        <Head column="change" {...props} />
        <Head column="timeToConfirm" {...props} />
        <Head column="spend" {...props} />
        <td aria-hidden="true" className="px-2 py-1.5 text-right align-bottom font-normal max-lg:hidden">
          {props.lineName}
        </td>
        <Head column="lost" align="left" {...props} />
        <td aria-hidden="true" />
      </tr>
    </thead>
  );
}

/** Of a folded table, whose columns are the first one's to the eye. */
function PlainHead() {
  return (
    <thead role="rowgroup" className="sr-only">
      <tr role="row">
        <PlainHeads columns={["country", "attempted", "conversion"]} />
        <td aria-hidden="true" />
        <PlainHeads columns={["change", "timeToConfirm", "spend"]} />
        <td aria-hidden="true" />
        <PlainHeads columns={["lost"]} />
        <td aria-hidden="true" />
      </tr>
    </thead>
  );
}

function PlainHeads({ columns }: { columns: readonly Column[] }) {
  return columns.map((column) => (
    <th key={column} role="columnheader" scope="col">
      {COLUMNS[column].name}
    </th>
  ));
}

interface HeadProps extends DestinationsTableProps {
  column: Column;
  align?: "left" | "right";
}

/** A column's name orders by it; again, the other way round. */
function Head({ column, align = "right", sort, sortUrl, definitions }: HeadProps) {
  const { name, first } = COLUMNS[column];
  const by = sort.replace("-", "") === column;
  const descending = sort.startsWith("-");
  const reversed = first.startsWith("-") ? first.slice(1) : `-${first}`;
  const next = by && sort === first ? reversed : first;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={by ? (descending ? "descending" : "ascending") : undefined}
      className={`py-1.5 align-bottom font-medium ${column === "country" ? "pl-4" : "px-2"} ${align === "left" ? "text-left" : "text-right"} ${by ? "text-ink" : ""}`}
    >
      <Defined
        name={name}
        definition={definitionOf(column, definitions)}
        align={align}
        href={sortUrl(next === DEFAULT_SORT ? null : next)}
      />
      {by && (
        <svg
          aria-hidden="true"
          viewBox="0 0 8 8"
          width="7"
          height="7"
          className="ml-1 inline fill-current print:hidden"
        >
          <path d={descending ? "M0 1h8L4 7Z" : "M4 1 8 7H0Z"} />
        </svg>
      )}
    </th>
  );
}

function definitionOf(column: Column, definitions: Definitions): string {
  switch (column) {
    case "country":
      return "The country of the number. Its name opens the destination.";
    case "conversion":
      return `${definitions.conversion} Drawn with its 95 % interval, and a tick where it was in the range compared with.`;
    case "lost":
      return `Drops that watching has found. Ordered by lost confirmations: ${definitions.lost}`;
    default:
      return definitions[column];
  }
}

/** What the marks mean, the search, and on phones the order. */
function Legend({ search, hidden, clearSearchUrl, sort }: DestinationsTableProps) {
  const withSort = (names: readonly [string, string][]) =>
    names.map(([name, value], i) => <input key={i} type="hidden" name={name} value={value} />);
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 pb-3">
      <Form
        action="/"
        scroll={false}
        prefetch={false}
        role="search"
        className="flex items-center gap-2 print:hidden"
      >
        {withSort(sort === DEFAULT_SORT ? hidden : [...hidden, ["sort", sort]])}
        <label htmlFor="search" className="sr-only">
          Find a destination
        </label>
        <input
          id="search"
          type="search"
          name="q"
          defaultValue={search}
          key={search}
          placeholder="Find a destination"
          autoComplete="off"
          maxLength={100}
          className="h-8 w-44 rounded-6 border border-edge bg-panel px-2.5 placeholder:text-ink-mute"
        />
        <button type="submit" className="h-8 rounded-6 border border-edge px-3 font-medium hover:bg-wash">
          Find
        </button>
        {search && (
          <Link href={clearSearchUrl} prefetch={false} scroll={false} className={LINK}>
            Show all
          </Link>
        )}
      </Form>
      <Form
        action="/"
        scroll={false}
        prefetch={false}
        className="flex items-center gap-2 lg:hidden print:hidden"
      >
        {withSort(search ? [...hidden, ["q", search]] : hidden)}
        <label htmlFor="sort" className="sr-only">
          Order
        </label>
        <select
          id="sort"
          name="sort"
          defaultValue={sort}
          key={sort}
          className="h-8 rounded-6 border border-edge bg-panel px-2"
        >
          {ORDERS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          {!ORDERS.some(([value]) => value === sort) && <option value={sort}>As in the address</option>}
        </select>
        <button type="submit" className="h-8 rounded-6 border border-edge px-3 font-medium hover:bg-wash">
          Sort
        </button>
      </Form>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-soft lg:ml-auto">
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="26" height="10">
            <line x1="0" x2="26" y1="5" y2="5" strokeWidth="2" className="stroke-accent" />
            <circle cx="13" cy="5" r="3.5" className="fill-accent" />
          </svg>
          conversion, 95&nbsp;% interval
        </li>
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="4" height="14">
            <line x1="2" x2="2" y1="0" y2="14" strokeWidth="1.5" className="stroke-ink" />
          </svg>
          before
        </li>
      </ul>
    </div>
  );
}

const ORDERS = [
  ["-attempted", "Most attempted"],
  ["conversion", "Lowest conversion"],
  ["change", "Largest fall"],
  ["-lost", "Most lost"],
  ["-timeToConfirm", "Slowest"],
  ["-spend", "Most spent"],
  ["country", "Country code"],
] as const;

const FOLD =
  "flex cursor-pointer list-none items-center gap-2 border-t border-line px-4 py-3 hover:bg-wash [&::-webkit-details-marker]:hidden focus-visible:-outline-offset-2";

/** The columns of the tables, the last ones taken together. */
const FOLD_COLUMNS =
  "lg:grid-cols-[11rem_5.5rem_5.25rem_minmax(0,1fr)_28.5rem] xl:grid-cols-[14rem_5.5rem_5.25rem_minmax(0,1fr)_28.5rem]";

/** Open on paper. */
const PRINTED =
  "group print:details-content:[content-visibility:visible] print:details-content:[block-size:auto]";

/** All of them in one row, which leads to each of theirs. */
function Rest({ rest, restTotals, moreUrl }: DestinationsTableProps) {
  const rates = rest.flatMap(({ row }) => (row.conversion === null ? [] : [row.conversion]));
  return (
    <Link
      href={moreUrl}
      prefetch={false}
      scroll={false}
      className={`${FOLD} lg:grid lg:gap-0 lg:px-0 ${FOLD_COLUMNS}`}
    >
      <span className="flex items-center gap-2 lg:pl-4">
        <Chevron />
        <span className="font-medium">Show {formatCount(rest.length)} more</span>
      </span>
      <span className="text-right lg:px-2">
        {formatCount(restTotals?.attempted ?? 0)}
        <span className="text-ink-soft lg:sr-only"> attempted</span>
      </span>
      <span className="text-right whitespace-nowrap lg:px-2">
        {formatRate(restTotals?.conversion ?? null)}
        <span className="sr-only"> converted</span>
      </span>
      <span className="px-5 max-lg:hidden" aria-hidden="true">
        <RatesPlot rates={rates} height={20} />
      </span>
      <span className="text-ink-soft max-lg:sr-only lg:px-2">without open findings</span>
    </Link>
  );
}

/** So few low samples are shown at once. */
const FEW = 6;

function LowSamples(props: DestinationsTableProps) {
  const { lowSamples, shown } = props;
  return (
    <details className={PRINTED} open={lowSamples.length <= FEW || shown.length === 0}>
      <summary className={FOLD}>
        <Chevron />
        <span className="font-medium">
          {formatCount(lowSamples.length)} low sample{lowSamples.length === 1 ? "" : "s"}
        </span>
        <span className="text-ink-soft">
          fewer than {LOW_SAMPLE} settled messages: counted, but not ranked
        </span>
      </summary>
      <Table {...props}>
        <Rows rows={lowSamples} {...props} />
      </Table>
    </details>
  );
}

function Chevron() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="14"
      height="14"
      className="shrink-0 fill-none stroke-ink-soft stroke-2 transition-transform group-open:rotate-180"
    >
      <path d="m4 6 4 4 4-4" />
    </svg>
  );
}
