/**
 * What is asked of every report at once.
 */
import type { FilterValues, Interval, Stretch } from "../insights-recount";
import type { Params } from "./request";

export interface Choice extends Stretch {
  tz: string;
  interval: Interval;
  by: "country" | "network";
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
  const { confirmed } = choice.filters;
  return (
    confirmed !== undefined ||
    (["block", "status", "errorCode"] as const).some((name) => filtersBy(name, choice))
  );
}

export function filtersBy(name: "network" | "block" | "status" | "errorCode", { filters }: Choice): boolean {
  return [...(filters[name] ?? []), ...(filters[`${name}!`] ?? [])].length > 0;
}
