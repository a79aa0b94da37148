/** What the panels of this page share, read once. */
import { cache } from "react";
import { readIncidents } from "@/lib/notifications/incidents";
import { readExposure } from "@/lib/protection/exposure";
import type { Spot } from "@/lib/protection/place";
import { FIRST_DESTINATIONS } from "@/lib/terms/place-states";
import { readStateLines, type StateLines } from "../states";

export const incidentsHere = cache(readIncidents);

export const exposureHere = cache(readExposure);

/** The states of all places that the page names; what could be lost it names to operators only. */
export const statesHere = cache(async (isOperator: boolean): Promise<StateLines> => {
  const [incidents, exposure] = await Promise.all([incidentsHere(), isOperator ? exposureHere() : null]);
  const found = incidents.flatMap(({ country, network }): Spot[] =>
    country === null ? [] : [{ country, network }],
  );
  const exposed = (exposure?.rows ?? []).flatMap(({ place }): Spot[] =>
    place === FIRST_DESTINATIONS ? [] : [{ country: place }],
  );
  return readStateLines([...found, ...exposed], { forEverybody: !isOperator, tz: "UTC" });
});
