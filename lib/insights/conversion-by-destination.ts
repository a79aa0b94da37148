/**
 * Conversion per destination: the overview's table.
 */
import { db } from "../db";
import { conversion, type Rate } from "./metrics";

/** Counts of messages by what became of them. */
export interface MessageCounts {
  /** With a SID; the five groups below up to `canceled` sum to it. */
  attempted: number;
  statusOk: number;
  errors: number;
  inFlight: number;
  canceled: number;
  /** Refused by Twilio; not attempted. */
  refused: number;
  /** Without a SID and not refused; not attempted. */
  unknown: number;
  confirmed: number;
  /** Those of `confirmed` that came after expiry. */
  late: number;
}

export interface DestinationConversion extends MessageCounts {
  /** ISO 3166-1 alpha-2. */
  country: string;
  conversion: Rate;
}

export interface ConversionReport {
  /** By attempted, most first; one row per country that has a message in the range. */
  rows: DestinationConversion[];
  totals: MessageCounts & { conversion: Rate };
}

/**
 * Counts messages by destination and status.
 *
 * @param from the first moment of the range; a message belongs to when it was requested
 * @param to the moment the range ends before
 */
export async function conversionByDestination(from: Date, to: Date): Promise<ConversionReport> {
  // One statement for rows and totals: both are of the same moment, so the rows sum to the totals.
  const counted = await db().$queryRaw<(MessageCounts & { country: string | null })[]>`
    select country,
      count(sid)::int as attempted,
      count(sid) filter (where status in ('sent', 'delivered', 'read'))::int as "statusOk",
      count(sid) filter (where status in ('failed', 'undelivered'))::int as errors,
      count(sid) filter (where status in ('accepted', 'scheduled', 'queued', 'sending'))::int as "inFlight",
      count(sid) filter (where status = 'canceled')::int as canceled,
      count(*) filter (where sid is null and refused_at is not null)::int as refused,
      count(*) filter (where sid is null and refused_at is null)::int as unknown,
      count(sid) filter (where confirmed_at is not null)::int as confirmed,
      count(sid) filter (where late)::int as late
    from message
    where requested_at >= ${from}::timestamptz and requested_at < ${to}::timestamptz
    group by grouping sets ((country), ())
    order by attempted desc, country`;
  const totals = counted.find((row) => row.country === null)!;
  const rows = counted.flatMap((row) => (row.country === null ? [] : { ...row, country: row.country }));
  const { country: _, ...totalCounts } = totals;
  return {
    rows: rows.map((row) => ({ ...row, conversion: conversion(row) })),
    totals: { ...totalCounts, conversion: conversion(totalCounts) },
  };
}
