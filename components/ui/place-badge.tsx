import type { PlaceStateName } from "@/lib/terms/place-states";

/** A place's state, as a page says it. */
export interface StateLine {
  is: PlaceStateName;
  /** The place that it is told of, as it is kept and in words. */
  place: string;
  name: string;
  /** In a word or two, and all of it: of which place it is, until when and why. */
  short: string;
  words: string;
  /** Whether people said it of this very place, and can take it back. */
  isSaid: boolean;
}

/** Marks of 10 × 10 pixels, drawn in lines. */
const MARKS: Record<PlaceStateName, string> = {
  blocked: "M1.2 5a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0M2.4 7.6 7.6 2.4",
  allowed: "M1.5 5.5 4 8 8.5 2.5",
  refusing: "M2 2 8 8M8 2 2 8",
  opening: "M2 6.5 5 3.5l3 3",
  capped: "M1.5 1.5h7M5 9V4M2.8 6.2 5 4l2.2 2.2",
  monitored: "M1 5Q5 .5 9 5Q5 9.5 1 5M5 4.2v1.6",
  full: "M1.2 5a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0M5 3v2.2M5 7v.1",
  open: "M3 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
};

/** What happens by itself is a finding, and has its colour; what people said has none. */
const LOOKS: Record<PlaceStateName, string> = {
  blocked: "font-medium text-ink",
  allowed: "text-ink-soft",
  refusing: "font-medium text-watch",
  opening: "text-watch",
  capped: "text-ink-soft",
  monitored: "text-ink-soft",
  full: "text-watch",
  open: "text-ink-mute",
};

interface PlaceBadgeProps {
  line: StateLine;
  /** Whether what is open is said to the eye, too; without, it has a mark only. */
  said?: boolean;
  className?: string;
}

/** A place's state, small beside its name: a mark and a word or two, and all of it for whoever points at it or listens. */
export function PlaceBadge({ line, said = false, className = "" }: PlaceBadgeProps) {
  const { is, short, words } = line;
  return (
    <span
      title={words}
      className={`inline-flex shrink-0 items-center gap-1 text-12 whitespace-nowrap ${LOOKS[is]} ${className}`}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 10 10"
        width="10"
        height="10"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={MARKS[is]} />
      </svg>
      {(said || is !== "open") && <span aria-hidden="true">{short}</span>}
      <span className="sr-only">{words}</span>
    </span>
  );
}
