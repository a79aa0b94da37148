import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

// Rewriting is worth its pause only when most of a long file is superseded.
const REWRITE_AFTER_LINES = 50_000;

/**
 * An append-only file of JSON lines. What `append` has returned from survives `kill -9` of this process: it is with
 * the operating system. (It is not forced to the disk, so a power cut may lose the end.)
 */
export class Journal {
  #file: number | null = null;
  #lines = 0;

  constructor(private readonly path: string) {}

  /**
   * The records in the file, oldest first; none when there is no file. A line that is not JSON is passed over: a
   * process killed while writing, or a full disk, leaves half of one.
   */
  read(): unknown[] {
    if (!existsSync(this.path)) return [];
    const records: unknown[] = [];
    for (const line of readFileSync(this.path, "utf8").split("\n")) {
      try {
        if (line !== "") records.push(JSON.parse(line));
      } catch {
        continue;
      }
    }
    return records;
  }

  /** Replace the whole file, at once: a process killed meanwhile leaves the old one. Then go on appending to it. */
  rewrite(records: Iterable<unknown>): void {
    this.close();
    mkdirSync(dirname(this.path), { recursive: true });
    const draft = `${this.path}.new`;
    // Bodies hold one-time passwords, if only of imaginary phones.
    this.#file = openSync(draft, "w", 0o600);
    this.#lines = 0;
    for (const record of records) this.append(record);
    renameSync(draft, this.path);
  }

  append(record: unknown): void {
    if (this.#file === null) throw new Error("The simulator's journal is not open");
    writeSync(this.#file, `${JSON.stringify(record)}\n`);
    this.#lines += 1;
  }

  /** Whether most of the file is superseded, given how many records are still needed. */
  hasOutgrown(needed: number): boolean {
    return this.#lines > REWRITE_AFTER_LINES && this.#lines > 5 * needed;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
