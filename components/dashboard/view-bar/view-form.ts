/**
 * What the bar's forms ask for, as a view's URL: people name a country by its name, end a range with its last day, and leave
 * fields empty, none of which the URL's parameters know.
 */
import { DIMENSION_NAMES, FLAG_NAMES, type DimensionName } from "@/lib/terms/dimensions";
import { countryNamed } from "@/lib/terms/country-names";
import { searchOf } from "../../ui/view-url";
import { DAY } from "@/lib/terms/durations";
import { momentIn } from "./local-moment";

/** Where the forms go; it redirects to the view. Scripts go there without it. */
export const VIEW_FORM_PATH = "/view";

/** The form's own fields have names that no parameter has. */
export const field = {
  page: "set-page",
  first: "set-first",
  firstTime: "set-first-time",
  last: "set-last",
  lastTime: "set-last-time",
  compareFirst: "set-compare-first",
  compareLast: "set-compare-last",
  /** `!` when the messages with the values given are to be left out. */
  not: "set-not",
  /** What became of messages, of which one is chosen: `late=true`. */
  fate: "set-fate",
  filter: (name: DimensionName) => `set-${name}`,
} as const;

/** Parameters in the order they will have in the address. */
type Params = Map<string, string[]>;

/** The address of the view that a form asks for: the parameters it kept, changed by its own fields. */
export function viewOfForm(form: URLSearchParams): string {
  const params: Params = new Map();
  for (const [name, value] of form) {
    if (!name.startsWith("set-") && name !== "cursor" && value !== "")
      params.set(name, [...(params.get(name) ?? []), value]);
  }
  setRange(params, form);
  setComparison(params, form);
  const suffix = form.get(field.not) === "!" ? "!" : "";
  for (const name of DIMENSION_NAMES) {
    for (const text of form.getAll(field.filter(name))) {
      const value = text.trim();
      if (value) addFilter(params, `${name}${suffix}`, filterValue(name, value));
    }
  }
  setFate(params, form);
  const search = searchOf(Object.fromEntries(params));
  const page = pageOf(form);
  return search ? `${page}?${search}` : page;
}

function setRange(params: Params, form: URLSearchParams): void {
  const [first, last] = [form.get(field.first), form.get(field.last)];
  if (!first || !last) return;
  params.delete("range");
  params.delete("live");
  const [firstTime, lastTime] = [form.get(field.firstTime), form.get(field.lastTime)];
  const tz = params.get("tz")?.[0] ?? "UTC";
  params.set("from", [firstTime ? momentIn(tz, first, firstTime) : first]);
  params.set("to", [lastTime ? momentIn(tz, last, lastTime) : dayAfter(last)]);
}

function setComparison(params: Params, form: URLSearchParams): void {
  const [first, last] = [form.get(field.compareFirst), form.get(field.compareLast)];
  if (first && last) params.set("compare", [`${first}/${dayAfter(last)}`]);
}

/** Of what became of messages one is chosen, in place of what was. */
function setFate(params: Params, form: URLSearchParams): void {
  const chosen = form.get(field.fate);
  if (chosen === null) return;
  for (const name of FLAG_NAMES) params.delete(name);
  const [name = "", value = ""] = chosen.split("=");
  if (FLAG_NAMES.some((flag) => flag === name)) params.set(name, [value]);
}

/** The newest filter is last in the URL, which is how Esc knows it. */
function addFilter(params: Params, name: string, value: string): void {
  const others = (params.get(name) ?? []).filter((other) => other !== value);
  params.delete(name);
  // Of a flag there is one: that it holds or that it does not.
  params.set(name, FLAG_NAMES.some((flag) => flag === name) ? [value] : [...others, value]);
}

function filterValue(name: DimensionName, text: string): string {
  if (name === "country") return countryNamed(text) ?? text;
  return name === "block" && /\d/.test(text) ? `+${text.replace(/[^\d]/g, "")}` : text;
}

/** What is no date stays as it is, for the view to refuse. */
function dayAfter(date: string): string {
  return shifted(date, DAY);
}

/** The last day of a range that ends before a date. */
export function dayBefore(date: string): string {
  return shifted(date, -DAY);
}

function shifted(date: string, by: number): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? date : new Date(time + by).toISOString().slice(0, 10);
}

/** A page of ours and never another site's: `//host` would be one. */
function pageOf(form: URLSearchParams): string {
  const page = form.get(field.page) ?? "";
  return /^(\/[\w-]+)+$/.test(page) ? page : "/";
}
