/**
 * Faults that a person can mend: their message is for that person, says what to do, and is printed without a stack.
 */
export class Fault extends Error {
  override name = "Fault";
}

/**
 * What to print for an error that ends a command: the message of a fault, a sentence for a disk that is full or a
 * folder that cannot be written, and the whole stack for anything else, which is a defect of ours.
 */
export function explain(error: unknown): string {
  if (error instanceof Fault) return error.message;
  return explainFileError(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** What Node, PostgreSQL and the system call an error. */
export function codeOf(error: unknown): string | undefined {
  return errnoOf(error).code;
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : String(error);
}

function errnoOf(error: unknown): Partial<NodeJS.ErrnoException> {
  return error instanceof Error ? error : {};
}

function explainFileError(error: unknown): string | undefined {
  const { code, path } = errnoOf(error);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return `The disk is full${path ? `: ${path} could not be written` : ""}. Make room and start again.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `${path ?? "A file"} cannot be written or read (${code}). Give this user the right to it, or name another folder with DATA_DIR=.`;
    default:
      return undefined;
  }
}

/** Runs a command's main function; an error is printed and becomes exit code 1. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  });
}
