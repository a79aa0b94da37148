/**
 * Limits that more than one part knows and that nobody configures.
 */
import { DAY_SECONDS } from "./durations";

/** A right secret this long after expiry still tells that its message arrived; it lets nobody in. */
export const LATE_SECONDS = DAY_SECONDS;

/** No secret lives longer: Twilio takes a validity period of 1 to 36,000 seconds. */
export const LONGEST_LIFETIME_SECONDS = 36_000;

/**
 * The longest a message is taken to be on its way to Twilio: a call takes up to 10 s and is repeated after a 429. After
 * that the process that sent it has died.
 */
export const SEND_SECONDS = 30;

/** Under this many mature messages a rate is shown but not ranked. */
export const LOW_SAMPLE = 30;

/** How many digits a code may be configured to have. */
export const CODE_DIGITS = { least: 4, most: 10 } as const;

/** Three words of four letters, as in kuda-moti-rabe. */
export const TEMPORARY_PASSWORD = /^[a-z]{4}(-[a-z]{4}){2}$/;

/** No range of a report is longer. */
export const MAX_RANGE_DAYS = 3_660;

/** Rows of a page of a table where none are asked for; a file then has all rows. */
export const DEFAULT_ROWS = { destinations: 300, blocks: 100 } as const;

/** How long a reason may be that people give for what they do. */
export const MOST_REASON = 300;

/** How many messages a search by a number, a SID or a verification shows. */
export const MOST_FOUND = 50;
