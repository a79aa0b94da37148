/**
 * What happened in the sample world besides every day's: three stories that a dashboard is there to tell, placed by the moment
 * the history ends at.
 */
import type { Route } from "@/simulator/network/route";
import { quarterOf } from "./rhythm";
import { demand, placeOf, type Place } from "./world";
import { DAY, HOUR, QUARTER } from "@/lib/terms/durations";

/** Its latency is what network delays look like: log-normal, of this median in seconds and this sigma. */
export type LifelikeRoute = Route<{ median: number; sigma: number }>;

/** A stretch of time, half-open, in epoch milliseconds. */
interface Window {
  from: number;
  to: number;
}

export interface Stories {
  /** One network fails, and still does when the history ends. */
  outage: Window & { country: string; network: string };
  /** Messages to one country take minutes. */
  slowRoute: Window & { country: string };
  /** Bots have messages sent to numbers of their accomplice's network. */
  pumping: Window & { country: string };
}

/** What bots are after, in the history and in the traffic's scenario `pumping`. */
export const PUMPED_COUNTRY = "AZ";

const USUAL_ERRORS = [
  [30003, 34],
  [30005, 22],
  [30008, 20],
  [30006, 11],
  [30007, 8],
  [30004, 5],
] as const;

/** The stories of a history that ends at a moment, in epoch milliseconds. */
export function storiesUntil(end: number): Stories {
  return {
    outage: { country: "ID", network: "Telkomsel", from: outageStart(placeOf("ID"), end), to: end },
    slowRoute: { country: "IN", from: end - 9 * DAY - 15 * HOUR, to: end - 8 * DAY - 9 * HOUR },
    pumping: {
      country: PUMPED_COUNTRY,
      from: end - 5 * DAY - 10 * HOUR,
      to: end - 4 * DAY - 14 * HOUR,
    },
  };
}

/**
 * The outage began when half of the last day's logins were still to come. So it weighs the same in the last 24 hours
 * whether the history ends in the country's evening or at night, when hardly anybody notices.
 */
function outageStart(place: Place, end: number): number {
  let day = 0;
  for (let at = quarterOf(end) - DAY; at < end; at += QUARTER) day += demand(place, at);
  let at = quarterOf(end);
  for (let missing = day / 2; missing > 0; missing -= demand(place, at)) at -= QUARTER;
  return at;
}

/** How a message to a place and network fares at a moment, in epoch milliseconds. */
export function routeTo(place: Place, network: string | null, at: number, stories: Stories): LifelikeRoute {
  const { outage, slowRoute } = stories;
  const usual = {
    undelivered: place.undelivered,
    errors: USUAL_ERRORS,
    latency: { median: place.seconds, sigma: 0.5 },
  };
  if (outage.country === place.country && outage.network === network && isWithin(outage, at)) {
    return {
      undelivered: 0.95,
      errors: [
        [30003, 68],
        [30005, 29],
        [30008, 3],
      ],
      latency: { median: 25, sigma: 0.8 },
    };
  }
  if (slowRoute.country === place.country && isWithin(slowRoute, at)) {
    return { ...usual, undelivered: place.undelivered * 1.4, latency: { median: 540, sigma: 0.5 } };
  }
  return usual;
}

function isWithin({ from, to }: Window, at: number): boolean {
  return from <= at && at < to;
}
