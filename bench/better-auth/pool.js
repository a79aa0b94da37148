/** One pool for better-auth and the `SELECT 1` route, as large as the product's. */
import { Pool } from "pg";

// Next's bundles each load this module: one pool serves them all.
export const pool = (globalThis.benchPool ??= new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
  application_name: "better-auth",
}));
