/**
 * Circles: who shares a budget of a number. Our own pages are one, each program is one by its key, and those who have just given the
 * number's right password are one. What is used up in one leaves the others alone: a stranger on our login page keeps no program's user out.
 */
import { sql, type Sql } from "../db";

/** Of whoever has just given the right password: no stranger is in it, so the code that is to follow can be sent and checked. */
export const AFTER_PASSWORD = "password";

/** What of a verification says which circle asks. */
interface Circled {
  /** Digest of the API key of the program that asks. */
  apiKey?: Uint8Array<ArrayBuffer>;
  afterPassword?: boolean;
}

/** The circle of who starts a verification. */
export function circleOfStart({ apiKey, afterPassword = false }: Circled): Sql {
  return circle(sql`${afterPassword}::boolean`, sql`${apiKey ?? null}::bytea`);
}

/** The same by a verification's row. @param row its alias, with `after_password` and `api_key` */
export function circleOf(row: Sql): Sql {
  return circle(sql`${row}.after_password`, sql`${row}.api_key`);
}

function circle(afterPassword: Sql, apiKey: Sql): Sql {
  return sql`(case when ${afterPassword} then ${AFTER_PASSWORD}::text else coalesce('key ' || encode(${apiKey}, 'hex'), 'pages') end)`;
}
