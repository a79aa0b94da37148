/**
 * How long a session lasts.
 */
import { secondsAfter } from "../clock";
import { sql, type Sql } from "../db";
import { DAY_SECONDS, HOUR_SECONDS } from "../terms/durations";
import { operatorNumbers } from "./operators";

/** Seconds a session lasts unused, and at the most, whatever happens in it. docs/security.md says why. */
export const SESSION_LIMITS = {
  operator: { idle: HOUR_SECONDS / 2, absolute: 12 * HOUR_SECONDS },
  other: { idle: 7 * DAY_SECONDS, absolute: 30 * DAY_SECONDS },
};

/**
 * A condition: whether a session `s` of the account `a` counts at a moment. Who is an operator follows from the configuration of that
 * moment, so that a new operator's long session ends, too.
 */
export function isOpenSession(at: Date): Sql {
  const within = ({ idle, absolute }: (typeof SESSION_LIMITS)["other"]) =>
    sql`s.seen_at > ${secondsAfter(at, -idle)}::timestamptz and s.created_at > ${secondsAfter(at, -absolute)}::timestamptz`;
  return sql`(s.expires_at > ${at}::timestamptz and case when a.number = any(${operatorNumbers()}::text[])
    then ${within(SESSION_LIMITS.operator)} else ${within(SESSION_LIMITS.other)} end)`;
}
