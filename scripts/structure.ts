/** `npm run db:structure`: writes prisma/structure.sql from a new database with all migrations, which is gone afterwards. */
import { writeFileSync } from "node:fs";
import { Client } from "pg";
import { openTemporaryPostgres } from "./bench/support/temporary-postgres";
import { runMain } from "./support/fault";
import { STRUCTURE_FILE, structureOf } from "./support/structure";

async function main(): Promise<void> {
  const { url, remove } = await openTemporaryPostgres();
  try {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      writeFileSync(STRUCTURE_FILE, await structureOf(client));
    } finally {
      await client.end();
    }
  } finally {
    await remove();
  }
}

runMain(main);
