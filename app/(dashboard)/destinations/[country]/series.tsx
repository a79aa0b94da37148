import { costWords, rateWords, usualWords } from "@/components/dashboard/finding-figures";
import { SeriesPanel } from "../../panels/series-panel";
import { sinceOf } from "./since";
import { sinceWords, type DestinationPanelProps } from "./destination-panel";

/** The whole range; and beside it the time around its finding, which the range is too long to show. */
export async function DestinationSeries({ view, country }: DestinationPanelProps) {
  const since = await sinceOf(view);
  const path = `/destinations/${country}`;
  const change = { country };
  if (!since) return SeriesPanel({ view, path, change });
  // Asked for here, not left to be rendered: what fails in one is the panel's fault.
  const [whole, around] = await Promise.all([
    SeriesPanel({ view, path, change }),
    SeriesPanel({
      id: "series-since",
      view: since.around,
      path,
      title: `The time ${sinceWords(since, view)}`,
      change,
      withIntervals: false,
      about: since.finding,
      caption: `${rateWords(since.finding)} came back in time ${sinceWords(since, view)}, ${usualWords(since.finding)}${costWords(since.finding)}.`,
    }),
  ]);
  return (
    <div className="grid grid-cols-1 gap-6 xl:grid-cols-[3fr_2fr]">
      {whole}
      {around}
    </div>
  );
}
