import type { ReactNode } from "react";
import type { DestinationMode } from "@/lib/terms/rules";
import { SubmitButton } from "../ui/button";
import { formatCount } from "../ui/format";
import { LocalTime } from "../ui/local-time";
import { placeWords } from "../ui/place-words";

export interface SaidLine {
  /** What it is of, as it is kept. */
  subject: string;
  title: ReactNode;
  reason: string;
  author: string;
  writtenAt: Date;
  until?: Date | null;
}

/** What people did to a destination. */
export const DONE: Record<DestinationMode, string> = {
  allow: "allowed",
  monitor: "watched",
  block: "blocked",
  cap: "capped",
};

/** What people have said of a destination, as a line's title. */
export function SaidTitle({
  place,
  mode,
  perHour,
}: {
  place: string;
  mode: DestinationMode;
  perHour: number | null;
}) {
  return (
    <>
      <strong className="font-semibold">{placeWords(place)}</strong>{" "}
      <span className={mode === "block" ? "font-medium text-bad" : "font-medium"}>
        {DONE[mode]}
        {perHour !== null && ` at ${formatCount(perHour)} an hour`}
      </span>
    </>
  );
}

interface SaidListProps {
  label: string;
  lines: readonly SaidLine[];
  remove: (form: FormData) => Promise<void>;
}

/** What people have said, who and why, each with a button that takes it back. */
export function SaidList({ label, lines, remove }: SaidListProps) {
  return (
    <ul aria-label={label} className="flex flex-col">
      {lines.map(({ subject, title, reason, author, writtenAt, until }) => (
        <li key={subject} className="flex items-start gap-4 border-line px-4 py-2 not-last:border-b">
          <p className="flex min-w-0 grow flex-wrap items-baseline gap-x-4 gap-y-1 self-center">
            <span>{title}</span>
            <span className="min-w-0 text-13 wrap-anywhere text-ink-soft">
              {reason} · {author}, <LocalTime at={writtenAt} date />
              {until && (
                <>
                  , until <LocalTime at={until} date />
                </>
              )}
            </span>
          </p>
          <form action={remove} className="shrink-0 print:hidden">
            <input type="hidden" name="subject" value={subject} />
            <SubmitButton size="small" pending={false} pendingLabel="">
              Take back
            </SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  );
}
