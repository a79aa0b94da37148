import type { TileData } from "@/components/dashboard/tile";
import type { Summary } from "@/lib/insights/reports/summary";
import type { Bucket } from "@/lib/insights/reports/timeseries";

/** One of the tiles, made of the view's row, its buckets, and the moment they were asked for. */
export type TileOf = (summary: Summary, buckets: readonly Bucket[], at: Date) => Omit<TileData, "immature">;
