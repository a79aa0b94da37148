/**
 * `npm run db:seed`: loads the sample history into DATABASE_URL, or into the embedded database when it is unset. Migrates first.
 * SAMPLE_HISTORY says how many messages.
 */
import { applyMigrations } from "./migrations/apply";
import { openDatabase } from "./support/database";
import { loadEnvFile } from "./support/env-file";
import { Fault, runMain } from "./support/fault";
import { fillDatabase, wantedHistory } from "./support/sample-history";

async function main(): Promise<void> {
  loadEnvFile();
  const messages = wantedHistory();
  const database = await openDatabase();
  try {
    await applyMigrations({ url: database.url, onProgress: console.log });
    if (messages === 0) {
      console.log("SAMPLE_HISTORY is 0: nothing was loaded.");
      return;
    }
    const occupied = await fillDatabase({ url: database.url, messages }, console.log);
    if (occupied === "sample") console.log("The sample history is there already: nothing was loaded.");
    if (occupied === "verifications") {
      throw new Fault(
        "This database holds verifications that are no sample: nothing was loaded. " +
          "Name an empty database with DATABASE_URL=, or another folder for the embedded one with DATA_DIR=.",
      );
    }
  } finally {
    await database.close();
  }
}

runMain(main);
