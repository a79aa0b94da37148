/** The filters of a view as chips: each value of each, in words. */
import { countryName } from "../../ui/format";
import { FILTERS, valuesOf, type FilterName, type ParamChange, type ViewParams } from "../../ui/view-url";

export interface ActiveFilter {
  name: FilterName;
  value: string;
  /** Whether the messages that have it are left out. */
  not: boolean;
  /** What it is about, and which. */
  kind: string;
  words: string;
  /** The view without it. */
  without: ParamChange;
}

const FILTER_WORDS: Record<FilterName, string> = {
  country: "Country",
  network: "Network",
  block: "Block",
  action: "Action",
  status: "Status",
  errorCode: "Error",
  confirmed: "Outcome",
};

export const ACTION_WORDS: Record<string, string> = {
  code: "Code",
  link: "Link",
  temporary_password: "Temporary password",
  reply: "Reply",
};

/** In the URL's order, in which the newest is mostly the last. */
export function activeFilters(params: ViewParams): ActiveFilter[] {
  return Object.keys(params).flatMap((param) => {
    const not = param.endsWith("!");
    const name = FILTERS.find((filter) => filter === (not ? param.slice(0, -1) : param));
    if (!name) return [];
    const values = valuesOf(params, param);
    return values.map((value) => ({
      name,
      value,
      not,
      kind: FILTER_WORDS[name],
      words: valueWords(name, value),
      without: { [param]: values.filter((other) => other !== value) },
    }));
  });
}

/** The view without any filter. */
export function withoutFilters(params: ViewParams): ParamChange {
  return Object.fromEntries(activeFilters(params).map(({ name, not }) => [not ? `${name}!` : name, null]));
}

function valueWords(name: FilterName, value: string): string {
  switch (name) {
    case "country":
      return countryName(value);
    case "network":
      return value === "unknown" ? "Not known" : value;
    case "block":
      return value;
    case "action":
      return ACTION_WORDS[value] ?? value;
    case "status":
      return value.charAt(0).toUpperCase() + value.slice(1);
    case "errorCode":
      return value;
    case "confirmed":
      return value === "true" ? "Confirmed" : "Not confirmed";
  }
}
