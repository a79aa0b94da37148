/** The database that every scenario begins with: a fortnight of ordinary traffic, counted. */

import { Client, escapeIdentifier } from "pg";
import { setClock } from "@/lib/clock";
import { disconnect } from "@/lib/db";
import { setEnv } from "@/lib/env";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { workOutUsual } from "@/lib/insights/counting/usual";
import { watchConversion } from "@/lib/insights/counting/watch-conversion";
import { Random } from "@/demo/world/random";
import { MINUTE } from "@/lib/terms/durations";
import { priceOf } from "@/simulator/network/prices";
import { applyMigrations } from "../../migrations/apply";
import { history } from "./ordinary";
import { BEGINNING, type Asker } from "./programme";

const HISTORY = "protection_history";
const ROWS_AT_ONCE = 5_000;

/** Databases like one: each scenario plays in a clone of its own. */
export interface Databases {
  clone: (scenario: string) => Promise<string>;
}

/** Makes the database to clone. @returns with how many messages it begins */
export async function prepareDatabases(
  configuration: Record<string, string> & { DATABASE_URL: string },
  admin: Client,
  seed: string,
): Promise<Databases & { messages: number }> {
  const urlOf = (name: string) => {
    const url = new URL(configuration.DATABASE_URL);
    url.pathname = `/${name}`;
    return url.href;
  };
  await admin.query(`CREATE DATABASE ${escapeIdentifier(HISTORY)}`);
  await applyMigrations({ url: urlOf(HISTORY) });
  setEnv({ ...configuration, DATABASE_URL: urlOf(HISTORY) });
  await disconnect();
  setClock(() => new Date(BEGINNING));
  const rows = rowsOf(history(seed), seed);

  const client = new Client({ connectionString: urlOf(HISTORY) });
  await client.connect();
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE)
    await client.query(WRITE, [JSON.stringify(rows.slice(first, first + ROWS_AT_ONCE))]);
  while ((await foldDeltas()).more);
  while (await watchConversion());
  await workOutUsual();
  await client.query("VACUUM (ANALYZE)");
  await client.end();
  await disconnect();
  return {
    messages: rows.length,
    clone: async (scenario) => {
      const name = `protection_${scenario.replaceAll("-", "_")}`;
      await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(HISTORY)}`);
      return urlOf(name);
    },
  };
}

/** A message that is over, as a row to be written. Of somebody who asked again each has a verification of its own: that counts the same. */
function rowsOf(askers: readonly Asker[], seed: string) {
  const random = new Random(`${seed}, ids`);
  return askers.flatMap(({ phone, address, tries }) =>
    tries.map(({ at, receipt, confirmsAfter }) => {
      const moment = BEGINNING + at;
      return {
        id: random.uuid(moment),
        message: random.uuid(moment),
        to: phone.number,
        country: phone.place.country,
        network: phone.network,
        block: phone.block,
        address,
        at: new Date(moment),
        status: receipt === "lost" ? "sent" : receipt,
        confirmed: confirmsAfter === null ? null : new Date(moment + confirmsAfter),
        price: priceOf(phone.number, 1),
        over: new Date(moment + 10 * MINUTE),
      };
    }),
  );
}

const WRITE = `
WITH given AS (
  SELECT * FROM json_to_recordset($1::json) AS g (id uuid, message uuid, "to" text, country text, network text, block text, address text,
    at timestamptz, status message_status, confirmed timestamptz, price numeric, over timestamptz)
), started AS (
  INSERT INTO verification (id, "to", country, network, block, status, client_ip, asked_from, created_at, accepted_at, expires_at,
    approved_at)
  SELECT id, "to", country, network, block,
    CASE WHEN confirmed IS NULL THEN 'pending' ELSE 'approved' END::verification_status, address, address, at, at, over, confirmed
  FROM given
)
INSERT INTO message (id, verification_id, sid, secret_hash, country, network, block, action, sender, attempt, status, error_code,
  requested_at, accepted_at, sent_at, delivered_at, failed_at, confirmed_at, price, price_unit, segments)
SELECT message, id, 'SM' || md5(message::text), sha256(message::text::bytea), country, network, block, 'code', '+15005550006', 1, status,
  CASE status WHEN 'undelivered' THEN 30003 END, at, at, at, CASE status WHEN 'delivered' THEN at + interval '3 s' END,
  CASE status WHEN 'undelivered' THEN at + interval '20 s' END, confirmed, price, 'USD', 1
FROM given`;
