"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import Link from "next/link";
import type { ReactNode } from "react";
import type { FindingKind } from "@/lib/terms/findings";
import type { Rate } from "@/lib/insights/asking/metrics";
import { Change } from "../dashboard/change";
import { ConversionPlot, PlotAxis } from "../dashboard/conversion-plot";
import { FindingMark } from "../dashboard/finding-mark";
import { formatCount, formatInterval, formatPoints, formatRate } from "../ui/format";
import { lookOf } from "../ui/severity";

/** What a row says of a part of a destination: a network or a block of numbers. */
export interface RateRow {
  id: string;
  name: ReactNode;
  /** Where its name leads. */
  href: string;
  /** What that does, for whoever does not see the table: `Only Telkomsel`. */
  action: string;
  attempted: number;
  matureConfirmed: number;
  /** How many messages its rate is of. */
  matureAttempted: number;
  rate: Rate;
  low: Rate;
  high: Rate;
  lowSample: boolean;
  /** The same in the range compared with. */
  baseline: Rate;
  change: { conversion: Rate; beyondNoise: boolean } | null;
  /** Other figures, in the order of the heads. */
  more?: ReactNode[];
  /** The same since a finding began, where that is unlike before. */
  since?: SinceRow;
}

export interface SinceRow extends Pick<
  RateRow,
  "attempted" | "rate" | "low" | "high" | "baseline" | "change" | "lowSample"
> {
  kind: FindingKind;
  /** Whether it lasts. */
  open: boolean;
  words: string;
}

interface RateRowsProps {
  label: string;
  /** What a row is. */
  head: string;
  rows: readonly RateRow[];
  /** Heads of further figures. */
  more?: string[];
  withChange?: boolean;
}

const CELL = "py-2 pl-4 text-right align-middle max-lg:pl-3";

/** Dots and whiskers on one common axis, so that whoever is off stands out without reading; on a phone, cards. */
export function RateRows({ label, head, rows, more = [], withChange = true }: RateRowsProps) {
  const most = Math.max(1, ...rows.map(({ attempted }) => attempted));
  return (
    <table role="table" aria-label={label} className="w-full text-13 max-sm:block">
      <thead role="rowgroup" className="max-sm:hidden">
        <tr role="row" className="border-b border-line text-12 text-ink-soft">
          <th role="columnheader" scope="col" className="py-2 pl-4 text-left font-medium">
            {head}
          </th>
          <Head>Attempted</Head>
          <td aria-hidden="true" className="w-[36%] px-8 align-bottom max-lg:w-[28%] max-md:hidden">
            <PlotAxis />
          </td>
          <Head>Conversion</Head>
          <Head className="max-lg:hidden">95&nbsp;% interval</Head>
          {withChange && <Head>Change</Head>}
          {more.map((name) => (
            <Head key={name}>{name}</Head>
          ))}
          <td className="w-4" />
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <Rows key={row.id} row={row} most={most} more={more} withChange={withChange} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ className = "", children }: { className?: string; children: ReactNode }) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={`py-2 pl-4 text-right font-medium max-lg:pl-3 ${className}`}
    >
      {children}
    </th>
  );
}

/** On a phone: the name and its rate, the plot under both, then the other figures in words. */
const CARD = "max-sm:flex max-sm:flex-wrap max-sm:items-baseline max-sm:gap-x-3 max-sm:px-4 max-sm:py-3";
const CARD_NAME = "max-sm:min-w-3/5 max-sm:flex-1 max-sm:p-0";
const CARD_RATE = "max-sm:order-1 max-sm:p-0";
const CARD_CELL = "max-sm:p-0 max-sm:text-left";

interface RowsProps {
  row: RateRow;
  most: number;
  more: string[];
  withChange: boolean;
}

function Rows({ row, most, more, withChange }: RowsProps) {
  const { name, href, action, attempted, matureConfirmed, matureAttempted, lowSample, since } = row;
  return (
    <>
      <tr role="row" className={`border-t border-line first:border-t-0 hover:bg-wash ${CARD}`}>
        <th role="rowheader" scope="row" className={`py-2 pl-4 text-left font-medium ${CARD_NAME}`}>
          <Link
            href={href}
            prefetch={false}
            scroll={false}
            className="rounded-[2px] underline decoration-line underline-offset-4 hover:text-accent hover:decoration-current"
          >
            {name}
            <span className="sr-only">: {action}</span>
          </Link>
        </th>
        <td role="cell" className={`relative ${CELL} max-sm:order-3 ${CARD_CELL}`}>
          <Share part={attempted / most} />
          <span className="relative">{formatCount(attempted)}</span>
          <span className="text-ink-soft sm:hidden"> attempted</span>
        </td>
        <td
          aria-hidden="true"
          className="px-8 max-md:hidden max-sm:order-2 max-sm:block max-sm:basis-full max-sm:px-2"
        >
          <ConversionPlot {...row} />
        </td>
        <td role="cell" className={`${CELL} font-medium whitespace-nowrap ${CARD_RATE}`}>
          {lowSample ? (
            <span className="font-normal text-ink-mute">
              {formatCount(matureConfirmed)} of {formatCount(matureAttempted)}
            </span>
          ) : (
            formatRate(row.rate)
          )}
        </td>
        <td role="cell" className={`${CELL} whitespace-nowrap text-ink-soft max-lg:hidden`}>
          {lowSample ? "low sample" : formatInterval(row.low, row.high)}
        </td>
        {withChange && (
          <td role="cell" className={`${CELL} max-sm:order-4 ${CARD_CELL}`}>
            <Changed {...row} />
          </td>
        )}
        {(row.more ?? []).map((figure, i) => (
          <td key={more[i]} role="cell" className={`${CELL} whitespace-nowrap max-sm:order-5 ${CARD_CELL}`}>
            {figure}
            <span className="text-ink-soft sm:hidden"> {more[i]?.toLowerCase()}</span>
          </td>
        ))}
        <td className="max-sm:hidden" />
      </tr>
      {since && <Since row={since} more={more} withChange={withChange} />}
    </>
  );
}

/** A finding's row, under its own: a range of weeks hides hours. */
function Since({ row, more, withChange }: { row: SinceRow; more: string[]; withChange: boolean }) {
  const { kind, open, words, attempted, rate, low, high } = row;
  return (
    <tr role="row" className={`${lookOf(kind).wash} ${CARD}`}>
      <th role="rowheader" scope="row" className={`py-1 pl-4 text-left font-normal ${CARD_NAME}`}>
        <span className="inline-flex items-center gap-1.5 sm:pl-3">
          <FindingMark kind={kind} open={open} />
          {words}
        </span>
      </th>
      <td role="cell" className={`${CELL} py-1 max-sm:order-3 ${CARD_CELL}`}>
        {formatCount(attempted)}
        <span className="text-ink-soft sm:hidden"> attempted</span>
      </td>
      <td aria-hidden="true" className="px-8 max-md:hidden">
        <ConversionPlot {...row} finding={kind} height={32} />
      </td>
      <td role="cell" className={`${CELL} py-1 font-medium whitespace-nowrap ${CARD_RATE}`}>
        {formatRate(rate)}
      </td>
      <td role="cell" className={`${CELL} py-1 whitespace-nowrap text-ink-soft max-lg:hidden`}>
        {formatInterval(low, high)}
      </td>
      {withChange && (
        <td role="cell" className={`${CELL} py-1 max-sm:order-4 ${CARD_CELL}`}>
          <Changed {...row} />
        </td>
      )}
      {more.map((name) => (
        <td key={name} className="max-sm:hidden" />
      ))}
      <td className="max-sm:hidden" />
    </tr>
  );
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
