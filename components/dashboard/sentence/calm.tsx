import type { Evidence } from "@/lib/insights/reports/evidence";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { SETTLED } from "@/lib/terms/maturity";
import { formatCount } from "../../ui/format";
import { Falls, othersWords, type Movements } from "./movements";

interface CalmProps {
  evidence: Evidence;
  movements: Movements;
  /** `the 28 days before` */
  before: string;
  /** How many findings last, and how many there are with those that are over. */
  open: number;
  findings: number;
}

/** That nobody fails to get in, as far as the rows say so, too; or that nothing can be said of it. */
export function Calm({ evidence, movements, before, open, findings }: CalmProps) {
  const { destinations, lowSamples, attempted, confirmed, mature } = evidence;
  if (attempted > 0 && mature === 0) {
    return (
      <>
        <strong className="font-semibold">
          {formatCount(attempted)} sent, {formatCount(confirmed)} confirmed so far.
        </strong>{" "}
        Nothing here is {SETTLED} yet: rates come once a code’s lifetime is over.
      </>
    );
  }
  if (destinations === 0) {
    return (
      <>
        <strong className="font-semibold">Too few messages to tell.</strong> No destination has the{" "}
        {LOW_SAMPLE} {SETTLED} messages that a rate needs.
      </>
    );
  }
  const { falls, rises, within, uncompared } = movements;
  const over = findings > open && " These are over:";
  if (falls.length > 0) {
    return (
      <>
        <strong className="font-semibold">{open > 0 ? "People get in" : "No finding is open"}, but</strong>{" "}
        <Falls falls={falls} before={before} />. {othersWords(movements, lowSamples, true)}
        {over}
      </>
    );
  }
  if (open > 0) return <strong className="font-semibold">People get in as usual.</strong>;
  const few = othersWords({ ...movements, within: 0, rises: 0 }, lowSamples, true);
  const all = within + rises === destinations && uncompared === 0 && rises === 0;
  return (
    <>
      <strong className="font-semibold">
        {findings > 0 || !all
          ? "No finding is open."
          : destinations === 1
            ? "The one destination with enough messages is within its usual range."
            : `All ${formatCount(destinations)} destinations are within their usual range.`}
      </strong>{" "}
      {findings > 0 || !all ? othersWords(movements, lowSamples, false) : few}
      {over}
    </>
  );
}
