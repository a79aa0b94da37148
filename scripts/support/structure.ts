/**
 * The functions, triggers and views of a database as they are now, as one text: for prisma/structure.sql, which a test compares with
 * what the migrations make.
 */
import type { Client } from "pg";

export const STRUCTURE_FILE = "prisma/structure.sql";

const HEAD = `-- The database's functions, triggers and views as they are now; its tables are in schema.prisma. For reading: \`npm run db:structure\`
-- writes this file from a database with all migrations, and a test compares the two. To change something, add a migration that
-- replaces it (CREATE OR REPLACE FUNCTION …, COMMENT ON FUNCTION … for what is said above it), and write this file anew.
--
-- How counting works: triggers append what changes of messages, verifications and feedback count for to delta and detail_delta, by
-- counts_of and details_of; the fold (lib/insights/counting/fold.ts) moves that into the cells, once a second; reports read cells ∪
-- deltas (lib/insights/asking). To add a count, see CONTRIBUTING.md.
`;

interface Part {
  definition: string;
  comment: string | null;
}

/** @param client connected to a database with all migrations */
export async function structureOf(client: Pick<Client, "query">): Promise<string> {
  // Literals of moments are written in the session's zone.
  await client.query("SET TimeZone = 'UTC'");
  const parts: Part[] = [];
  for (const query of [FUNCTIONS, TRIGGERS, VIEWS]) parts.push(...(await client.query<Part>(query)).rows);
  return [HEAD, ...parts.map(textOf)].join("\n");
}

function textOf({ definition, comment }: Part): string {
  const words = comment ? `-- ${comment.replaceAll("\n", "\n-- ")}\n` : "";
  return `${words}${definition.trim().replace(/;$/, "")};\n`;
}

const OURS = `relnamespace = 'public'::regnamespace`;

const FUNCTIONS = `
  SELECT pg_get_functiondef(oid) AS definition, obj_description(oid, 'pg_proc') AS comment
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname COLLATE "C"`;

const TRIGGERS = `
  SELECT pg_get_triggerdef(t.oid, true) AS definition, obj_description(t.oid, 'pg_trigger') AS comment
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND ${OURS} ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`;

const VIEWS = `
  SELECT format('CREATE VIEW %I AS %s', relname, pg_get_viewdef(oid, true)) AS definition,
    obj_description(oid, 'pg_class') AS comment
  FROM pg_class WHERE relkind IN ('v', 'm') AND ${OURS} ORDER BY relname COLLATE "C"`;
