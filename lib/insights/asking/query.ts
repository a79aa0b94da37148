/**
 * The query language of reports: from parameters, as a URL has them, to what is asked.
 */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { now } from "../../clock";
import {
  DIMENSION_NAMES,
  isFlag,
  type DimensionTerms,
  type FlagName,
  type ValueName,
} from "../../terms/dimensions";
import { DAY, HOUR } from "../../terms/durations";
import { MAX_RANGE_DAYS } from "../../terms/limits";
import { DEFAULT_RANGE, RANGES, type Compare, type RangeName } from "../../terms/ranges";
import type { Filters } from "./filters";
import { DATE, filterParameters, formatParameter, rangeParameters } from "./parameters";
import { roundOutward } from "./range";
import type { ReportQuery } from "./report";

/** What the parameters say, one by one. */
type RawQuery = z.output<z.ZodObject<typeof rangeParameters>> & {
  [Parameter in ValueName | `${ValueName}!`]?: string[];
} & { [Flag in FlagName]?: boolean } & { compare?: Compare };

/** A query as the reports take it, and what its range is called. */
export interface NamedQuery extends ReportQuery {
  /** Null of a range with ends of its own. */
  rangeName: RangeName | null;
}

/** A query as the reports take it: the range rounded outward to quarter-hours, filters by dimension. */
function toReportQuery(raw: RawQuery, context: z.RefinementCtx): NamedQuery {
  const refuse = (path: string, message: string) => {
    context.addIssue({ code: "custom", path: [path], message });
    return z.NEVER;
  };
  if (raw.range && (raw.from ?? raw.to)) return refuse("range", "goes without `from` and `to`");
  const rangeName = raw.range ?? ((raw.from ?? raw.to) ? null : DEFAULT_RANGE);
  const end = raw.to === undefined ? now() : momentOf(raw.to, raw.tz);
  const begin =
    raw.from === undefined ? startOf(raw.range ?? DEFAULT_RANGE, end, raw.tz) : momentOf(raw.from, raw.tz);
  if (begin >= end) return refuse("from", "must be before `to`");
  if (end.getTime() - begin.getTime() > MAX_RANGE_DAYS * DAY) {
    return refuse("from", `must be no more than ${MAX_RANGE_DAYS} days before \`to\``);
  }
  const outward = roundOutward(begin, end);
  const hours = rangeName && hoursOf(rangeName);
  // Its end is rounded to the quarter-hour that lasts; its length is what it is called.
  const from = hours ? new Date(outward.to.getTime() - hours * HOUR) : outward.from;
  const range = { from, to: outward.to, tz: raw.tz };
  return { range, rangeName, filters: filtersOf(raw), compare: raw.compare ?? "none" };
}

/** Days go back by the calendar of the zone, so that a change of its clocks moves no end; from a week on they are whole ones. */
function startOf(range: RangeName, end: Date, tz: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(end.getTime()).toZonedDateTimeISO(tz);
  const { length } = RANGES[range];
  const back = "months" in length ? local.with({ day: 1 }) : local.subtract(length);
  const start = "hours" in length ? back : back.startOfDay();
  return new Date(start.epochMilliseconds);
}

function hoursOf(range: RangeName): number | null {
  const { length } = RANGES[range];
  return "hours" in length ? length.hours : null;
}

function momentOf(text: string, tz: string): Date {
  const time = DATE.test(text)
    ? Temporal.PlainDate.from(text).toZonedDateTime(tz).epochMilliseconds
    : Temporal.Instant.from(text).epochMilliseconds;
  return new Date(time);
}

function filtersOf(raw: RawQuery): Filters {
  const filters: Filters = {};
  for (const name of DIMENSION_NAMES) {
    if (isFlag(name)) {
      filters[name] = raw[name];
      continue;
    }
    const [included, notIn] = [raw[name] ?? [], raw[`${name}!`] ?? []];
    if (included.length + notIn.length > 0) filters[name] = { in: included, notIn };
  }
  return filters;
}

type Extra<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/**
 * A strict query: every parameter that is not described is refused by name.
 *
 * @param shape what it takes besides the range, the filters and the form
 * @param filters the kinds of dimensions it filters by
 */
export const queryOf = <Shape extends z.ZodRawShape>(
  shape: Shape,
  filters: readonly DimensionTerms["about"][] = ["place", "part", "fate"],
) =>
  z
    .strictObject({ ...rangeParameters, ...filterParameters(filters), ...shape, ...formatParameter })
    .transform((raw, context): NamedQuery & { format?: "json" | "csv" } & Omit<Extra<Shape>, "compare"> => {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- which filters are taken is a list, which no type follows
      const given = raw as RawQuery & { format?: "json" | "csv" } & Extra<Shape>;
      return { ...given, ...toReportQuery(given, context) };
    });
