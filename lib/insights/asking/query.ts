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
import { DEFAULT_RANGE, termsOf, type RangeName } from "../../terms/ranges";
import type { Filters } from "./filters";
import { DATE, filterParameters, formatParameter, isCompare, rangeParameters } from "./parameters";
import { roundOutward, type Comparison } from "./range";
import type { ReportQuery } from "./report";

/** What the parameters say, one by one. */
type RawQuery = z.output<z.ZodObject<typeof rangeParameters>> & {
  [Parameter in ValueName | `${ValueName}!`]?: string[];
} & { [Flag in FlagName]?: boolean } & { compare?: string };

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
  const { begin, end } = rangeName ? namedRange(rangeName, raw.tz) : givenRange(raw);
  const tooLong = `must be no more than ${MAX_RANGE_DAYS} days before`;
  if (begin >= end) return refuse("from", "must be before `to`");
  if (!isShort(begin, end)) return refuse("from", `${tooLong} \`to\``);
  const outward = roundOutward(begin, end);
  const hours = rangeName && hoursOf(rangeName);
  // Its end is rounded to the quarter-hour that lasts; its length is what it is called.
  const from = hours ? new Date(outward.to.getTime() - hours * HOUR) : outward.from;
  const range = { from, to: outward.to, tz: raw.tz };
  const compare = comparisonOf(raw);
  if (typeof compare !== "string") {
    if (compare.from >= compare.to) return refuse("compare", "must have its first end before its second");
    if (!isShort(compare.from, compare.to)) return refuse("compare", `${tooLong} its end`);
  }
  return { range, rangeName, filters: filtersOf(raw), compare };
}

interface Ends {
  begin: Date;
  end: Date;
}

function isShort(begin: Date, end: Date): boolean {
  return end.getTime() - begin.getTime() <= MAX_RANGE_DAYS * DAY;
}

function givenRange({ from, to, tz }: RawQuery): Ends {
  const end = to === undefined ? now() : momentOf(to, tz);
  return { begin: from === undefined ? startBefore(end, DEFAULT_RANGE, tz) : momentOf(from, tz), end };
}

function namedRange(name: RangeName, tz: string): Ends {
  const end = now();
  const { length, since, ended } = termsOf(name);
  if (!since) return { begin: startBefore(end, name, tz), end };
  const start = startOf(since, local(end, tz));
  if (!ended) return { begin: dateOf(start), end };
  return { begin: dateOf(start.subtract(length).startOfDay()), end: dateOf(start) };
}

/** Days go back by the calendar of the zone, so that a change of its clocks moves no end; from a week on they are whole ones. */
function startBefore(end: Date, name: RangeName, tz: string): Date {
  const { length } = termsOf(name);
  const back = local(end, tz).subtract(length);
  return dateOf("hours" in length ? back : back.startOfDay());
}

function startOf(unit: "day" | "week" | "month", moment: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  if (unit === "month") return moment.with({ day: 1 }).startOfDay();
  return (unit === "week" ? moment.subtract({ days: moment.dayOfWeek - 1 }) : moment).startOfDay();
}

function local(moment: Date, tz: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(tz);
}

function dateOf(moment: Temporal.ZonedDateTime): Date {
  return new Date(moment.epochMilliseconds);
}

function hoursOf(range: RangeName): number | null {
  const { length } = termsOf(range);
  return "hours" in length ? length.hours : null;
}

/** Its ends are rounded as the range's are. */
function comparisonOf({ compare = "none", tz }: RawQuery): Comparison {
  if (isCompare(compare)) return compare;
  const [from = "", to = ""] = compare.split("/");
  return roundOutward(momentOf(from, tz), momentOf(to, tz));
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
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- which filters are taken is a list, which no type follows
      const given = raw as RawQuery & { format?: "json" | "csv" } & Extra<Shape>;
      return { ...given, ...toReportQuery(given, context) };
    });
