import type { BreakerState, BreakerStepName } from "@/lib/terms/rules";
import { formatCount } from "../ui/format";
import { LocalTime } from "../ui/local-time";
import { placeWords } from "../ui/place-words";
import { TextLink } from "../ui/text-link";

export interface BreakerLine {
  place: string;
  state: BreakerState;
  room: number;
  nextTryAt: Date;
  confirmed: number;
  needed: number;
}

export interface StepLine {
  place: string;
  at: Date;
  step: BreakerStepName;
  unanswered: number;
  allowed: number;
  confirmed: number;
}

const LOOKS: Record<BreakerState, { word: string; text: string }> = {
  open: { word: "Refused", text: "text-bad" },
  half_open: { word: "Opening", text: "text-watch" },
};

/** Where a place's page is; a block's is its country's messages. */
function PlaceLink({ place }: { place: string }) {
  const country = /^[A-Z]{2}/.exec(place)?.[0];
  return country ? (
    <TextLink href={`/destinations/${country}`}>{placeWords(place)}</TextLink>
  ) : (
    <span>{placeWords(place)}</span>
  );
}

/** Destinations that are refused, each with what opens it. */
export function Breakers({ lines }: { lines: readonly BreakerLine[] }) {
  return (
    <ul aria-label="Refused destinations" className="flex flex-col text-13">
      {lines.map(({ place, state, room, nextTryAt, confirmed, needed }) => (
        <li
          key={place}
          className="flex flex-wrap items-baseline gap-x-3 border-line px-4 py-2 not-last:border-b"
        >
          <strong className={`w-16 font-semibold ${LOOKS[state].text}`}>{LOOKS[state].word}</strong>
          <PlaceLink place={place} />
          <span className="text-ink-soft">
            {`${formatCount(confirmed)} of ${formatCount(needed)} confirmed; `}
            {room > 0 ? (
              `room for ${formatCount(room)} more at once`
            ) : (
              <>
                one message may be tried from <LocalTime at={nextTryAt} date /> on
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function stepWords({ step, unanswered, allowed, confirmed }: StepLine): string {
  switch (step) {
    case "opened":
      return `refused: ${formatCount(unanswered)} unanswered, of ${formatCount(allowed)} that may be`;
    case "half_open":
      return "a message is tried";
    case "closed":
      return `open again: ${formatCount(confirmed)} confirmed`;
  }
}

/** What became of them, the newest first. */
export function BreakerSteps({ lines }: { lines: readonly StepLine[] }) {
  return (
    <ol aria-label="What became of refused destinations" className="flex flex-col px-4 pb-3 text-13">
      {lines.map((line, n) => (
        <li key={n} className="flex flex-wrap items-baseline gap-x-3 py-0.5">
          <span className="text-ink-soft">
            <LocalTime at={line.at} date seconds />
          </span>
          <PlaceLink place={line.place} />
          <span className="text-ink-soft">{stepWords(line)}</span>
        </li>
      ))}
    </ol>
  );
}
