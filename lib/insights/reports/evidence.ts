/**
 * How many destinations have enough messages to say something of: all that a sentence about them needs, without their figures.
 */
import { LOW_SAMPLE } from "../../terms/limits";
import type { ReportQuery } from "../asking/report";
import { ask } from "../asking/tallies";

export interface Evidence {
  /** With enough mature messages for a rate, and with too few. */
  destinations: number;
  lowSamples: number;
  /** Messages of all of them, those whose action happened, and those that are mature. */
  attempted: number;
  confirmed: number;
  mature: number;
}

export async function readEvidence({ range, filters }: ReportQuery): Promise<Evidence> {
  const found = await ask({ periods: [range], filters, by: ["country"], only: ["attempted", "confirmed"] });
  const sizes: Evidence = { destinations: 0, lowSamples: 0, attempted: 0, confirmed: 0, mature: 0 };
  for (const { all, mature } of found) {
    if (all.counts.attempted === 0) continue;
    sizes[mature.counts.attempted < LOW_SAMPLE ? "lowSamples" : "destinations"] += 1;
    sizes.attempted += all.counts.attempted;
    sizes.confirmed += all.counts.confirmed;
    sizes.mature += mature.counts.attempted;
  }
  return sizes;
}
