/**
 * `npm run db:migrate`: applies the migrations to DATABASE_URL, or to the embedded cluster when it is unset.
 *
 * `-- --rolled-back NAME` marks a failed one as rolled back first.
 */
import { parseArgs } from "node:util";
import { applyMigrations, resolveAsRolledBack } from "./migrations/apply";
import { openDatabase } from "./support/database";
import { loadEnvFile } from "./support/env-file";
import { runMain } from "./support/fault";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "rolled-back": { type: "string" } } });
  loadEnvFile();
  const database = await openDatabase();
  try {
    if (values["rolled-back"]) await resolveAsRolledBack(database.url, values["rolled-back"]);
    const applied = await applyMigrations({ url: database.url, onProgress: console.log });
    console.log(
      applied.length ? `${applied.length} applied.` : "Nothing to apply: the database is up to date.",
    );
  } finally {
    await database.close();
  }
}

runMain(main);
