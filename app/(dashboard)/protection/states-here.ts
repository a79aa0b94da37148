/** What the panels of this page share, read once. */
import { cache } from "react";
import { readIncidents } from "@/lib/notifications/incidents";
import { readDecisions } from "@/lib/protection/decisions";
import { readExposure } from "@/lib/protection/exposure";
import type { Spot } from "@/lib/protection/place";
import { FIRST_DESTINATIONS } from "@/lib/terms/place-states";
import { readStateLines, type StateLines } from "../states";

export const incidentsHere = cache(readIncidents);

export const exposureHere = cache(readExposure);

/** More are in what the API answers. */
const MOST_DECISIONS = 25;

/** What was refused or noted, the newest first. */
export const decisionsHere = cache(() =>
  readDecisions({ verdicts: ["refused", "would_refuse"], limit: MOST_DECISIONS }),
);

/** The states of all places that the page names; but for what is wrong, it names them to operators only. */
export const statesHere = cache(async (isOperator: boolean): Promise<StateLines> => {
  const [incidents, exposure, decisions] = await Promise.all([
    incidentsHere(),
    isOperator ? exposureHere() : null,
    isOperator ? decisionsHere() : [],
  ]);
  const found = incidents.flatMap(({ country, network }): Spot[] =>
    country === null ? [] : [{ country, network }],
  );
  const exposed = (exposure?.rows ?? []).flatMap(({ place }): Spot[] =>
    place === FIRST_DESTINATIONS ? [] : [{ country: place }],
  );
  return readStateLines([...found, ...exposed, ...decisions], { forEverybody: !isOperator, tz: "UTC" });
});
