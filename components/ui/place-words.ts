/** Places and their states in words: made by the server, since how numbers are grouped is known there only. */
import type { PlaceState } from "@/lib/protection/states";
import { EVERYWHERE, FIRST_DESTINATIONS, PLACE_STATES, STATE_CAUSES } from "@/lib/terms/place-states";
import { countryName, formatCount } from "./format";
import { formatBlock } from "./phone-number";
import type { StateLine } from "./place-badge";

/** A country, a network of it or a block, as people call it. */
export function placeWords(place: string): string {
  if (place === EVERYWHERE) return "everything together";
  if (place === FIRST_DESTINATIONS) return "all new destinations together";
  if (place.startsWith("+")) return formatBlock(place);
  const [country = "", ...network] = place.split(":");
  return network.length === 0 ? countryName(country) : `${network.join(":")} in ${countryName(country)}`;
}

/** @param place of which the state is told; @param until when it ends, in words */
export function stateLine(place: string, state: PlaceState, until: string | null): StateLine {
  const { is, by, of } = state;
  return {
    is,
    place,
    name: placeWords(place),
    short: shortWords(state),
    words: stateWords(place, state, until),
    isSaid: by === "said" && of === place,
  };
}

/** `blocked`, `capped at 20/h` */
function shortWords({ is, perHour }: PlaceState): string {
  const { words } = PLACE_STATES[is];
  return is === "capped" && perHour !== null ? `${words} at ${formatCount(perHour)}/h` : words;
}

/** `all of Brazil is` */
function wholeWords(place: string): string {
  const words = placeWords(place);
  if (place === FIRST_DESTINATIONS) return `${words} are`;
  return `${/^[A-Z]{2}$/.test(place) ? "all of " : ""}${words} is`;
}

/** `Blocked until 28 Nov 14:00, as all of Brazil is: Pumping on 24 November` */
function stateWords(place: string, state: PlaceState, until: string | null): string {
  const { is, by, of, perHour, reason } = state;
  const { words } = PLACE_STATES[is];
  const told = [
    words.charAt(0).toUpperCase() + words.slice(1),
    perHour === null ? "" : ` at ${formatCount(perHour)} messages an hour`,
    until === null ? "" : ` until ${until}`,
    of === null || of === place ? "" : `, as ${wholeWords(of)}`,
  ].join("");
  const why = by === "said" ? reason : by && STATE_CAUSES[by];
  return why ? `${told}: ${why}` : told;
}
