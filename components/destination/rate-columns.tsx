/** The columns of networks and blocks: of each its head, its cell, and its cell in the row of a finding's time. */
import Link from "next/link";
import type { ReactNode } from "react";
import { Change } from "../dashboard/change";
import { ConversionPlot, PlotAxis } from "../dashboard/conversion-plot";
import { FindingMark } from "../dashboard/finding-mark";
import type { Direction } from "../dashboard/order";
import { OrderMark } from "../dashboard/order-mark";
import { RowMenu } from "../dashboard/row-menu";
import { PlaceAction } from "../protection/place-action";
import { formatCount, formatInterval, formatPoints, formatRate } from "../ui/format";
import { PlaceBadge } from "../ui/place-badge";
import { ABOVE_ROW_LINK, RowLink } from "../ui/row-link";
import type { RateRow, SinceRow } from "./rate-row";

export interface RateColumn {
  name: string;
  head: ReactNode;
  cell: (row: RateRow) => ReactNode;
  since: (row: SinceRow) => ReactNode;
}

export interface RateColumnsOptions {
  /** What a row is. */
  head: string;
  /** Heads of further figures. */
  more: readonly string[];
  withChange: boolean;
  /** The largest row's attempted, which the bars are measured by. */
  most: number;
  /** What each head that orders leads to; without it none does. */
  heads?: RateHeads | undefined;
}

/** Columns that a table can be ordered by, with the order that is asked for first, as the URL calls it. */
export const RATE_ORDERS = {
  attempted: { first: "-attempted", words: "Most attempted" },
  conversion: { first: "conversion", words: "Lowest conversion" },
  change: { first: "change", words: "Largest fall" },
  name: { first: "network", words: "Name" },
} as const;

export type RateOrderName = keyof typeof RATE_ORDERS;

/** Where each leads, and which way the table is ordered by it. */
export type RateHeads = Record<RateOrderName, { href: string; direction: Direction }>;

export function rateColumns({ head, more, withChange, most, heads }: RateColumnsOptions): RateColumn[] {
  return [
    nameColumn(head, heads?.name),
    attemptedColumn(most, heads?.attempted),
    PLOT,
    conversionColumn(heads?.conversion),
    INTERVAL,
    ...(withChange ? [changeColumn(heads?.change)] : []),
    ...more.map(figureColumn),
    MENU,
  ];
}

const CELL = "py-2 pl-4 text-right align-middle max-lg:pl-3";

/** On a phone a row is a card: the name and its rate, the plot under both, then the other figures in words. */
const CARD_NAME = "max-sm:min-w-3/5 max-sm:flex-1 max-sm:p-0";
const CARD_RATE = "max-sm:order-1 max-sm:p-0";
const CARD_CELL = "max-sm:p-0 max-sm:text-left";

type Order = RateHeads[RateOrderName] | undefined;

interface HeadProps {
  className?: string;
  order?: Order;
  children: ReactNode;
}

/** Of a column that orders, a link: again, the other way round. */
function Head({ className = "py-2 pl-4 text-right max-lg:pl-3", order, children }: HeadProps) {
  const direction = order?.direction;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={direction}
      className={`font-medium whitespace-nowrap ${direction ? "text-ink" : ""} ${className}`}
    >
      {order ? (
        <Link href={order.href} prefetch={false} scroll={false} className={ORDERING}>
          {children}
        </Link>
      ) : (
        children
      )}
      <OrderMark direction={direction} />
    </th>
  );
}

const ORDERING = "rounded-[2px] underline decoration-edge underline-offset-4 hover:decoration-current";

function nameColumn(head: string, order: Order): RateColumn {
  return {
    name: "name",
    head: (
      <Head order={order} className="py-2 pl-4 text-left">
        {head}
      </Head>
    ),
    cell: ({ name, href, action, only, without, state }) => (
      <th role="rowheader" scope="row" className={`py-2 pl-4 text-left font-medium ${CARD_NAME}`}>
        <RowLink
          href={href}
          only={only}
          without={without}
          scroll={false}
          className="underline decoration-line underline-offset-4 hover:text-accent hover:decoration-current"
        >
          {name}
          <span className="sr-only">: {action}</span>
        </RowLink>
        {state && <PlaceBadge line={state} className={`ml-2 ${ABOVE_ROW_LINK}`} />}
      </th>
    ),
    since: ({ kind, open, words }) => (
      <th role="rowheader" scope="row" className={`py-1 pl-4 text-left font-normal ${CARD_NAME}`}>
        <span className="inline-flex items-center gap-1.5 sm:pl-3">
          <FindingMark kind={kind} open={open} />
          {words}
        </span>
      </th>
    ),
  };
}

function attemptedColumn(most: number, order: Order): RateColumn {
  const onCard = <span className="text-ink-soft sm:hidden"> attempted</span>;
  return {
    name: "attempted",
    head: <Head order={order}>Attempted</Head>,
    cell: ({ attempted }) => (
      <td role="cell" className={`relative ${CELL} max-sm:order-3 ${CARD_CELL}`}>
        <Share part={attempted / most} />
        <span className="relative">{formatCount(attempted)}</span>
        {onCard}
      </td>
    ),
    since: ({ attempted }) => (
      <td role="cell" className={`${CELL} py-1 max-sm:order-3 ${CARD_CELL}`}>
        {formatCount(attempted)}
        {onCard}
      </td>
    ),
  };
}

