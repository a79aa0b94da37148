/**
 * The view in the URL: its parameters are its only state, and those of the API. Links are made from the parameters at hand by
 * changing some of them.
 */
import { FILTER_PARAMETERS, type DimensionName, type NegatableName } from "@/lib/terms/dimensions";

/** A page's parameters, as Next gives them. */
export type ViewParams = Readonly<Record<string, string | string[] | undefined>>;

/** What to change: a text or texts replace a parameter, null takes it out. */
export type ParamChange = Record<string, string | readonly string[] | null>;

/** Where a page of a report begins; of no meaning after any other change. */
const PLACES = ["cursor"];

/** A link to a page with the view's parameters, changed. */
export function viewUrl(path: string, params: ViewParams, change: ParamChange = {}): string {
  const search = searchOf(params, { ...Object.fromEntries(PLACES.map((name) => [name, null])), ...change });
  return search ? `${path}?${search}` : path;
}

/** The parameters, changed, as a query. */
export function searchOf(params: ViewParams, change: ParamChange = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, ...change })) {
    for (const text of [value ?? []].flat())
      if (typeof text === "string" && text !== "") search.append(name, text);
  }
  return search.toString();
}

export function valuesOf(params: ViewParams, name: string): string[] {
  return [params[name] ?? []].flat();
}

/** A change that adds a value to a filter, or takes it out when it is there. */
export function toggled(params: ViewParams, name: DimensionName, value: string): ParamChange {
  const values = valuesOf(params, name);
  const rest = values.filter((other) => other !== value);
  return { [name]: rest.length < values.length ? rest : [...values, value] };
}

/** The same for a filter that leaves messages out. */
export function toggledOut(params: ViewParams, name: DimensionName, value: string): ParamChange {
  const values = valuesOf(params, `${name}!`);
  const rest = values.filter((other) => other !== value);
  return { [`${name}!`]: rest.length < values.length ? rest : [...values, value] };
}

/** The views of only a value, and without it: what a row's menu offers. */
export function onlyAndWithout(
  path: string,
  params: ViewParams,
  name: NegatableName,
  value: string,
  change: ParamChange = {},
): { only: string; without: string } {
  const included = valuesOf(params, name).filter((other) => other !== value);
  const leftOut = valuesOf(params, `${name}!`).filter((other) => other !== value);
  return {
    only: viewUrl(path, params, { ...change, [name]: value, [`${name}!`]: null }),
    without: viewUrl(path, params, { ...change, [name]: included, [`${name}!`]: [...leftOut, value] }),
  };
}

/** The API's parameters among a page's: the same report from a program. */
const OF_API = new Set<string>(["range", "from", "to", "tz", "compare", ...FILTER_PARAMETERS]);

/** Another page of the same view: what all pages understand goes along, what only this one shows stays. */
export function sharedView(path: string, params: URLSearchParams): string {
  const shared = new URLSearchParams([...params].filter(([name]) => OF_API.has(name)));
  return shared.size > 0 ? `${path}?${shared}` : path;
}

/**
 * The API's address for what a panel shows.
 *
 * @param report the path after /api/insights/
 * @param takes further parameters of the page that this report takes, such as `interval`
 * @param change parameters that the panel sets
 */
export function apiUrl(
  report: string,
  params: ViewParams,
  {
    takes = [],
    without = [],
    change = {},
  }: { takes?: string[]; without?: string[]; change?: ParamChange } = {},
): string {
  const taken = Object.fromEntries(
    Object.entries(params).filter(
      ([name]) => (OF_API.has(name) || takes.includes(name)) && !without.includes(name),
    ),
  );
  const search = searchOf(taken, change);
  return `/api/insights/${report}${search ? `?${search}` : ""}`;
}
