import { Panel } from "@/components/dashboard/panel";
import { Exposed } from "@/components/protection/exposed";
import { formatMoney } from "@/components/ui/format";
import { FIRST_DESTINATIONS } from "@/lib/terms/place-states";
import { exposureHere, statesHere } from "./states-here";

/** More are in what the API answers. */
const MOST_SHOWN = 12;

const TITLE = "What could be lost";

/** The most that an attack can cost in a day, and where. */
export async function ExposurePanel() {
  const [{ mode, perDay, rows }, states] = await Promise.all([exposureHere(), statesHere(true)]);
  const rest = rows.length - MOST_SHOWN;
  return (
    <Panel
      id="exposure"
      title={TITLE}
      note="to messages that nobody answers"
      api="/api/protection/exposure"
      flush
    >
      <p className="max-w-[60rem] px-4 pb-3">
        {mode === "enforce" ? (
          <>
            At most <strong className="font-semibold">{formatMoney(perDay, "USD")}</strong> a day, whatever an
            attacker does: what is more is refused.
          </>
        ) : (
          <>
            <strong className="font-semibold text-watch">There is no bound:</strong> the rule “Too many
            unanswered” refuses nothing. If it did, at most {formatMoney(perDay, "USD")} a day could be lost.
          </>
        )}
      </p>
      <Exposed
        lines={rows
          .slice(0, MOST_SHOWN)
          .map((row) =>
            row.place === FIRST_DESTINATIONS ? row : { ...row, state: states({ country: row.place }) },
          )}
      />
      {rest > 0 && <p className="px-4 py-2 text-13 text-ink-soft">And {rest} more.</p>}
    </Panel>
  );
}
