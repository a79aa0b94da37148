/**
 * What is asked of every report at once.
 */
import type { Breakdown } from "@/lib/terms/dimensions";
import type { FilterValues, Interval, Stretch } from "../insights-recount";
import type { Params } from "./request";

export interface Choice extends Stretch {
  tz: string;
  interval: Interval;
  by: Breakdown;
  compare: "previous" | "week" | "none";
  filters: FilterValues;
}

export function paramsOf({ from, to, tz, compare, filters }: Choice): Params {
  return { from: from.toISOString(), to: to.toISOString(), tz, compare, ...filters };
}

export const stretchOf = ({ from, to }: { from: string; to: string }) => ({
  from: new Date(from),
  to: new Date(to),
});

/** Whether cells do not know what is asked for. */
export function asksMessages(choice: Choice): boolean {
  const { confirmed, failed, late, resent, unreported } = choice.filters;
  return (
    [confirmed, failed, late, resent, unreported].some((side) => side !== undefined) ||
    (["block", "status", "errorCode", "feedback", "feedbackError"] as const).some((name) =>
      filtersBy(name, choice),
    )
  );
}

export function filtersBy(
  name: "network" | "block" | "status" | "errorCode" | "feedback" | "feedbackError",
  { filters }: Choice,
): boolean {
  const leftOut = name === "feedback" || name === "feedbackError" ? [] : (filters[`${name}!`] ?? []);
  return [...(filters[name] ?? []), ...leftOut].length > 0;
}
