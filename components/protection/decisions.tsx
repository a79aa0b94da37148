import type { Verdict } from "@/lib/terms/rules";
import { LocalTime } from "../ui/local-time";
import { formatBlock } from "../ui/phone-number";
import { PlaceBadge, type StateLine } from "../ui/place-badge";
import { TextLink } from "../ui/text-link";
import { firedWords, ruleWords, type FiredLine } from "./fired-words";

export interface DecisionLine {
  id: string;
  at: Date;
  country: string;
  network: string | null;
  block: string;
  verdict: Verdict;
  exempt: boolean;
  fired: readonly FiredLine[];
  /** What becomes of messages there now. */
  state: StateLine;
}

const LOOKS: Record<Verdict, { word: string; text: string }> = {
  allowed: { word: "Sent", text: "text-good" },
  would_refuse: { word: "Noted", text: "text-watch" },
  refused: { word: "Refused", text: "text-bad" },
};

/** Decisions, each with the rules that fired. */
export function Decisions({ lines }: { lines: readonly DecisionLine[] }) {
  return (
    <ol aria-label="Decisions" className="flex flex-col text-13">
      {lines.map(({ id, at, country, network, block, verdict, exempt, fired, state }) => (
        <li key={id} className="flex flex-col gap-0.5 border-line px-4 py-2 not-last:border-b">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <strong className={`w-16 font-semibold ${LOOKS[verdict].text}`}>{LOOKS[verdict].word}</strong>
            <span className="text-ink-soft">
              <LocalTime at={at} date seconds />
            </span>
            <TextLink href={`/destinations/${country}`}>{formatBlock(block)}</TextLink>
            {network !== null && <span className="text-ink-soft">{network}</span>}
            {state.is !== "open" && <PlaceBadge line={state} />}
            {exempt && <span className="text-ink-soft">signed in of late, or on the safe list</span>}
          </p>
          {fired.map((one, n) => (
            <p key={n} className="max-w-[70rem] text-ink-soft sm:pl-19">
              <span className="font-medium text-ink">{ruleWords(one.rule)}</span>: {firedWords(one)}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
