/** What of an address could not be understood, in the page's words: beside the field it is chosen by, and among the chips. */
import { ACTIONS } from "@/lib/terms/actions";
import { CHANNELS } from "@/lib/terms/channels";
import { DIMENSIONS, filterOf, type DimensionName } from "@/lib/terms/dimensions";
import { MAX_RANGE_DAYS } from "@/lib/terms/limits";
import { RANGES } from "@/lib/terms/ranges";

/** A parameter's value that means nothing, and is left out. */
export interface ViewFault {
  /** The parameter's name. */
  field: string;
  value: string;
  /** Why, in the API's words, which name parameters. */
  message: string;
}

/** The menu in whose form a parameter is chosen. */
export type FaultPlace = "range" | "compare" | "zone" | "filter";

const PLACES: Readonly<Record<string, FaultPlace>> = {
  range: "range",
  from: "range",
  to: "range",
  compare: "compare",
  tz: "zone",
  country: "filter",
  network: "filter",
  block: "filter",
  action: "filter",
  sender: "filter",
  channel: "filter",
  locale: "filter",
};

/** Undefined for what no menu of the bar has. */
export function placeOf({ field }: Pick<ViewFault, "field">): FaultPlace | undefined {
  return PLACES[field.replace("!", "")];
}

/** The first menu that has one: no two are open at a time. */
export function openedPlace(faults: readonly ViewFault[]): FaultPlace | undefined {
  return faults.map(placeOf).find((place) => place !== undefined);
}

/** The fault of a filter's field, whether it includes or leaves out. */
export function faultOf(faults: readonly ViewFault[], name: DimensionName): ViewFault | undefined {
  return faults.find(({ field }) => field.replace("!", "") === name);
}

/** What it is about, for a chip: `Country`. */
export function faultKind({ field }: ViewFault): string {
  const filter = filterOf(field);
  if (filter) return `${DIMENSIONS[filter.name].words}${filter.not ? " not" : ""}`;
  return (
    { range: "Range", from: "From", to: "To", compare: "Compared with", tz: "Time zone" }[field] ?? field
  );
}

/** Why it means nothing, and what would. */
export function faultWords(fault: ViewFault): string {
  const { field, value, message } = fault;
  const given = `“${value}”`;
  switch (field.replace("!", "")) {
    case "country":
      return `No country is called ${given}. Its name in any language will do, or its code, such as BR.`;
    case "network":
      return `${given} is no network’s name.`;
    case "block":
      return `${given} is no block: write a number without its last three digits, such as +55 11 98765 4.`;
    case "action":
      return `${given} is no action; there are ${wordsOf(ACTIONS)}.`;
    case "sender":
      return `${given} is no sender: a number, a name, a short code or a Messaging Service.`;
    case "channel":
      return `${given} is no channel; there are ${wordsOf(CHANNELS)}.`;
    case "locale":
      return `${given} is no language: write its code, such as pt, or unknown.`;
    case "range":
      return message.includes("without")
        ? "A range by name goes without days of its own."
        : `${given} is no range; there are ${wordsOf(RANGES)}.`;
    case "from":
    case "to":
      return endWords(fault);
    case "compare":
      return message.includes("first end")
        ? "The first day compared with is after the last."
        : message.includes("no more than")
          ? `The time compared with is longer than ${MAX_RANGE_DAYS} days.`
          : `${given} is nothing to compare with.`;
    case "tz":
      return `${given} is no time zone. It needs its IANA name, such as Africa/Nairobi.`;
    default:
      return filterOf(field)
        ? `${given} is no ${faultKind(fault).toLowerCase()} there is.`
        : `${field} means nothing here.`;
  }
}

function endWords({ value, message }: ViewFault): string {
  if (message.includes("must be before")) return "The first day is after the last.";
  if (message.includes("no more than")) return `That is longer than ${MAX_RANGE_DAYS} days.`;
  return `“${value}” is no day or time.`;
}

function wordsOf(table: Readonly<Record<string, { words: string }>>): string {
  return new Intl.ListFormat("en-GB").format(Object.values(table).map(({ words }) => words));
}
