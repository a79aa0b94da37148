import { db, schemaFault } from "./db";
import { log } from "./log";
import { migrationState, type MigrationRow } from "./migrations";
import { zoneFault } from "./moments";

/** What keeps the service from doing its work, in one sentence; null when nothing does. */
export async function readiness(): Promise<string | null> {
  try {
    const rows = await db().$queryRaw<MigrationRow[]>`
      select migration_name, checksum, finished_at, rolled_back_at from _prisma_migrations`;
    const { pending, edited, failed } = migrationState(rows);
    const wanting = [...pending, ...edited, ...failed];
    return wanting.length > 0
      ? `The database lacks migrations: ${wanting.join(", ")}. Run npm run db:migrate.`
      : ((await schemaFault()) ?? (await zoneFault()));
  } catch (err) {
    log().error({ err }, "not ready");
    return "The database does not answer, or was never migrated.";
  }
}
