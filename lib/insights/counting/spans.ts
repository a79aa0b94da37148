/**
 * The spans of time that cells count, and how a range is made of them.
 */
import { DAY, HOUR, QUARTER } from "../../terms/durations";

export type Span = "quarter" | "hour" | "day" | "month";

/** The span whose whole ones make one of this. */
const SHORTER = { month: "day", day: "hour", hour: "quarter" } as const satisfies Partial<Record<Span, Span>>;

/** A stretch of time, half-open, in whole quarter-hours. */
export interface Period {
  from: Date;
  to: Date;
}

/** What lies in any of some periods, as the fewest that do not overlap, ascending. */
export function unionOf(periods: readonly Period[]): Period[] {
  const union: Period[] = [];
  for (const { from, to } of [...periods].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = union.at(-1);
    if (last && from <= last.to)
      union[union.length - 1] = { from: last.from, to: to > last.to ? to : last.to };
    else union.push({ from, to });
  }
  return union;
}

/** A stretch of a range that cells of one span count without rest. */
export interface Piece {
  span: Span;
  from: Date;
  to: Date;
}

/**
 * The fewest pieces a stretch of time is made of: months inside, then days, hours and quarter-hours towards its ends, all in UTC.
 *
 * @param from and `to`: whole quarter-hours
 * @param longest no span longer than this, where what is counted is told apart by time
 */
export function piecesOf(from: Date, to: Date, longest: Span = "month"): Piece[] {
  if (from >= to) return [];
  if (longest === "quarter") return [{ span: longest, from, to }];
  const shorter = SHORTER[longest];
  const inner = { from: ceiling(longest, from), to: floor(longest, to) };
  if (inner.from >= inner.to) return piecesOf(from, to, shorter);
  return [
    ...piecesOf(from, inner.from, shorter),
    { span: longest, ...inner },
    ...piecesOf(inner.to, to, shorter),
  ];
}

/** The start of the span that a moment is in. */
export function floor(span: Span, moment: Date): Date {
  if (span === "month") return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth()));
  const length = { quarter: QUARTER, hour: HOUR, day: DAY }[span];
  return new Date(Math.floor(moment.getTime() / length) * length);
}

/** The first start of a span that is no earlier than a moment. */
export function ceiling(span: Span, moment: Date): Date {
  const start = floor(span, moment);
  if (start.getTime() === moment.getTime()) return start;
  if (span === "month") return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1));
  const length = { quarter: QUARTER, hour: HOUR, day: DAY }[span];
  return new Date(start.getTime() + length);
}
