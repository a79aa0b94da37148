import Link from "next/link";
import type { InsightsRow, Rate } from "@/lib/insights/asking/metrics";
import { ConversionPlot } from "../conversion-plot";
import type { Definitions } from "../words";
import { ChangeOf, DestinationRow, type DestinationRowData } from "./destination-row";
import { figuresOf } from "./figures";
import { FOLD, LowSamples, Rest } from "./folds";
import { TableHead } from "./head";
import { Legend, LINK, type Search } from "./legend";
import { Row, Table } from "./table";

interface DestinationsTableProps {
  rows: DestinationGroups;
  all: Totals;
  search: Search;
  order: {
    /** As in the URL. */
    sort: string;
    /** The address with another order. */
    sortUrl: (sort: string | null) => string;
  };
  flags: string;
  /** The line's range in words: `28 days`. */
  lineName: string;
  definitions: Definitions;
}

/** Each in its order. */
export interface DestinationGroups {
  shown: readonly DestinationRowData[];
  /** Those of them that are folded on a phone. */
  onlyWide: readonly DestinationRowData[];
  /** Without findings and further down: not drawn, since most readers never get there. */
  rest: Folded;
  /** The same on a phone. */
  restOfCards: Folded;
  /** The view with those, too; where they are shown, the view without. */
  moreUrl: string;
  lessUrl: string | null;
  lowSamples: readonly DestinationRowData[];
}

interface Folded {
  rows: readonly DestinationRowData[];
  totals: { attempted: number; conversion: Rate };
}

/** All destinations together. */
interface Totals {
  row: InsightsRow;
  /** Against the range compared with. */
  change: { conversion: number | null; beyondNoise: boolean } | null;
  baseline: Rate;
  openFindings: number;
}

/** The heart of the overview: a row for each destination, all on one axis. */
export function DestinationsTable(props: DestinationsTableProps) {
  const { rows, all, search, order, flags, lineName, definitions } = props;
  const { shown, onlyWide, rest, restOfCards, moreUrl, lessUrl, lowSamples } = rows;
  const most = Math.max(0, ...[...shown, ...rest.rows].map(({ row }) => row.attempted));
  const rowsOf = (group: readonly DestinationRowData[]) =>
    group.map((data) => (
      <DestinationRow
        key={data.row.country}
        {...data}
        most={most}
        flags={flags}
        onlyWide={onlyWide.includes(data)}
      />
    ));
  return (
    <div className="text-13">
      <Legend search={search} sort={order.sort} />
      <Table head={<TableHead {...order} lineName={lineName} definitions={definitions} />}>
        {!search.text && <AllRow {...all} />}
        {rowsOf(shown)}
      </Table>
      <div className="max-sm:hidden">{rest.rows.length > 0 && <Rest {...rest} href={moreUrl} />}</div>
      <div className="sm:hidden">
        {restOfCards.rows.length > 0 && <Rest {...restOfCards} href={moreUrl} />}
      </div>
      {lessUrl !== null && (
        <Link href={lessUrl} prefetch={false} scroll={false} className={`${FOLD} text-ink-soft`}>
          Show fewer
        </Link>
      )}
      {lowSamples.length > 0 && (
        <LowSamples count={lowSamples.length} alone={shown.length === 0}>
          {rowsOf(lowSamples)}
        </LowSamples>
      )}
      {shown.length + rest.rows.length + lowSamples.length === 0 && (
        <p className="border-t border-line px-4 py-6 break-words text-ink-soft">
          No destination here has a name with “{search.text}”.{" "}
          <Link href={search.clearUrl} prefetch={false} scroll={false} className={LINK}>
            Show all
          </Link>
        </p>
      )}
    </div>
  );
}

function AllRow({ row, change, baseline, openFindings }: Totals) {
  return (
    <Row
      className="font-semibold"
      cells={{
        ...figuresOf(row),
        country: { content: "All destinations" },
        plot: {
          content: (
            <ConversionPlot
              rate={row.conversion}
              low={row.conversionLow}
              high={row.conversionHigh}
              baseline={baseline}
              lowSample={row.lowSample}
            />
          ),
        },
        change: { content: row.lowSample ? "–" : <ChangeOf change={change} /> },
        lost: {
          className: "font-normal text-ink-soft",
          content: openFindings > 0 && `${openFindings} open`,
        },
      }}
    />
  );
}
