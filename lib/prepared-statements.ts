/**
 * Statements that a connection keeps prepared. To parse and plan one takes PostgreSQL as long as to do it, and those that people wait for are
 * the same few again and again.
 */
import { createHash } from "node:crypto";
import {
  DriverAdapterError,
  type SqlDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";

/** A connection keeps no more than these; ours are a dozen, some in several forms. */
const MOST = 100;

/** What such a statement begins with, which is also what it is called in PostgreSQL's own lists. */
const MARK = /^\s*\/\* (\w+) \*\//;

/** The names under which connections keep statements. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #on: boolean;

  /** @param on whether any is kept */
  constructor(on: boolean) {
    this.#on = on;
  }

  /** Of a statement's text; empty when it is not to be kept. The same text has the same name in every process, so that poolers may share them. */
  of(text: string): string {
    if (!this.#on) return "";
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const mark = MARK.exec(text)?.[1];
    if (mark === undefined || this.#names.size >= MOST) return "";
    const name = `${mark}_${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
    this.#names.set(text, name);
    return name;
  }

  /** Keeps none from now on. @returns whether it was so before */
  turnOff(): boolean {
    const was = !this.#on;
    this.#on = false;
    return was;
  }
}

/**
 * Has statements that a connection has lost done again without it: nothing of them was done. PgBouncer in transaction mode gives each another
 * connection, and before its version 1.21, or with `max_prepared_statements=0`, knows of no prepared ones: then none is kept from there on.
 *
 * @param onLost told once, when none is kept any more
 */
export function doneWithout(
  factory: SqlDriverAdapterFactory,
  names: StatementNames,
  onLost: () => void,
): SqlDriverAdapterFactory {
  const again = async <T>(query: SqlQuery, run: (query: SqlQuery) => Promise<T>): Promise<T> => {
    try {
      return await run(query);
    } catch (error) {
      const loss = lossIn(error);
      if (!loss || !MARK.test(query.sql)) throw error;
      if (loss === "pooler" && !names.turnOff()) onLost();
      // Its text without the mark is one that has no name.
      return run({ ...query, sql: query.sql.replace(MARK, "") });
    }
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const [queryRaw, executeRaw] = [adapter.queryRaw.bind(adapter), adapter.executeRaw.bind(adapter)];
      return Object.assign(adapter, {
        queryRaw: (query: SqlQuery) => again(query, queryRaw),
        executeRaw: (query: SqlQuery) => again(query, executeRaw),
      });
    },
  };
}

/** By the codes of PostgreSQL: why a statement that was to be kept was not there. */
function lossIn(error: unknown): "pooler" | "changed" | null {
  const { originalCode, originalMessage } = error instanceof DriverAdapterError ? error.cause : {};
  // invalid_sql_statement_name, duplicate_prepared_statement
  if (originalCode === "26000" || originalCode === "42P05") return "pooler";
  // After a migration that changed what it answers; feature_not_supported says little.
  return originalCode === "0A000" && originalMessage?.includes("cached plan") ? "changed" : null;
}
