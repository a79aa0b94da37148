/** The states of places, each page's read once, as its badges say them. */
import { cache } from "react";
import { formatMoment } from "@/components/dashboard/moments";
import type { StateLine } from "@/components/ui/place-badge";
import { stateLine } from "@/components/ui/place-words";
import { now } from "@/lib/clock";
import { inPlace } from "@/lib/insights/asking/places";
import { placesOf, type Spot } from "@/lib/protection/place";
import { readStates } from "@/lib/protection/states";
import { networksOf } from "@/lib/verification/networks";
import { destinationsOf, findingsOf } from "./reports";
import type { View } from "./view";

/** What is said of a spot's place. */
export type StateLines = (spot: Spot) => StateLine;

interface Told {
  /** Whether whoever reads it may be anybody. */
  forEverybody: boolean;
  /** The zone of its moments. */
  tz: string;
}

/** The states of some spots. */
export async function readStateLines(
  spots: readonly Spot[],
  { forEverybody, tz }: Told,
): Promise<StateLines> {
  const [states, at] = [await inPlace(() => readStates(spots, { forEverybody })), now()];
  return (spot) => {
    const state = states(spot);
    const until = state.until && formatMoment(state.until, tz, at);
    return stateLine(
      placesOf(spot)[0] ?? spot.country,
      state,
      until && tz === "UTC" ? `${until} UTC` : until,
    );
  };
}

export function toldOf({ query }: View): Told {
  return { forEverybody: query.filters.forEverybody ?? false, tz: query.range.tz };
}

/** Of all that the overview shows. */
export const overviewStatesOf = cache(async (view: View): Promise<StateLines> => {
  const [{ rows }, found] = await Promise.all([destinationsOf(view), findingsOf(view)]);
  return readStateLines([...rows.map(({ country }) => ({ country })), ...found], toldOf(view));
});

/** Of a country and its networks. */
export const destinationStatesOf = cache((view: View, country: string): Promise<StateLines> => {
  const networks = networksOf(country).map((network) => ({ country, network }));
  return readStateLines([{ country }, ...networks], toldOf(view));
});
