/**
 * Statements that a connection keeps prepared. To parse and plan one takes PostgreSQL as long as to do it, and those that people wait for are
 * the same few again and again.
 */
import { createHash } from "node:crypto";

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
 * Runs a statement that is to be kept, and once more without it where a connection has lost it: nothing of it was done. PgBouncer in transaction
 * mode gives each another connection, and before its version 1.21, or with `max_prepared_statements=0`, knows of no prepared ones: then none is
 * kept from there on.
 *
 * @param run does so under a name; undefined for none
 * @param onLost told once, when none is kept any more
 */
export async function runKept<T>(
  names: StatementNames,
  text: string,
  run: (name: string | undefined) => Promise<T>,
  onLost: () => void,
): Promise<T> {
  try {
    return await run(names.of(text) || undefined);
  } catch (error) {
    const loss = lossIn(error);
    if (!loss) throw error;
    if (loss === "pooler" && !names.turnOff()) onLost();
    return run(undefined);
  }
}

/** By the codes of PostgreSQL: why a statement that was to be kept was not there. */
function lossIn(error: unknown): "pooler" | "changed" | null {
  if (!(error instanceof Error && "code" in error)) return null;
  // invalid_sql_statement_name, duplicate_prepared_statement
  if (error.code === "26000" || error.code === "42P05") return "pooler";
  // After a migration that changed what it answers; feature_not_supported says little.
  return error.code === "0A000" && error.message.includes("cached plan") ? "changed" : null;
}
