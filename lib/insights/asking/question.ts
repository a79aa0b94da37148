/**
 * What a report asks of the cells, and how its answer comes.
 */
import type { CountName } from "../../terms/metrics";
import type { Period, Span } from "../counting/spans";
import { asksMessages, type Dimension, type Filters } from "./filters";

export interface Question {
  /** Stretches to tell apart; they may overlap. */
  periods: readonly Period[];
  filters: Filters;
  /** Dimensions to tell apart. */
  by?: readonly Dimension[];
  /** Starts of buckets to tell apart, ascending; and the longest span that all of them begin with. */
  buckets?: { starts: readonly Date[]; longest: Span };
  /** Only these counts, and neither latencies nor details: for small pictures of many rows. */
  only?: readonly CountName[];
}

/** Whether a question's answer has latencies: their cells have no network, so what asks for one gets none. */
export function keepsLatencies({ filters, by = [] }: Pick<Question, "filters" | "by">): boolean {
  return asksMessages(filters) || !(filters.network ?? by.includes("network"));
}
