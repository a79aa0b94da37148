/**
 * Unverified pressure: how many codes of the last 24 hours nobody came back with, against how many people usually do. High where
 * messages are sent to be billed, not read.
 */
import { secondsAfter } from "../clock";
import { floor } from "./spans";
import { tallies } from "./tallies";

export interface Pressure {
  /** Unverified ÷ threshold; above 1 is unusual. */
  value: number;
  /** Messages of the last 24 h that were not confirmed. */
  unverified: number;
  /** Confirmed messages of the last 24 h. */
  verified: number;
  /** The greatest number of confirmed messages in one of the last 14 days. */
  greatestVerified: number;
}

const DAY_SECONDS = 86_400;
const DAYS = 14;

/**
 * Unverified ÷ max(20, 0.2 × 14-day maximum of verified, 0.2 × verified in 24 h): the formula of Authgear's SMS pumping
 * protection.
 *
 * @param to the end of the 24 hours
 */
export async function unverifiedPressure(to: Date, country: string): Promise<Pressure> {
  const end = floor("hour", to);
  const starts = Array.from({ length: DAYS }, (_, i) => secondsAfter(end, -(DAYS - i) * DAY_SECONDS));
  const days = await tallies({
    periods: [{ from: starts[0]!, to: end }],
    filters: { country: { in: [country], notIn: [] } },
    buckets: { starts, longest: "hour" },
    only: ["attempted", "confirmed"],
  });
  const verifiedOf = (day: number) => days.find(({ bucket }) => bucket === day)?.all.counts.confirmed ?? 0;
  const last = days.find(({ bucket }) => bucket === DAYS - 1)?.all.counts;
  const verified = last?.confirmed ?? 0;
  const unverified = (last?.attempted ?? 0) - verified;
  const greatestVerified = Math.max(...starts.map((_, day) => verifiedOf(day)));
  const threshold = Math.max(20, 0.2 * greatestVerified, 0.2 * verified);
  return { value: unverified / threshold, unverified, verified, greatestVerified };
}
