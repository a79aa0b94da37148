import { cache } from "react";
import { valuesOf } from "@/components/ui/view-url";
import { DEFAULT_ROWS } from "@/lib/terms/limits";
import { inPlace } from "@/lib/insights/asking/places";
import { readBlocks, type Blocks } from "@/lib/insights/reports/blocks";
import { summaryOf } from "../../reports";
import type { View } from "../../view";

/** More would make a page wait that is not about them. */
const MOST_COUNTED_UNASKED = 20_000;

/** A destination's blocks; `many` when they have not been asked for, `too many` when they cannot be counted. */
export const blocksOf = cache(async (view: View): Promise<Blocks | "many" | "too many"> => {
  const { current } = await summaryOf(view);
  if (current.attempted > MOST_COUNTED_UNASKED && !asksForBlocks(view)) return "many";
  const blocks = await inPlace(() => readBlocks(view.query, { limit: DEFAULT_ROWS.blocks }), { slow: true });
  return blocks.tooMany ? "too many" : blocks.report;
});

/** Whether a view is about blocks: who has asked for them is to see them. */
export function asksForBlocks({ params }: View): boolean {
  const parts = [...valuesOf(params, "network"), ...valuesOf(params, "block")];
  return params["view"] === "blocks" || parts.length > 0;
}
