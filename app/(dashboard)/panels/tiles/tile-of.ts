import type { TileData } from "@/components/dashboard/tile";
import type { ParamChange } from "@/components/ui/view-url";
import type { Summary } from "@/lib/insights/reports/summary";
import type { Bucket } from "@/lib/insights/reports/timeseries";
import type { View } from "../../view";

/** One of the tiles, made of the view's row, its buckets, and what was asked for and when. */
export type TileOf = (
  summary: Summary,
  buckets: readonly Bucket[],
  view: Pick<View, "at" | "query">,
  /** The log of the view's messages, filtered further. */
  log: (filter: ParamChange) => string,
) => Omit<TileData, "immature">;
