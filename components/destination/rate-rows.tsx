"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import Link from "next/link";
import { Fragment } from "react";
import { namesOf } from "@/lib/terms/names";
import { PlotAxis } from "../dashboard/conversion-plot";
import { OrderMark } from "../dashboard/order-mark";
import { lookOf } from "../ui/severity";
import { RATE_ORDERS, rateColumns, type RateColumn, type RateHeads } from "./rate-columns";
import type { RateRow } from "./rate-row";

interface RateRowsProps {
  label: string;
  /** What a row is. */
  head: string;
  rows: readonly RateRow[];
  /** Heads of further figures. */
  more?: string[];
  withChange?: boolean;
  /** Where heads lead that order the rows. */
  heads?: RateHeads;
}

const CARD = "max-sm:flex max-sm:flex-wrap max-sm:items-baseline max-sm:gap-x-3 max-sm:px-4 max-sm:py-3";

/** Dots and whiskers on one common axis, so that whoever is off stands out without reading; on a phone, cards, with its figures above the first. */
export function RateRows({ label, head, rows, more = [], withChange = true, heads }: RateRowsProps) {
  const most = Math.max(1, ...rows.map(({ attempted }) => attempted));
  const columns = rateColumns({ head, more, withChange, most, heads });
  return (
    <>
      {heads && rows.length > 1 && <Orders label={label} heads={heads} />}
      <div aria-hidden="true" className="px-6 sm:hidden">
        <PlotAxis />
      </div>
      <table role="table" aria-label={label} className="w-full text-13 max-sm:block">
        <thead role="rowgroup" className="max-sm:hidden">
          <tr role="row" className="border-b border-line text-12 text-ink-soft">
            {columns.map((column) => (
              <Fragment key={column.name}>{column.head}</Fragment>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {rows.map((row) => (
            <Row key={row.id} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** On a phone, where cards have no heads. */
function Orders({ label, heads }: { label: string; heads: RateHeads }) {
  return (
    <nav
      aria-label={`${label}, order`}
      className="flex flex-wrap items-baseline gap-x-4 px-4 pb-3 text-12 text-ink-soft sm:hidden print:hidden"
    >
      By
      {ORDER_NAMES.map((name) => {
        const { href, direction } = heads[name];
        return (
          <Link
            key={name}
            href={href}
            prefetch={false}
            scroll={false}
            aria-current={direction ? "true" : undefined}
            className="py-1 underline decoration-edge underline-offset-4 aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {RATE_ORDERS[name].words}
            <OrderMark direction={direction} />
          </Link>
        );
      })}
    </nav>
  );
}

const ORDER_NAMES = namesOf(RATE_ORDERS);

/** A row and, under it, that of a finding's time: a range of weeks hides hours. */
function Row({ row, columns }: { row: RateRow; columns: readonly RateColumn[] }) {
  const { since } = row;
  return (
    <>
      <tr role="row" className={`relative border-t border-line first:border-t-0 hover:bg-wash ${CARD}`}>
        {columns.map((column) => (
          <Fragment key={column.name}>{column.cell(row)}</Fragment>
        ))}
      </tr>
      {since && (
        <tr role="row" className={`${lookOf(since).wash} ${CARD}`}>
          {columns.map((column) => (
            <Fragment key={column.name}>{column.since(since)}</Fragment>
          ))}
        </tr>
      )}
    </>
  );
}
