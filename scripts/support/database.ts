import { startEmbeddedPostgres, type EmbeddedPostgres } from "../embedded-postgres/start";
import { databaseSettings, type DatabaseSettings } from "@/lib/settings/database-url";
import { makeFolder } from "./data-folder";
import { Fault, messageOf } from "./fault";

export interface OpenDatabase {
  url: string;
  /** The server, when it is the embedded one. */
  embedded?: EmbeddedPostgres;
  /** Leaves it; the embedded server stops when nobody else uses it. */
  close: () => Promise<void>;
}

/** The database that `DATABASE_URL` names, or else the embedded one under the data folder, started. */
export async function openDatabase(): Promise<OpenDatabase> {
  const url = process.env["DATABASE_URL"];
  if (url) settingsOf(url);
  if (url) return { url, close: () => Promise.resolve() };
  const embedded = await startEmbeddedPostgres({ dir: makeFolder("pg"), database: "otp_insights" });
  return { url: embedded.url, embedded, close: embedded.stop };
}

/**
 * What `DATABASE_URL` says.
 *
 * @throws {Fault} naming what of it is wrong
 */
export function settingsOf(url: string): DatabaseSettings {
  try {
    return databaseSettings(url);
  } catch (error) {
    throw new Fault(`DATABASE_URL ${messageOf(error)}.`);
  }
}
