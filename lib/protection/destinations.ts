/**
 * The countries messages are sent to.
 */
import { sql, type Sql } from "../db";
import { env } from "../env";
import { refusal, type Refusal } from "../errors";

/** Whether messages to a country are refused, by ALLOWED_COUNTRIES or BLOCKED_COUNTRIES. */
export function isRefusedCountry(country: string): boolean {
  const { ALLOWED_COUNTRIES: allowed, BLOCKED_COUNTRIES: blocked } = env();
  return blocked.includes(country) || (allowed.length > 0 && !allowed.includes(country));
}

/** The same of an expression for the country. */
export function refusedCountry(country: Sql): Sql {
  const { ALLOWED_COUNTRIES: allowed, BLOCKED_COUNTRIES: blocked } = env();
  return sql`(${country} = any(${blocked}::text[])
    or cardinality(${allowed}::text[]) > 0 and ${country} <> all(${allowed}::text[]))`;
}

/** @param country ISO 3166-1 alpha-2 */
export function destinationRefused(country: string): Refusal {
  return refusal("destination_refused", { detail: `Messages to ${country} are not sent from here.` });
}
