/**
 * Lengths of time: in milliseconds, as dates are counted in, unless the name says seconds.
 */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
/** What everything is counted by: every time zone's offset is a multiple of it. */
export const QUARTER = 15 * MINUTE;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Of SQL, cookies and settings. */
export const MINUTE_SECONDS = 60;
export const QUARTER_SECONDS = 15 * MINUTE_SECONDS;
export const HOUR_SECONDS = 60 * MINUTE_SECONDS;
export const DAY_SECONDS = 24 * HOUR_SECONDS;
