import { SETTLED_FIRST } from "@/lib/terms/maturity";
import { timeIn } from "./range-words";

/** Up to when the figures are mature, with the mark that everything has which is not. */
export function MatureUntil({ at, tz }: { at: Date; tz: string }) {
  return (
    <span
      className="flex h-8 items-center gap-1.5 text-13 whitespace-nowrap text-ink-soft"
      title="What was requested later may still be confirmed; rates leave it out, and it is hatched."
    >
      <svg aria-hidden="true" viewBox="0 0 16 12" width="16" height="12" className="shrink-0">
        <path
          d="M1 7 7 1M1 11 11 1M5 11 15 1M9 11 15 5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1"
          strokeLinecap="round"
        />
        <rect x="0.5" y="0.5" width="15" height="11" rx="1" fill="none" stroke="currentColor" />
      </svg>
      {SETTLED_FIRST} to <time dateTime={at.toISOString()}>{timeIn(tz, at)}</time>
    </span>
  );
}
