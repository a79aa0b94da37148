/** What fails where nobody catches it, and what is printed of it. */
import { log, redact } from "@/lib/log";

/** A client that went away in the middle, where nobody was listening for it. */
const HARMLESS = new Set(["ABORT_ERR", "ECONNABORTED", "ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"]);
const HARMLESS_NAMES = new Set(["AbortError", "ClientGone", "ResponseAborted"]);

/** What was logged here is not logged again as what Next prints of it. */
const told = new WeakSet<Error>();

/**
 * Next logs an uncaught exception and goes on. Whatever threw was left in the middle of what it did, so the process is to end in order
 * and be started again. A promise that was rejected and not awaited is logged only: a page may ask early for what it then does
 * not need, and nothing was cut short.
 *
 * @returns when there was one
 */
export function uncaughtException(): Promise<void> {
  return new Promise((resolve) => {
    // Before Next's own, which print it.
    process.prependListener("uncaughtException", (error: Error & { code?: unknown }) => {
      if (error instanceof Error) told.add(error);
      if (HARMLESS.has(String(error.code)) || HARMLESS_NAMES.has(error.name)) {
        log().warn({ err: withoutQuotes(error) }, "a client went away");
        return;
      }
      log().fatal({ err: withoutQuotes(error) }, "uncaught exception: the process ends");
      resolve();
    });
  });
}

/** Logs promises that were rejected and not awaited, where Next is not there to: Node would end the process. */
export function logRejections(): void {
  process.on("unhandledRejection", (reason) => {
    log().error({ err: reason instanceof Error ? withoutQuotes(reason) : undefined }, "unhandledRejection");
  });
}

/**
 * Has what Next prints of faults take the log's way: JSON, with numbers masked.
 *
 * @returns ends it
 */
export function logWhatIsPrinted(): () => void {
  const { error, warn } = console;
  console.error = (...printed: unknown[]) => write("error", printed);
  console.warn = (...printed: unknown[]) => write("warn", printed);
  return () => Object.assign(console, { error, warn });
}

function write(level: "error" | "warn", printed: unknown[]): void {
  const err = printed.find((each) => each instanceof Error);
  if (err && told.has(err)) return;
  const words = printed.filter((each) => typeof each === "string").join(" ");
  // Next colours its marks.
  const text = redact(words.replace(/\x1b\[\d*m/g, "").trim());
  log()[level](err ? { err: withoutQuotes(err) } : {}, text || "printed");
}

/** What JSON.parse says of a text quotes it, and that may have been anything: where it was read is enough. */
function withoutQuotes(error: Error): Error {
  if (!(error instanceof SyntaxError)) return error;
  const words = "could not be read";
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  return Object.assign(new Error(words), {
    name: error.name,
    stack: [`${error.name}: ${words}`, ...frames].join("\n"),
  });
}
