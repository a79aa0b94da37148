/** A destination's panels. Where and since when stand before why: an outage must be on the first screen. */
import { Hatch } from "@/components/dashboard/sparkline";
import { WordsWaiting } from "@/components/dashboard/words-waiting";
import { Place } from "../../panels/place";
import { LatencyPanel } from "../../panels/latency-panel";
import { TILES_HEIGHT, TilesPanel } from "../../panels/tiles/tiles-panel";
import { BlocksPanel } from "./blocks-panel";
import { toldCountOf } from "../../reports";
import type { DestinationPanelProps } from "./destination-panel";
import { ErrorsPanel } from "./errors-panel";
import { FunnelPanel } from "./funnel-panel";
import { MessagesPanel } from "./messages-panel";
import { NetworksPanel } from "./networks-panel";
import type { Reader } from "../../dashboard-page";
import { PressurePanel } from "./pressure-panel";
import { SentPanel } from "./sent-panel";
import { SentencePanel } from "./sentence-panel";
import { DestinationSeries } from "./series";
import { TimePanel } from "./time-panel";

export async function DestinationPanels({
  view,
  country,
  reader,
}: DestinationPanelProps & { reader: Reader }) {
  const of = { view, country };
  const findings = await toldCountOf(view);
  return (
    <>
      <Hatch />
      <Place
        title="What is going on"
        waiting={<WordsWaiting sentence={140} lines={findings > 0 ? [140] : []} />}
        soon
        panel={() => SentencePanel(of)}
      />
      <Place
        title="Key figures"
        className={TILES_HEIGHT}
        panel={() => TilesPanel({ view, change: { country } })}
      />
      <Place title="Conversion and volume" className="h-[28rem]" panel={() => DestinationSeries(of)} />
      <Place title="Networks" className="h-72" panel={() => NetworksPanel(of)} />
      <Place title="Senders" className="h-40" panel={() => SentPanel({ ...of, by: "sender" })} />
      <Place title="Languages" className="h-40" panel={() => SentPanel({ ...of, by: "locale" })} />
      <Place title="1k blocks" className="h-32" panel={() => BlocksPanel(of)} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="flex flex-col gap-6">
          <Place title="Where messages are lost" className="h-96" panel={() => FunnelPanel(of)} />
          <Place title="Time to confirm" className="h-80" panel={() => TimePanel(of)} />
          <Place
            title="Delivery latency"
            className="h-80"
            panel={() => LatencyPanel({ view, change: { country } })}
          />
        </div>
        <div className="flex flex-col gap-6">
          <Place title="Errors" className="h-96" panel={() => ErrorsPanel(of)} />
          <Place
            title="Resends and pressure"
            className="h-80"
            panel={() => PressurePanel({ ...of, withAddresses: reader.operator })}
          />
        </div>
      </div>
      <Place title="Newest messages" className="h-96" panel={() => MessagesPanel(of)} />
    </>
  );
}
