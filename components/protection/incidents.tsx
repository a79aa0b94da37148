import type { ReactNode } from "react";
import type { Severity } from "@/lib/terms/events";
import { LocalTime } from "../ui/local-time";
import { PlaceBadge, type StateLine } from "../ui/place-badge";
import { TextLink } from "../ui/text-link";

export interface IncidentLine {
  id: string;
  severity: Severity;
  title: string;
  text: string;
  /** Where more of it is. */
  href: string;
  openedAt: Date;
  /** Null while it lasts. */
  clearedAt: Date | null;
  acknowledgedAt: Date | null;
  note: string | null;
  /** What becomes of messages now where it is. */
  state?: StateLine;
  /** The button that acts on it, for whoever may. */
  act?: ReactNode;
  /** For whoever may say that they have seen it. */
  acknowledge?: ReactNode;
}

/** What is wrong: colour says how bad it is, and that it lasts. */
const LOOKS: Record<Severity, { word: string; text: string }> = {
  info: { word: "Note", text: "text-ink-soft" },
  warning: { word: "Warning", text: "text-watch" },
  critical: { word: "Critical", text: "text-bad" },
};

/** Incidents, each with what is known of it. */
export function Incidents({ lines, label }: { lines: readonly IncidentLine[]; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col">
      {lines.map((line) => (
        <Incident key={line.id} {...line} />
      ))}
    </ul>
  );
}

function Incident({
  severity,
  title,
  text,
  href,
  openedAt,
  clearedAt,
  acknowledgedAt,
  note,
  state,
  act,
  acknowledge,
}: IncidentLine) {
  const { word, text: colour } = LOOKS[severity];
  const lasts = clearedAt === null;
  return (
    <li className="flex flex-col gap-1 border-line px-4 py-3 not-last:border-b">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <strong className={`text-12 font-semibold ${lasts ? colour : "text-ink-soft"}`}>
          {lasts ? word : "Over"}
        </strong>
        <TextLink href={href}>{title}</TextLink>
        <span className="text-13 text-ink-soft">
          {lasts ? "noticed " : "from "}
          <LocalTime at={openedAt} date />
          {clearedAt && (
            <>
              {" "}
              to <LocalTime at={clearedAt} date />
            </>
          )}
        </span>
        {state && <PlaceBadge line={state} said />}
      </p>
      <p className="max-w-[60rem] text-13 text-ink-soft">{text}</p>
      {acknowledgedAt && (
        <p className="text-13">
          Seen <LocalTime at={acknowledgedAt} date />
          {note !== null && <>: {note}</>}
        </p>
      )}
      {lasts && (act || acknowledge) && (
        <div className="mt-1 flex flex-wrap items-start gap-x-4 gap-y-2">
          {act}
          {acknowledge}
        </div>
      )}
    </li>
  );
}
