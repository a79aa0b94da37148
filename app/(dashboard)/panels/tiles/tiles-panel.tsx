import { Tiles } from "@/components/dashboard/tiles";
import { apiUrl, viewUrl, type ParamChange } from "@/components/ui/view-url";
import { summaryOf, timeseriesOf } from "../../reports";
import type { View } from "../../view";
import { attempted } from "./attempted";
import { costPerConversion } from "./cost-per-conversion";
import { conversion, feedbackCoverage, statusOk, successRate } from "./shares";
import { timeToConfirm } from "./time-to-confirm";

/** What the tiles take in one row, in two and in four, so that nothing moves when they come. */
export const TILES_HEIGHT = "max-md:h-[38.3125rem] md:max-xl:h-[19.1875rem] xl:h-[9.625rem]";

const TILES = [
  attempted,
  statusOk,
  conversion,
  successRate,
  timeToConfirm,
  costPerConversion,
  feedbackCoverage,
];

interface TilesPanelProps {
  view: View;
  /** What the API takes beside the page's parameters. */
  change?: ParamChange;
}

/** The seven figures of the whole view. */
export async function TilesPanel({ view, change = {} }: TilesPanelProps) {
  const [summary, { rows: buckets }] = await Promise.all([summaryOf(view), timeseriesOf(view)]);
  const immature = buckets.filter(({ mature }) => !mature).length;
  const log = (filter: ParamChange) =>
    viewUrl("/messages", view.params, { ...change, sort: null, view: null, interval: null, ...filter });
  const tiles = TILES.map((tileOf) => ({ ...tileOf(summary, buckets, view, log), immature }));
  return <Tiles tiles={tiles} api={apiUrl("summary", view.params, { change })} />;
}
