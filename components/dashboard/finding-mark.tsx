import { FINDINGS, type FindingKind } from "@/lib/terms/findings";
import { lookOf } from "../ui/severity";

/** Colour says how bad it is; what is over has none. */
export function findingColour(kind: FindingKind, open: boolean): string {
  return lookOf({ kind, open }).text;
}

interface FindingMarkProps {
  kind: FindingKind;
  open: boolean;
  className?: string;
}

/** A finding's mark, beside its word: its shape says the kind, everywhere the same; hollow is over. */
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
        d={FINDINGS[kind].mark}
        fill={open ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth={open ? 0 : 1.2}
      />
    </svg>
  );
}
