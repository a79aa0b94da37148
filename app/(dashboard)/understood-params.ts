/**
 * What can be understood of a page's parameters, and what cannot. People write addresses, too: what is wrong in one parameter is named and
 * left out, and the others hold.
 */
import type { z } from "zod";
import type { ViewFault } from "@/components/dashboard/view-bar/faults";
import { valuesOf, type ViewParams } from "@/components/ui/view-url";
import type { Filters } from "@/lib/insights/asking/filters";
import { countryNamed } from "@/lib/terms/country-names";
import { DIMENSION_NAMES, isFlag } from "@/lib/terms/dimensions";
import { holderNamed } from "@/lib/verification/range-holder";
import { dashboardQuery } from "./dashboard-query";

interface Understood {
  data: z.output<typeof dashboardQuery>;
  /** Those that hold, each filter's values as they were parsed. */
  params: ViewParams;
  faults: ViewFault[];
}

export function understand(given: ViewParams): Understood {
  const faults: ViewFault[] = [];
  let params = inTheirSpelling(given);
  for (;;) {
    const result = dashboardQuery.safeParse(params);
    if (result.success)
      return { data: result.data, params: asUnderstood(params, result.data.filters), faults };
    const wrong = result.error.issues.flatMap((issue) => wrongIn(issue, params));
    faults.push(...wrong);
    params = without(params, wrong);
  }
}

/** Countries by any of their names, and networks in any case: as the reports spell them. */
function inTheirSpelling(params: ViewParams): ViewParams {
  const spelled: Record<string, (value: string) => string> = {
    country: (value) => countryNamed(value) ?? value,
    network: (value) => holderNamed(value) ?? value,
  };
  const known = Object.entries(params).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([param, value]): [string, ViewParams[string]] => {
      const spell = spelled[param.replace("!", "")];
      return [param, spell && value !== undefined ? [value].flat().map(spell) : value];
    }),
  );
}

/** Each value that an issue is about; several of one parameter where it is not said which, and both ends of a range. */
function wrongIn(issue: z.core.$ZodIssue, params: ViewParams): ViewFault[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((field) => ({ field, value: valuesOf(params, field)[0] ?? "", message: "" }));
  const [field = "", index] = issue.path.map(String);
  const values = valuesOf(params, field);
  if (field === "from" || field === "to") {
    const ends = ["from", "to"].filter((end) => end in params);
    return ends.map((end) => ({ field: end, value: valuesOf(params, end)[0] ?? "", message: issue.message }));
  }
  const one = index === undefined ? undefined : values[Number(index)];
  return (one === undefined ? values : [one]).map((value) => ({ field, value, message: issue.message }));
}

function without(params: ViewParams, wrong: readonly ViewFault[]): ViewParams {
  const kept = Object.entries(params).map(([param, value]): [string, ViewParams[string]] => {
    const faulty = wrong.filter(({ field }) => field === param).map((fault) => fault.value);
    if (faulty.length === 0) return [param, value];
    return [param, valuesOf(params, param).filter((each) => !faulty.includes(each))];
  });
  return Object.fromEntries(kept.filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

/**
 * A page's parameters with each filter's values as they were parsed, which links are made from: people write `br` and the rows are of BR,
 * so that whatever takes a value out must look for one spelling.
 */
export function asUnderstood(params: ViewParams, filters: Filters): ViewParams {
  const entries = Object.entries(params).map(([param, value]): [string, ViewParams[string]] => {
    const name = DIMENSION_NAMES.find((filter) => filter === param.replace("!", ""));
    if (!name || isFlag(name)) return [param, value];
    const { in: included = [], notIn = [] } = filters[name] ?? {};
    const values = param.endsWith("!") ? notIn : included;
    // Whose holder is not known is "" to reports, which in an address would be none.
    return [param, [...new Set(values)].map((text) => text || "unknown")];
  });
  return Object.fromEntries(entries);
}
