/**
 * Where the output of the demo's processes goes: all of it into a file, and warnings and errors to the terminal too.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";

/** A file that reaches this many bytes starts again from nothing: a demo may run for weeks. */
const MAX_BYTES = 20 * 1024 * 1024;

/** What we read of a line that lib/log.ts wrote. */
const LogLine = z.object({
  level: z.string(),
  msg: z.string().default(""),
  err: z.object({ message: z.string() }).optional(),
});

const LOUD_LEVELS = new Set(["warn", "error", "fatal"]);

export class ChildLog {
  private readonly descriptor: number;
  private bytes = 0;

  /**
   * @param name what the terminal's lines begin with.
   * @param file is emptied.
   * @param verbose shows everything on the terminal.
   */
  constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly verbose: boolean,
  ) {
    this.descriptor = openSync(file, "w", 0o600);
  }

  /** Takes up the output of a process, to its end. */
  follow(stdout: Readable, stderr: Readable): void {
    createInterface({ input: stdout }).on("line", (line) => {
      this.write(line);
      const loud = this.verbose ? line : loudPart(line);
      if (loud) this.show(loud);
    });
    createInterface({ input: stderr }).on("line", (line) => {
      this.write(line);
      if (line.trim()) this.show(line);
    });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  get path(): string {
    return this.file;
  }

  private show(line: string): void {
    console.error(`${this.name}: ${line}`);
  }

  private write(line: string): void {
    try {
      if (this.bytes > MAX_BYTES) {
        ftruncateSync(this.descriptor);
        this.bytes = 0;
      }
      this.bytes += writeSync(this.descriptor, `${line}\n`, this.bytes === 0 ? 0 : null);
    } catch {
      // The disk is full, or the log is closed: the demo goes on without.
    }
  }
}

/** The short form of a warning or an error in a line of our log; undefined for anything else. */
function loudPart(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  const parsed = LogLine.safeParse(parseJson(line));
  if (!parsed.success || !LOUD_LEVELS.has(parsed.data.level)) return undefined;
  const { level, msg, err } = parsed.data;
  return [level, msg, err?.message.replace(/\s+/g, " ").trim()].filter(Boolean).join(": ");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
