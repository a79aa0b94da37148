/** The overview's panels in their order, each with its own place to wait and to fail in. */
import { Hatch } from "@/components/dashboard/sparkline";
import { Place } from "../panels/place";
import { LatencyPanel } from "../panels/latency-panel";
import { SeriesPanel } from "../panels/series-panel";
import { TILES_HEIGHT, TilesPanel } from "../panels/tiles/tiles-panel";
import { alertsOf } from "../reports";
import type { View } from "../view";
import { ChangesPanel } from "./changes-panel";
import { DestinationsPanel } from "./destinations-panel";
import { ErrorsPanel } from "./errors-panel";
import { MapPanel } from "./map-panel";
import { SentencePanel } from "./sentence-panel";

export async function OverviewPanels({ view }: { view: View }) {
  const findings = await findingCount(view);
  return (
    <>
      <Hatch />
      <Place
        title="What is going on"
        className={sentenceHeight(findings)}
        bare
        soon
        panel={() => SentencePanel({ view })}
      />
      <Place title="Key figures" className={TILES_HEIGHT} panel={() => TilesPanel({ view })} />
      <Place title="Conversion and volume" className="h-96" panel={() => SeriesPanel({ view })} />
      <Place title="Destinations" className="h-[60rem]" panel={() => DestinationsPanel({ view })} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          <Place title="What changed" className="h-96" panel={() => ChangesPanel({ view })} />
          <Place title="Delivery latency" className="h-80" panel={() => LatencyPanel({ view })} />
        </div>
        <div className="flex flex-col gap-6">
          <Place title="Map" className="h-96" panel={() => MapPanel({ view })} />
          <Place title="Errors" className="h-96" panel={() => ErrorsPanel({ view })} />
        </div>
      </div>
    </>
  );
}

/** Unknown is none: the panel itself says what could not be read. */
async function findingCount(view: View): Promise<number> {
  const { rows } = await alertsOf(view).catch(() => ({ rows: [] }));
  return rows.length;
}

/** What the sentence takes, as near as the number of findings tells: what is below it hardly moves when it comes. */
function sentenceHeight(findings: number): string {
  if (findings === 0) return "max-sm:h-12 sm:h-7";
  if (findings === 1) return "max-sm:h-44 sm:h-23";
  return findings <= 3 ? "max-sm:h-56 sm:h-28" : "max-sm:h-72 sm:h-34";
}
