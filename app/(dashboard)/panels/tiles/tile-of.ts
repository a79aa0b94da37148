import type { TileData } from "@/components/dashboard/tile";
import type { Summary } from "@/lib/insights/reports/summary";
import type { Bucket } from "@/lib/insights/reports/timeseries";
import type { View } from "../../view";

/** One of the tiles, made of the view's row, its buckets, and what was asked for and when. */
export type TileOf = (
  summary: Summary,
  buckets: readonly Bucket[],
  view: Pick<View, "at" | "query">,
) => Omit<TileData, "immature">;
