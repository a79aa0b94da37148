import { Panel } from "@/components/dashboard/panel";
import { AcknowledgeForm } from "@/components/protection/acknowledge-form";
import { PlaceAction } from "@/components/protection/place-action";
import { Incidents, type IncidentLine } from "@/components/protection/incidents";
import type { IncidentRow } from "@/lib/notifications/incidents";
import type { StateLines } from "../states";
import type { Reader } from "../dashboard-page";
import { acknowledge } from "./actions";
import { perHourOf, placeAction } from "./place-action";
import { incidentsHere, statesHere } from "./states-here";

/** Incidents: what is open, and below it what was over in the last days. */
export async function IncidentsPanel({ reader }: { reader: Reader }) {
  const [found, states] = await Promise.all([incidentsHere(), statesHere(reader.operator)]);
  const incidents = found.map((incident) => lineOf(incident, reader, states));
  const open = incidents.filter(({ clearedAt }) => clearedAt === null);
  const over = incidents.filter(({ clearedAt }) => clearedAt !== null);
  return (
    <Panel id="incidents" title="What is wrong" note="as last told" flush>
      {open.length > 0 ? (
        <Incidents lines={open} label="What is wrong now" />
      ) : (
        <p className="px-4 pb-4">Nothing is wrong that anybody would be told of.</p>
      )}
      {over.length > 0 && (
        <details className="border-t border-line">
          <summary className="px-4 py-3 text-13 font-medium text-ink-soft hover:text-ink">
            {over.length} over in the last seven days
          </summary>
          <Incidents lines={over} label="What was wrong" />
        </details>
      )}
    </Panel>
  );
}

function lineOf(incident: IncidentRow, { operator }: Reader, states: StateLines): IncidentLine {
  const { id, severity, said, openedAt, clearedAt, acknowledgedAt, note } = incident;
  const { country, network, baselineAttempted } = incident;
  const state = country === null ? undefined : states({ country, network });
  const { title, text, path } = said;
  return {
    id,
    severity,
    title,
    text,
    href: path,
    openedAt,
    clearedAt,
    acknowledgedAt,
    note,
    ...(state && clearedAt === null && { state }),
    ...(operator &&
      state && {
        act: (
          <PlaceAction
            {...placeAction(state, {
              mode: "cap",
              perHour: perHourOf(baselineAttempted ?? 0),
              reason: text,
            })}
            side="left"
            worded
          />
        ),
      }),
    ...(operator &&
      clearedAt === null && {
        acknowledge: <AcknowledgeForm action={acknowledge} id={id} note={note} />,
      }),
  };
}
