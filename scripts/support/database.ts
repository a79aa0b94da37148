import { startEmbeddedPostgres } from "../embedded-postgres/start";
import { makeFolder } from "./data-folder";

export interface OpenDatabase {
  url: string;
  /** Whether it is the embedded one. */
  embedded: boolean;
  /** Leaves it; the embedded server stops when nobody else uses it. */
  close: () => Promise<void>;
}

/** The database that `DATABASE_URL` names, or else the embedded one under the data folder, started. */
export async function openDatabase(): Promise<OpenDatabase> {
  const url = process.env.DATABASE_URL;
  if (url) return { url, embedded: false, close: () => Promise.resolve() };
  const embedded = await startEmbeddedPostgres({ dir: makeFolder("pg"), database: "otp_insights" });
  return { url: embedded.url, embedded: true, close: embedded.stop };
}
