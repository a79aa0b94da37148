/** The numbers of the rules that are not configurable. */
import { DAY_SECONDS } from "../terms/durations";

/** A new message is refused when less than this is left: it would hardly arrive in time. */
export const MIN_SECONDS_FOR_RESEND = 120;

/** Messages a verification may have; each is one more secret that is accepted. */
export const MAX_SENDS = 5;

/** An `Idempotency-Key` is remembered for this long. */
export const IDEMPOTENCY_SECONDS = DAY_SECONDS;
