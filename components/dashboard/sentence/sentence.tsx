import type { Evidence } from "@/lib/insights/reports/evidence";
import type { LastDay } from "@/lib/insights/reports/last-day";
import { Calm } from "./calm";
import { FindingLines, FindingLineText, type FindingLine } from "./finding-lines";
import { Loss } from "./loss";
import { Falls, othersWords, type Movements } from "./movements";

interface SentenceProps {
  evidence: Evidence;
  /** Of the destinations that no finding speaks of. */
  movements: Movements;
  /** `the 28 days before` */
  before: string;
  /** Null where the view ends before now: then there is no "today". */
  lastDay: LastDay | null;
  lastDayHref: string;
  /** Whether the view ends now, so that what is over is not what is going on. */
  endsNow: boolean;
  /** Open ones first, then by what was lost. */
  findings: readonly FindingLine[];
}

/** What is going on, written by the numbers: each of its figures leads to where it comes from. */
export function Sentence(props: SentenceProps) {
  const { evidence, movements, before, lastDay, lastDayHref, endsNow, findings } = props;
  const open = findings.filter(({ finding }) => finding.open);
  // Nobody waits for a pumped message, so nobody is lost with it: it has a line of its own below.
  const worst = open.find(({ finding }) => finding.kind !== "pumping");
  // Of a time that is over, what happened then is what there is to say.
  const past = open.length === 0 && !endsNow ? findings[0] : undefined;
  const others = findings.filter((line) => line !== worst && line !== past);
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
          <Calm
            evidence={evidence}
            movements={movements}
            before={before}
            open={open.length}
            findings={findings.length}
          />
        )}
      </p>
      {others.length > 0 && <FindingLines lines={others} />}
      {(worst ?? past) && <Rest movements={movements} before={before} lowSamples={evidence.lowSamples} />}
    </section>
  );
}

interface RestProps {
  movements: Movements;
  before: string;
  lowSamples: number;
}

/** How the destinations do that were not spoken of. */
function Rest({ movements, before, lowSamples }: RestProps) {
  const words = othersWords(movements, lowSamples, true);
  if (movements.falls.length === 0 && words === null) return null;
  return (
    <p className="max-w-[64rem] text-13 text-ink-soft">
      {movements.falls.length > 0 && (
        <>
          Without a finding, <Falls falls={movements.falls} before={before} />.{" "}
        </>
      )}
      {words} A finding’s figures are of codes that came back in time.
    </p>
  );
}
