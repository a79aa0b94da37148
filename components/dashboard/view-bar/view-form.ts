/**
 * What the bar's forms ask for, as a view's URL: people name a country by its name, end a range with its last day, and leave
 * fields empty, none of which the URL's parameters know.
 */
import { DIMENSION_NAMES, type DimensionName } from "@/lib/terms/dimensions";
import { COUNTRY_CODES, countryOf } from "@/lib/terms/countries";
import { countryName } from "../../ui/format";
import { searchOf } from "../../ui/view-url";
import { DAY } from "@/lib/terms/durations";

/** Where the forms go; it redirects to the view. Scripts go there without it. */
export const VIEW_FORM_PATH = "/view";

/** The form's own fields have names that no parameter has. */
export const field = {
  page: "set-page",
  first: "set-first",
  last: "set-last",
  /** `!` when the messages with the values given are to be left out. */
  not: "set-not",
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
  const suffix = form.get(field.not) === "!" ? "!" : "";
  for (const name of DIMENSION_NAMES) {
    const value = form.get(field.filter(name))?.trim();
    if (value) addFilter(params, `${name}${suffix}`, filterValue(name, value));
  }
  const search = searchOf(Object.fromEntries(params));
  const page = pageOf(form);
  return search ? `${page}?${search}` : page;
}

function setRange(params: Params, form: URLSearchParams): void {
  const [first, last] = [form.get(field.first), form.get(field.last)];
  if (!first || !last) return;
  params.delete("range");
  params.delete("live");
  params.set("from", [first]);
  params.set("to", [dayAfter(last)]);
}

/** The newest filter is last in the URL, which is how Esc knows it. */
function addFilter(params: Params, name: string, value: string): void {
  const others = (params.get(name) ?? []).filter((other) => other !== value);
  params.delete(name);
  // Of these there is one: whether confirmed or not.
  params.set(name, name === "confirmed" ? [value] : [...others, value]);
}

function filterValue(name: DimensionName, text: string): string {
  if (name === "country") return countryCode(text) ?? text;
  return name === "block" ? `+${text.replace(/[^\d]/g, "")}` : text;
}

/** ISO 3166-1 alpha-2 for a country's code or English name. */
function countryCode(text: string): string | undefined {
  return countryOf(text) ?? COUNTRY_CODES.find((code) => plain(countryName(code)) === plain(text));
}

/** Without the accents that not every keyboard has. */
function plain(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What is no date stays as it is, for the view to refuse. */
function dayAfter(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? date : new Date(time + DAY).toISOString().slice(0, 10);
}

/** A page of ours and never another site's: `//host` would be one. */
function pageOf(form: URLSearchParams): string {
  const page = form.get(field.page) ?? "";
  return /^(\/[\w-]+)+$/.test(page) ? page : "/";
}
