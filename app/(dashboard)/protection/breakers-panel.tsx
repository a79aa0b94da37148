import { Panel } from "@/components/dashboard/panel";
import { Breakers, BreakerSteps } from "@/components/protection/breakers";
import { readBreakers, readBreakerSteps } from "@/lib/protection/breakers";

const TITLE = "Refused now";

/** More are in what the API answers. */
const MOST_SHOWN = 12;

/** Which destinations are refused, and how far they are open again. */
export async function BreakersPanel() {
  const [lines, steps] = await Promise.all([readBreakers(), readBreakerSteps(MOST_SHOWN)]);
  const rest = lines.length - MOST_SHOWN;
  return (
    <Panel
      id="breakers"
      title={TITLE}
      note="destinations where more is unanswered than may be"
      api="/api/protection/breakers"
      flush
    >
      {lines.length === 0 ? (
        <p className="px-4 pb-3">No destination is refused for what is unanswered there.</p>
      ) : (
        <Breakers lines={lines.slice(0, MOST_SHOWN)} />
      )}
      {rest > 0 && <p className="px-4 py-2 text-13 text-ink-soft">And {rest} more.</p>}
      {steps.length > 0 && <BreakerSteps lines={steps} />}
    </Panel>
  );
}