/** How large its part is, behind its figure. */
function Share({ part }: { part: number }) {
  return (
    <svg
      aria-hidden="true"
      className="absolute inset-y-2 right-0 left-4 h-5 w-[calc(100%-1rem)] max-sm:hidden"
    >
      <rect width={`${Math.round(part * 1000) / 10}%`} height="20" className="fill-share" />
    </svg>
  );
}

const PLOT_CELL = "px-8 max-lg:px-4 sm:h-px max-sm:order-2 max-sm:block max-sm:basis-full max-sm:px-2";

const PLOT: RateColumn = {
  name: "plot",
  head: (
    <td aria-hidden="true" className="w-[36%] px-8 pb-2 align-bottom max-lg:w-[28%] max-lg:px-4">
      <PlotAxis />
    </td>
  ),
  cell: ({ rate, low, high, baseline, lowSample }) => (
    <td aria-hidden="true" className={PLOT_CELL}>
      <ConversionPlot rate={rate} low={low} high={high} baseline={baseline} lowSample={lowSample} />
    </td>
  ),
  since: ({ kind, open, rate, low, high, baseline, lowSample }) => (
    <td aria-hidden="true" className={PLOT_CELL}>
      <ConversionPlot
        rate={rate}
        low={low}
        high={high}
        baseline={baseline}
        lowSample={lowSample}
        finding={{ kind, open }}
      />
    </td>
  ),
};

function conversionColumn(order: Order): RateColumn {
  return {
    name: "conversion",
    head: <Head order={order}>Conversion</Head>,
    cell: ({ rate, lowSample, matureAttempted, matureConfirmed }) => (
      <td role="cell" className={`${CELL} font-medium whitespace-nowrap ${CARD_RATE}`}>
        {lowSample ? (
          <span className="font-normal text-ink-mute">
            {formatCount(matureConfirmed)} of {formatCount(matureAttempted)}
          </span>
        ) : (
          formatRate(rate)
        )}
      </td>
    ),
    since: ({ rate }) => (
      <td role="cell" className={`${CELL} py-1 font-medium whitespace-nowrap ${CARD_RATE}`}>
        {formatRate(rate)}
      </td>
    ),
  };
}

const INTERVAL: RateColumn = {
  name: "interval",
  head: <Head className="py-2 pl-4 text-right max-lg:hidden">95&nbsp;% interval</Head>,
  cell: ({ low, high, lowSample }) => (
    <td role="cell" className={`${CELL} whitespace-nowrap text-ink-soft max-lg:hidden`}>
      {lowSample ? "low sample" : formatInterval(low, high)}
    </td>
  ),
  since: ({ low, high }) => (
    <td role="cell" className={`${CELL} py-1 whitespace-nowrap text-ink-soft max-lg:hidden`}>
      {formatInterval(low, high)}
    </td>
  ),
};

function changeColumn(order: Order): RateColumn {
  return {
    name: "change",
    head: <Head order={order}>Change</Head>,
    cell: (row) => (
      <td role="cell" className={`${CELL} max-sm:order-4 ${CARD_CELL}`}>
        <Changed {...row} />
      </td>
    ),
    since: (row) => (
      <td role="cell" className={`${CELL} py-1 max-sm:order-4 ${CARD_CELL}`}>
        <Changed {...row} />
      </td>
    ),
  };
}

function Changed({ change, lowSample }: Pick<RateRow, "change" | "lowSample">) {
  const difference = lowSample ? null : (change?.conversion ?? null);
  return (
    <Change
      text={formatPoints(difference)}
      difference={difference}
      beyondNoise={change?.beyondNoise ?? false}
    />
  );
}

/** A further figure, which a finding's row has not. */
function figureColumn(name: string, index: number): RateColumn {
  return {
    name,
    head: <Head>{name}</Head>,
    cell: ({ more }) => (
      <td role="cell" className={`${CELL} whitespace-nowrap max-sm:order-5 ${CARD_CELL}`}>
        {more?.[index]}
        <span className="text-ink-soft sm:hidden"> {name.toLowerCase()}</span>
      </td>
    ),
    since: () => <td className="max-sm:hidden" />,
  };
}

const MENU: RateColumn = {
  name: "menu",
  head: <td className="w-12" />,
  cell: ({ title, only, without, act }) => (
    <td role="cell" className={`pr-3 max-sm:order-6 max-sm:ml-auto max-sm:pr-0 ${ABOVE_ROW_LINK}`}>
      <div className="flex items-center justify-end gap-1 sm:pl-3">
        {act && <PlaceAction {...act} side="right" />}
        <RowMenu name={title} only={only} without={without} />
      </div>
    </td>
  ),
  since: () => <td className="max-sm:hidden" />,
};
