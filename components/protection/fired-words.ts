/** What a rule found, in a sentence. */
import { RULES } from "@/lib/terms/rules";
import { EVERYWHERE, FIRST_DESTINATIONS } from "@/lib/terms/place-states";
import { formatCount, formatMoney, formatRate } from "../ui/format";
import { placeWords } from "../ui/place-words";

/** A rule that fired, as its decision keeps it. */
export interface FiredLine {
  rule: string;
  /** Whether it refuses: `enforce`, or `monitor`. */
  mode: string;
  place?: string | null;
  [figure: string]: unknown;
}

/** What is counted of no place of the map. */
function scopeWords(scope: unknown): string {
  if (scope === "address") return "one client address";
  return scope === EVERYWHERE || scope === FIRST_DESTINATIONS ? placeWords(scope) : "";
}

/** Of which rule, and with which figures. */
export function firedWords(fired: FiredLine): string {
  const { rule, place } = fired;
  const number = (name: string) => Number(fired[name] ?? 0);
  const count = (name: string) => formatCount(number(name));
  const where = place ? placeWords(place) : scopeWords(fired["scope"]);
  switch (rule) {
    case "exposure":
    case "first_destination":
      if (fired["breaker"] === "open") return `${where} is closed until a message may be tried`;
      if (fired["breaker"] === "half_open")
        return `${where} opens by degrees: ${count("answered")} of ${count("needed")} answered`;
      return `${where}: ${count("unansweredHour")} unanswered in an hour of ${count("allowedHour")}, ${count("unansweredDay")} in a day of ${count("allowedDay")}, ${count("inFlight")} in flight`;
    case "top_block":
      return `${where} has ${count("sent")} of its country’s ${count("ofCountry")} messages of an hour`;
    case "sequential":
      return `${count("numbers")} numbers in a row in ${where}`;
    case "collapse":
      return `${where} converts at ${formatRate(number("conversion"))} where ${formatRate(number("usual"))} is usual`;
    case "spend_hour":
    case "spend_day":
      return `${formatMoney(number("spent"), "USD")} spent of ${formatMoney(number("budget"), "USD")}`;
    case "line_type":
      return "the number is a VoIP one";
    case "destination":
      return fired["perHour"] === undefined
        ? `${where} is ${fired.mode === "enforce" ? "blocked" : "watched"}`
        : `${where} has its ${count("perHour")} an hour`;
    case "limits":
      return "a limit of its number, browser or address";
    case "countries":
      return "its country is none of those that messages go to";
    default:
      return rule;
  }
}

/** A rule's name in words; of what is none of them, as a decision calls it. */
export function ruleWords(rule: string): string {
  const words: Partial<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(RULES).map(([name, terms]) => [name, terms.words])),
    destination: "What people said",
    limits: "Limits",
    countries: "Countries",
  };
  return words[rule] ?? rule;
}
