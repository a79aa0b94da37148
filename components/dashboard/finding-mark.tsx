import type { FindingKind } from "@/lib/insights/reports/findings";

/** What a kind of finding is called. */
export const FINDING_WORDS = {
  drop: {
    noun: "Conversion drop",
    short: "Drop",
    is: "has a conversion drop",
    was: "had a conversion drop",
  },
  slow: { noun: "Slow route", short: "Slow", is: "is slow", was: "was slow" },
  pumping: { noun: "Pumping", short: "Pumped", is: "is being pumped", was: "was pumped" },
} as const satisfies Record<FindingKind, { noun: string; short: string; is: string; was: string }>;

/** Shape says the kind, everywhere the same, and colour how bad it is; hollow is over. */
const SHAPES = {
  drop: "M5 .7 9.3 5 5 9.3 .7 5Z",
  slow: "M5 1 9.4 9H.6Z",
  pumping: "M1.3 1.3h7.4v7.4H1.3Z",
} as const satisfies Record<FindingKind, string>;

const COLOURS = { drop: "text-bad", slow: "text-watch", pumping: "text-bad" } as const;

export function findingColour(kind: FindingKind, open: boolean): string {
  return open ? COLOURS[kind] : "text-ink-soft";
}

interface FindingMarkProps {
  kind: FindingKind;
  open: boolean;
  className?: string;
}

/** A finding's mark, beside its word. */
export function FindingMark({ kind, open, className = "" }: FindingMarkProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 10 10"
      width="10"
      height="10"
      className={`shrink-0 ${findingColour(kind, open)} ${className}`}
    >
      <path
        d={SHAPES[kind]}
        fill={open ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth={open ? 0 : 1.2}
      />
    </svg>
  );
}
