import type { Evidence } from "@/lib/insights/reports/evidence";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { SETTLED } from "@/lib/terms/maturity";
import { formatCount } from "../../ui/format";

interface CalmProps {
  evidence: Evidence;
  /** How many findings last, and how many there are with those that are over. */
  open: number;
  findings: number;
}

/** That nobody fails to get in, or that nothing can be said of it. */
export function Calm({ evidence, open, findings }: CalmProps) {
  const { destinations, lowSamples, attempted, mature } = evidence;
  if (attempted > 0 && mature === 0) {
    return (
      <>
        <strong className="font-semibold">Nothing here is {SETTLED} yet.</strong> {messages(attempted)} may
        still be answered: rates come once a code’s lifetime is over.
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
  const few = lowSamples === 0 ? "" : `; ${lowSamples} more have too few messages to say`;
  const within =
    destinations === 1
      ? "The one destination with enough messages is within its usual range"
      : `All ${formatCount(destinations)} destinations are within their usual range`;
  if (open === 0 && findings > 0) {
    return (
      <>
        <strong className="font-semibold">No finding is open</strong>
        {few}. What is over:
      </>
    );
  }
  return open > 0 ? (
    <strong className="font-semibold">People get in as usual.</strong>
  ) : (
    <>
      <strong className="font-semibold">{within}</strong>
      {few}.
    </>
  );
}

function messages(count: number): string {
  return count === 1 ? "One message" : `${formatCount(count)} messages`;
}
