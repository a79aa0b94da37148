/**
 * When what is counted does not change any more.
 */
import { now, secondsAfter } from "../../clock";
import { env } from "../../env";
import { DAY_SECONDS } from "../../terms/durations";
import { floor } from "./spans";

/** A secret may be on its way back this long after it expired, without being late. */
const MATURITY_MARGIN_SECONDS = 300;

/** Late confirmations are taken this long after expiry. */
const FINAL_AFTER_SECONDS = DAY_SECONDS;

/** Quarter-hours that begin before this are mature: they ended longer ago than a secret's lifetime and five minutes. */
export function matureUntil(): Date {
  return floor("quarter", secondsAfter(now(), -(env().CODE_TTL_SECONDS + MATURITY_MARGIN_SECONDS)));
}

/** Quarter-hours that begin before this are final: not even a late confirmation can come. */
export function finalUntil(): Date {
  return secondsAfter(matureUntil(), -FINAL_AFTER_SECONDS);
}
