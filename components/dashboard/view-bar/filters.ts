/** The filters of a view as chips: each value of each, in words. */
import { ACTIONS, isTrackedAction } from "@/lib/terms/actions";
import { CHANNELS, isChannel } from "@/lib/terms/channels";
import { FEEDBACK_STATES } from "@/lib/terms/statuses";
import { DIMENSIONS, filterOf, type DimensionName } from "@/lib/terms/dimensions";
import { FLAGS } from "@/lib/terms/flags";
import { languageWords, senderWords } from "../../ui/sent-words";
import { countryName } from "../../ui/format";
import { formatNumbersOf } from "../../ui/phone-number";
import { valuesOf, type ParamChange, type ViewParams } from "../../ui/view-url";

export interface ActiveFilter {
  name: DimensionName;
  value: string;
  /** Whether the messages that have it are left out. */
  not: boolean;
  /** What it is about, and which. */
  kind: string;
  words: string;
  /** The view without it. */
  without: ParamChange;
}

/** In the URL's order, in which the newest is mostly the last. */
export function activeFilters(params: ViewParams): ActiveFilter[] {
  return Object.keys(params).flatMap((param) => {
    const filter = filterOf(param);
    if (!filter) return [];
    const { name, not } = filter;
    const values = valuesOf(params, param);
    return values.map((value) => ({
      name,
      value,
      not,
      kind: DIMENSIONS[name].words,
      words: valueWords(name, value),
      without: { [param]: values.filter((other) => other !== value) },
    }));
  });
}

/** The view without any filter. */
export function withoutFilters(params: ViewParams): ParamChange {
  return Object.fromEntries(activeFilters(params).map(({ name, not }) => [not ? `${name}!` : name, null]));
}

function valueWords(name: DimensionName, value: string): string {
  switch (name) {
    case "country":
      return countryName(value);
    case "network":
      return value === "unknown" ? "Not known" : value;
    case "block":
      return formatNumbersOf(value);
    case "action":
      return isTrackedAction(value) ? ACTIONS[value].words : value;
    case "sender":
      return senderWords(value);
    case "channel":
      return isChannel(value) ? CHANNELS[value].words : value;
    case "locale":
      return languageWords(value);
    case "status":
      return value.charAt(0).toUpperCase() + value.slice(1);
    case "errorCode":
      return value;
    case "feedback":
      return Object.entries(FEEDBACK_STATES).find(([state]) => state === value)?.[1] ?? value;
    case "feedbackError":
      return value;
    default:
      return value === "true" ? FLAGS[name].holds : FLAGS[name].not;
  }
}
