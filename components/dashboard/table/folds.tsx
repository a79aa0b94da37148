/** What the table does not show at once: quiet destinations as a link to all of them, and low samples, folded. */
import Link from "next/link";
import type { ReactNode } from "react";
import type { Rate } from "@/lib/insights/asking/metrics";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { SETTLED } from "@/lib/terms/maturity";
import { formatCount, formatRate } from "../../ui/format";
import { RatesPlot } from "../conversion-plot";
import { FOLD_COLUMNS } from "./columns";
import type { DestinationRowData } from "./destination-row";
import { PlainHead } from "./head";
import { Table } from "./table";

export const FOLD =
  "flex cursor-pointer list-none items-center gap-2 border-t border-line px-4 py-3 hover:bg-wash [&::-webkit-details-marker]:hidden focus-visible:-outline-offset-2";

interface RestProps {
  rows: readonly DestinationRowData[];
  /** What they have together. */
  totals: { attempted: number; conversion: Rate };
  /** The view with each of them. */
  href: string;
}

/** All of them in one row, which leads to each of theirs. */
export function Rest({ rows, totals, href }: RestProps) {
  const rates = rows.flatMap(({ row }) => (row.conversion === null ? [] : [row.conversion]));
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      className={`${FOLD} lg:grid lg:gap-0 lg:px-0 ${FOLD_COLUMNS}`}
    >
      <span className="flex items-center gap-2 lg:pl-4">
        <Chevron />
        <span className="font-medium">Show {formatCount(rows.length)} more</span>
      </span>
      <span className="text-right lg:px-2">
        {formatCount(totals.attempted)}
        <span className="text-ink-soft lg:sr-only"> attempted</span>
      </span>
      <span className="text-right whitespace-nowrap lg:px-2">
        {formatRate(totals.conversion)}
        <span className="sr-only"> converted</span>
      </span>
      <span className="px-5 max-lg:hidden" aria-hidden="true">
        <RatesPlot rates={rates} height={20} />
      </span>
      <span className="text-ink-soft max-lg:sr-only lg:px-2">without open findings</span>
    </Link>
  );
}

/** Open on paper. */
const PRINTED =
  "group print:details-content:[content-visibility:visible] print:details-content:[block-size:auto]";

const MOST_LOW_SAMPLES_UNFOLDED = 6;

interface LowSamplesProps {
  count: number;
  /** Whether there is nothing else to see. */
  alone: boolean;
  /** Their rows. */
  children: ReactNode;
}

export function LowSamples({ count, alone, children }: LowSamplesProps) {
  return (
    <details className={PRINTED} open={count <= MOST_LOW_SAMPLES_UNFOLDED || alone}>
      <summary className={FOLD}>
        <Chevron />
        <span className="font-medium">
          {formatCount(count)} low sample{count === 1 ? "" : "s"}
        </span>
        <span className="text-ink-soft">{`fewer than ${LOW_SAMPLE} ${SETTLED} messages: counted, but not ranked`}</span>
      </summary>
      <Table head={<PlainHead />}>{children}</Table>
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
