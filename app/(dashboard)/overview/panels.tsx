/** The overview's panels in their order, each with its own place to wait and to fail in. */
import { Hatch } from "@/components/dashboard/sparkline";
import { MOST_LISTED_FINDINGS } from "@/components/dashboard/sentence/finding-lines";
import { WordsWaiting } from "@/components/dashboard/words-waiting";
import { Place } from "../panels/place";
import { LatencyPanel } from "../panels/latency-panel";
import { SeriesPanel } from "../panels/series-panel";
import { TILES_HEIGHT, TilesPanel } from "../panels/tiles/tiles-panel";
import { toldCountOf } from "../reports";
import type { View } from "../view";
import { ChangesPanel } from "./changes-panel";
import { DestinationsPanel } from "./destinations-panel";
import { ErrorsPanel } from "./errors-panel";
import { MapPanel } from "./map-panel";
import { SentencePanel } from "./sentence-panel";

export async function OverviewPanels({ view }: { view: View }) {
  const findings = await toldCountOf(view);
  return (
    <>
      <Hatch />
      <Place
        title="What is going on"
        waiting={<WordsWaiting {...lettersOf(findings)} />}
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

/** How long the sentence is, as near as the number of findings tells: the worst in large, a line for each other and for those without one. */
function lettersOf(findings: number): { sentence: number; lines: number[] } {
  if (findings === 0) return { sentence: 90, lines: [] };
  const others = Array<number>(Math.min(MOST_LISTED_FINDINGS, findings - 1)).fill(150);
  return { sentence: 210, lines: [...others, 200] };
}
