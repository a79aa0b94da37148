import { Panel } from "@/components/dashboard/panel";
import { PlaceForm } from "@/components/protection/place-form";
import { SafeForm } from "@/components/protection/safe-form";
import { SaidList, SaidTitle } from "@/components/protection/said";
import { readDestinationRules } from "@/lib/protection/destination-rules";
import { readSafeList } from "@/lib/protection/safe-list";
import { addSafeByForm, sayOfPlace, removePlaceByForm, removeSafeByForm } from "./said-actions";

const PLACES = "Destinations";
const SAFE = "Safe list";

/** More are in what the API answers. */
const MOST_SHOWN = 50;

/** What people have said of destinations. */
export async function PlacesPanel() {
  const rules = await readDestinationRules();
  return (
    <Panel id="places" title={PLACES} note="what people say of them" api="/api/protection/destinations" flush>
      {rules.length === 0 && <p className="px-4 pb-4">Nothing is said of any: rules decide.</p>}
      <SaidList
        label={PLACES}
        remove={removePlaceByForm}
        lines={rules.map(({ place, mode, perHour, ...said }) => ({
          ...said,
          subject: place,
          title: <SaidTitle {...{ place, mode, perHour }} />,
        }))}
      />
      <div className="border-t border-line px-4 py-3">
        <PlaceForm action={sayOfPlace} />
      </div>
    </Panel>
  );
}

/** Numbers and blocks that rules about destinations leave alone. */
export async function SafePanel() {
  const entries = (await readSafeList()).slice(0, MOST_SHOWN);
  return (
    <Panel id="safe" title={SAFE} note="beside numbers that signed in within 90 days" flush>
      {entries.length === 0 && <p className="px-4 pb-4">Nobody is on it.</p>}
      <SaidList
        label={SAFE}
        remove={removeSafeByForm}
        lines={entries.map(({ subject, ...said }) => ({
          ...said,
          subject,
          title: <span className="font-mono text-12">{subject}</span>,
        }))}
      />
      <div className="border-t border-line px-4 py-3">
        <SafeForm action={addSafeByForm} />
      </div>
    </Panel>
  );
}
