import type { ReactNode } from "react";
import type { ConversionReport, DestinationConversion } from "@/lib/insights/conversion-by-destination";
import type { Rate } from "@/lib/insights/metrics";
import { Flag, flagSheet } from "../ui/flag";
import { countryName, formatCount, formatRate } from "../ui/format";
import { Defined } from "./defined";
import { NAMES, type Definitions } from "./words";

interface DestinationsTableProps {
  report: ConversionReport;
  definitions: Definitions;
}

/** One row per destination, on a phone one card. The roles are said, since browsers drop them from a table that is none to the eye. */
export function DestinationsTable({ report: { rows, totals }, definitions }: DestinationsTableProps) {
  const most = rows[0]?.attempted ?? 0;
  const flags = flagSheet(rows.map(({ country }) => country));
  return (
    <section aria-labelledby="destinations" className="rounded-8 border border-line bg-panel">
      <div className="flex items-baseline gap-2 px-4 pt-4 pb-2">
        <h2 id="destinations" className="font-semibold">
          Destinations
        </h2>
        <p className="text-13 text-ink-soft">{formatCount(rows.length)}, by attempted</p>
      </div>
      <table role="table" aria-labelledby="destinations" className="w-full text-13 max-sm:block">
        <thead role="rowgroup" className="max-sm:hidden">
          <tr role="row" className="border-b border-line text-12 text-ink-soft">
            <Head align="left">Destination</Head>
            <Head>
              <Defined name={NAMES.attempted} definition={definitions.attempted} align="right" />
            </Head>
            <Head>
              <Defined name={NAMES.statusOk} definition={definitions.statusOk} align="right" />
            </Head>
            <Head>
              <Defined name={NAMES.confirmed} definition={definitions.confirmed} align="right" />
            </Head>
            <Head>
              <Defined name="Conversion" definition={definitions.conversion} align="right" />
            </Head>
            <td aria-hidden="true" className="w-2/5 px-4 max-lg:hidden">
              <AxisLabels />
            </td>
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          <Row counts={totals} name={<span className="font-semibold">All destinations</span>} bold />
          {rows.map((row) => (
            <Row key={row.country} counts={row} most={most} name={<CountryName row={row} flags={flags} />} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head({ align = "right", children }: { align?: "left" | "right"; children: ReactNode }) {
  const side = align === "left" ? "text-left" : "text-right";
  return (
    <th role="columnheader" scope="col" className={`px-4 py-2 font-medium ${side}`}>
      {children}
    </th>
  );
}

interface RowProps {
  counts: ConversionReport["totals"];
  name: ReactNode;
  /** The largest destination's attempted, which the bar is measured by; no bar without. */
  most?: number;
  bold?: boolean;
}

function Row({ counts, name, most, bold = false }: RowProps) {
  const { attempted, statusOk, confirmed, conversion } = counts;
  const weight = bold ? "font-semibold" : "";
  return (
    <tr
      role="row"
      className={`border-line not-last:border-b max-sm:grid max-sm:grid-cols-3 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3 sm:hover:bg-wash ${weight}`}
    >
      <th
        role="rowheader"
        scope="row"
        className="py-2 text-left font-medium max-sm:col-span-2 max-sm:p-0 sm:px-4"
      >
        {name}
      </th>
      <Cell className="relative max-sm:order-2 sm:min-w-28" label={NAMES.attempted}>
        {most !== undefined && <Share of={most} count={attempted} />}
        <span className="relative">{formatCount(attempted)}</span>
      </Cell>
      <Cell className="max-sm:order-3" label={NAMES.statusOk}>
        {formatCount(statusOk)}
      </Cell>
      <Cell className="max-sm:order-4" label={NAMES.confirmed}>
        {formatCount(confirmed)}
      </Cell>
      <Cell
        className={`max-sm:order-1 max-sm:text-right max-sm:text-16 ${bold ? "font-semibold" : "font-medium"}`}
        label="Conversion"
        labelShown={false}
      >
        {formatRate(conversion)}
      </Cell>
      <td aria-hidden="true" className="max-lg:hidden">
        <Dot rate={conversion} />
      </td>
    </tr>
  );
}

interface CellProps {
  /** What the figure is, for a card, where no column says so. */
  label: string;
  /** Whether the eye needs it too. */
  labelShown?: boolean;
  className?: string;
  children: ReactNode;
}

function Cell({ label, labelShown = true, className = "", children }: CellProps) {
  return (
    <td role="cell" className={`py-2 max-sm:p-0 sm:px-4 sm:text-right ${className}`}>
      <span className={`sm:hidden ${labelShown ? "block text-12 font-normal text-ink-soft" : "sr-only"}`}>
        {label}
      </span>
      {children}
    </td>
  );
}

interface CountryNameProps {
  row: DestinationConversion;
  /** The file with the flags of all rows. */
  flags: string;
}

function CountryName({ row: { country, refused, unknown }, flags }: CountryNameProps) {
  const notSent = [
    refused && `${formatCount(refused)} refused`,
    unknown && `${formatCount(unknown)} unknown`,
  ];
  return (
    <span className="flex items-center gap-2.5">
      <Flag country={country} sheet={flags} />
      <span>
        {countryName(country)}
        {refused + unknown > 0 && (
          <span className="ml-2 text-12 font-normal text-ink-mute">{notSent.filter(Boolean).join(", ")}</span>
        )}
      </span>
    </span>
  );
}

/** How much of the largest destination this one is, as a bar behind its figure. */
function Share({ count, of }: { count: number; of: number }) {
  if (of === 0) return null;
  return (
    <svg
      aria-hidden="true"
      className="absolute inset-y-1.5 left-2 h-[calc(100%-0.75rem)] w-[calc(100%-0.75rem)] max-sm:hidden"
    >
      <rect width={`${(100 * count) / of}%`} height="100%" rx="2" className="fill-share" />
    </svg>
  );
}

/** A conversion's place on the axis from 0 to 100 % that all rows share. */
function Dot({ rate }: { rate: Rate }) {
  return (
    <svg width="100%" height="36" className="block overflow-visible px-4">
      {[0, 25, 50, 75, 100].map((percent) => (
        <line key={percent} x1={`${percent}%`} x2={`${percent}%`} y1="0" y2="36" className="stroke-line" />
      ))}
      {rate !== null && (
        <>
          <line x1="0" x2={`${rate * 100}%`} y1="18" y2="18" className="stroke-accent/35" strokeWidth="2" />
          <circle cx={`${rate * 100}%`} cy="18" r="4" className="fill-accent" />
        </>
      )}
    </svg>
  );
}

function AxisLabels() {
  return (
    <span className="flex justify-between">
      <span>0</span>
      <span>25</span>
      <span>50</span>
      <span>75</span>
      <span>100 %</span>
    </span>
  );
}
