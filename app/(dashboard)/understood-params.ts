import type { ViewParams } from "@/components/ui/view-url";
import type { Filters } from "@/lib/insights/asking/filters";
import { DIMENSION_NAMES } from "@/lib/terms/dimensions";

/**
 * A page's parameters with each filter's values as they were parsed, which links are made from: people write `br` and the rows are of BR,
 * so that whatever takes a value out must look for one spelling.
 */
export function asUnderstood(params: ViewParams, filters: Filters): ViewParams {
  const entries = Object.entries(params).map(([param, value]): [string, ViewParams[string]] => {
    const name = DIMENSION_NAMES.find((filter) => filter === param.replace("!", ""));
    if (!name || name === "confirmed") return [param, value];
    const { in: included = [], notIn = [] } = filters[name] ?? {};
    const values = param.endsWith("!") ? notIn : included;
    // Whose holder is not known is "" to reports, which in an address would be none.
    return [param, [...new Set(values)].map((text) => text || "unknown")];
  });
  return Object.fromEntries(entries);
}
