import { Panel } from "@/components/dashboard/panel";
import { Decisions } from "@/components/protection/decisions";
import { decisionsHere, statesHere } from "./states-here";

const TITLE = "Decisions";

/** What rules refused or would have refused, the newest first. */
export async function DecisionsPanel() {
  const [found, states] = await Promise.all([decisionsHere(), statesHere(true)]);
  const lines = found.map((line) => ({ ...line, state: states(line) }));
  return (
    <Panel
      id="decisions"
      title={TITLE}
      note="what was refused or noted in 30 days, the newest first"
      api="/api/protection/decisions"
      flush
    >
      {lines.length === 0 ? (
        <p className="px-4 pb-4">No message was refused, and none would have been.</p>
      ) : (
        <Decisions lines={lines} />
      )}
    </Panel>
  );
}
