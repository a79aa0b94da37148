/** The numbers of the rules that are not configurable. */
import { DAY_SECONDS } from "../terms/durations";

/** A new message is refused when less than this is left: it would hardly arrive in time. */
export const MIN_SECONDS_FOR_RESEND = 120;

/** Messages a verification may have; each is one more secret that is accepted. */
export const MAX_SENDS = 5;

/** An `Idempotency-Key` is remembered for this long. */
export const IDEMPOTENCY_SECONDS = DAY_SECONDS;

/**
 * The longest a message is taken to be on its way to Twilio: a call takes up to 10 s and is repeated after a 429. After
 * that the process that sent it has died.
 */
export const SEND_SECONDS = 30;
