/** The overview's panels in their order, each with its own place to wait and to fail in. */
import { Suspense, type ReactNode } from "react";
import { PanelBoundary } from "@/components/dashboard/panel-boundary";
import { PanelSkeleton } from "@/components/dashboard/panel";
import { DefinitionList } from "@/components/dashboard/definition-list";
import { Hatch } from "@/components/dashboard/sparkline";
import { DEFINITIONS } from "../definitions";
import type { View } from "../view";
import { AtOnce } from "../at-once";
import { ChangesPanel } from "./changes-panel";
import { DestinationsPanel } from "./destinations-panel";
import { ErrorsPanel } from "./errors-panel";
import { SentencePanel } from "./sentence-panel";
import { TilesPanel } from "./tiles-panel";
import { MapPanel } from "../map-panel";
import { SeriesPanel } from "../series-panel";

export function OverviewPanels({ view }: { view: View }) {
  return (
    <>
      <Hatch />
      <AtOnce title="What is going on" panel={() => SentencePanel({ view })} />
      <AtOnce title="Key figures" panel={() => TilesPanel({ view })} />
      <Place title="Conversion and volume" className="h-96">
        <SeriesPanel view={view} />
      </Place>
      <Place title="Destinations" className="h-[60rem]">
        <DestinationsPanel view={view} />
      </Place>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Place title="What changed" className="h-96">
          <ChangesPanel view={view} />
        </Place>
        <div className="flex flex-col gap-6">
          <Place title="Map" className="h-96">
            <MapPanel view={view} />
          </Place>
          <Place title="Errors" className="h-96">
            <ErrorsPanel view={view} />
          </Place>
        </div>
      </div>
      <DefinitionList definitions={DEFINITIONS} />
    </>
  );
}

function Place({ title, className, children }: { title: string; className: string; children: ReactNode }) {
  return (
    <PanelBoundary title={title}>
      <Suspense fallback={<PanelSkeleton title={title} className={className} />}>{children}</Suspense>
    </PanelBoundary>
  );
}
