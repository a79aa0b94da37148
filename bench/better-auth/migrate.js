/** Makes better-auth's tables, by its own means, and the index that its lookup of a code needs. */
import { getMigrations } from "better-auth/db/migration";
import { auth } from "./auth.js";
import { pool } from "./pool.js";

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
await pool.query(
  'CREATE INDEX IF NOT EXISTS bench_identifier ON verification (identifier, "createdAt" DESC)',
);
await pool.end();
