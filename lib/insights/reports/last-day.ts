/**
 * The last 24 hours against what is usual: how many people got in with their code, and how many would have.
 */
import { now } from "../../clock";
import { DAY } from "../../terms/durations";
import { LOW_SAMPLE } from "../../terms/limits";
import { ratio } from "../asking/metrics";
import { roundOutward } from "../asking/range";
import type { ReportQuery } from "../asking/report";
import { ask, type Tally } from "../asking/tallies";

export interface LastDay {
  /** Mature messages, and those of them confirmed in time. */
  attempted: number;
  confirmed: number;
  /** Confirmed in time if every destination had done as in the 14 days before. */
  expected: number;
  /** Destinations with enough mature messages to tell, and with too few. */
  destinations: number;
  lowSamples: number;
}

/**
 * @param leftOut countries that are not of people
 */
export async function readLastDay({ filters }: ReportQuery, leftOut: readonly string[]): Promise<LastDay> {
  const to = now().getTime();
  const end = roundOutward(new Date(to), new Date(to)).to;
  const day = { from: new Date(end.getTime() - DAY), to: end };
  const before = roundOutward(new Date(day.from.getTime() - 14 * DAY), day.from);
  const found = await ask({
    periods: [day, before],
    filters,
    by: ["country"],
    only: ["attempted", "confirmed", "late"],
  });
  const people = found.filter(({ country }) => !leftOut.includes(country));
  const usual = new Map(people.filter(({ period }) => period === 1).map((tally) => [tally.country, tally]));
  const result: LastDay = { attempted: 0, confirmed: 0, expected: 0, destinations: 0, lowSamples: 0 };
  for (const tally of people.filter(({ period }) => period === 0)) {
    const { attempted } = tally.mature.counts;
    const confirmed = inTime(tally);
    const earlier = usual.get(tally.country);
    // A destination without a past is as usual as it can be.
    const rate = earlier ? ratio(inTime(earlier), earlier.mature.counts.attempted) : null;
    result.attempted += attempted;
    result.confirmed += confirmed;
    result.expected += rate === null ? confirmed : rate * attempted;
    result[attempted < LOW_SAMPLE ? "lowSamples" : "destinations"] += 1;
  }
  return result;
}

function inTime({ mature }: Tally): number {
  return mature.counts.confirmed - mature.counts.late;
}
