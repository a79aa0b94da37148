/**
 * What a BRAND_NAME costs: a letter outside the SMS alphabet, or a long name, makes more SMS of a message.
 */
import { ACTION_NAMES, type TrackedAction } from "../terms/actions";
import { env } from "../env";
import { messageBody } from "./body";
import { charactersOutsideGsm, segmentsOf } from "./segments";
import { TEMPLATES, type Language } from "./templates";

/** What a name is compared with: the default, which the texts have place for. */
const PLAIN_NAME = "OTP Insights";

/** As long as those that are sent. */
const SECRETS: Record<TrackedAction, () => string> = {
  code: () => "0".repeat(env().CODE_LENGTH),
  link: () => "A".repeat(43),
  temporary_password: () => "kuda-moti-rabe",
  reply: () => "",
};

interface Cost {
  action: TrackedAction;
  /** In which languages. */
  languages: Language[];
  /** SMS of a message with the name, and with a plain one. */
  segments: number;
  usual: number;
}

/** The figures in a sentence; null when the name costs nothing. */
export function brandCost(): string | null {
  const costs = ACTION_NAMES.flatMap(costsOf);
  if (costs.length === 0) return null;
  const odd = charactersOutsideGsm(env().BRAND_NAME);
  const why =
    odd.length > 0
      ? `${odd.join(" ")} ${odd.length > 1 ? "are" : "is"} not in the alphabet of SMS`
      : "it is long";
  const figures = costs.map(
    ({ action, languages, segments, usual }) =>
      `${action} in ${languages.join(", ")}: ${segments} SMS instead of ${usual}, ${Number((segments / usual).toFixed(1))} times the price`,
  );
  return `${why}, so messages take more SMS (${figures.join("; ")})`;
}

function costsOf(action: TrackedAction): Cost[] {
  const costs = new Map<string, Cost>();
  for (const language of Object.keys(TEMPLATES).filter(isLanguage)) {
    const text = messageBody({
      action,
      secret: SECRETS[action](),
      secondsLeft: env().CODE_TTL_SECONDS,
      locale: language,
      country: "US",
    });
    const segments = segmentsOf(text);
    const usual = segmentsOf(text.replace(env().BRAND_NAME, PLAIN_NAME));
    if (segments <= usual) continue;
    const key = `${segments} ${usual}`;
    const cost = costs.get(key) ?? { action, languages: [], segments, usual };
    cost.languages.push(language);
    costs.set(key, cost);
  }
  return [...costs.values()];
}

function isLanguage(name: string): name is Language {
  return Object.hasOwn(TEMPLATES, name);
}
