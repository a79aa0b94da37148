import type { Evidence } from "@/lib/insights/reports/evidence";
import type { LastDay } from "@/lib/insights/reports/last-day";
import { formatCount } from "../../ui/format";
import { Calm } from "./calm";
import { FindingLines, FindingLineText, type FindingLine } from "./finding-lines";
import { Loss } from "./loss";

interface SentenceProps {
  evidence: Evidence;
  /** Null where the view ends before now: then there is no "today". */
  lastDay: LastDay | null;
  lastDayHref: string;
  /** Whether the view ends now, so that what is over is not what is going on. */
  endsNow: boolean;
  /** Open ones first, then by what was lost. */
  findings: readonly FindingLine[];
}

/** What is going on, written by the numbers: each of its figures leads to where it comes from. */
export function Sentence({ evidence, lastDay, lastDayHref, endsNow, findings }: SentenceProps) {
  const open = findings.filter(({ finding }) => finding.open);
  // Nobody waits for a pumped message, so nobody is lost with it: it has a line of its own below.
  const worst = open.find(({ finding }) => finding.kind !== "pumping");
  // Of a time that is over, what happened then is what there is to say.
  const past = open.length === 0 && !endsNow ? findings[0] : undefined;
  const others = findings.filter((line) => line !== worst && line !== past);
  const failing = new Set((endsNow ? open : findings).map(({ finding }) => finding.country)).size;
  return (
    <section aria-label="What is going on" className="flex flex-col gap-2">
      <p className="max-w-[64rem] text-16 sm:text-20">
        {worst ? (
          <Loss worst={worst} lastDay={lastDay} lastDayHref={lastDayHref} />
        ) : past ? (
          <>
            <FindingLineText {...past} />.
          </>
        ) : (
          <Calm evidence={evidence} open={open.length} findings={findings.length} />
        )}
      </p>
      {others.length > 0 && <FindingLines lines={others} />}
      {(worst ?? past) && <Rest others={evidence.destinations - failing} lowSamples={evidence.lowSamples} />}
    </section>
  );
}

/** How the destinations do that were not spoken of. */
function Rest({ others, lowSamples }: { others: number; lowSamples: number }) {
  if (others <= 0) return null;
  return (
    <p className="text-13 text-ink-soft">
      {formatCount(others)} other{others === 1 ? "" : "s"} within the usual range
      {lowSamples > 0 && `, ${formatCount(lowSamples)} with too few messages to say`}. A drop’s figures are of
      codes that came back in time.
    </p>
  );
}
