/**
 * The database: the one client of the process.
 *
 * Transitions and reports are single statements in `$queryRaw` tagged templates; Prisma's own calls serve plain reads
 * by key. Interactive transactions are not used on the paths users wait for: they cost three round trips and hold locks
 * across them.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { required } from "./env";

export const { sql, empty, join, raw } = Prisma;
export type Sql = Prisma.Sql;

/** Connections a process holds at most; waiting for a free one ends with a fault after the time-out below. */
const MAX_CONNECTIONS = 20;
const CONNECT_TIMEOUT_MS = 5_000;

/** No statement of ours takes a tenth of this; one that does meets a database that hangs. In milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

// Next's bundles and the server around it each load this module: one client serves them all.
const shared: typeof globalThis & { otpInsightsDatabase?: PrismaClient } = globalThis;

/** The process's client, made at first use. */
export function db(): PrismaClient {
  return (shared.otpInsightsDatabase ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: required("DATABASE_URL"),
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      // The same for a database that no longer answers at all, a little later so that its own word comes first.
      query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
      application_name: "otp-insights",
    }),
  }));
}

/**
 * A client of its own whose statements may take as long as they need, with one connection: for counting a whole history. The caller
 * disconnects it.
 */
export function dbWithoutTimeouts(): PrismaClient {
  const connectionString = required("DATABASE_URL");
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: 1, application_name: "otp-insights, long work" }),
  });
}

/** Closes the process's connections; the next `db()` opens new ones. */
export async function disconnect(): Promise<void> {
  await shared.otpInsightsDatabase?.$disconnect();
  shared.otpInsightsDatabase = undefined;
}

/** Whether a statement failed because a row with the same unique key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return causeOf(error).originalCode === "23505";
}

/** Whether a statement failed because the database could not be reached, had no connection to give, or hangs. */
export function isUnavailable(error: unknown): boolean {
  const { kind, originalCode = "" } = causeOf(error);
  const { code, message } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  return (
    UNAVAILABLE_KINDS.has(kind ?? "") ||
    // Class 08: connection exceptions; 57P: the server shuts down or starts; 53300: too many connections; 57014: too slow.
    /^(08...|57P..|53300|57014)$/.test(originalCode) ||
    (typeof code === "string" &&
      ["P1001", "P1002", "P1008", "P1017", "P2024", "ECONNREFUSED"].includes(code)) ||
    /timeout exceeded when trying to connect|Connection terminated|Query read timeout/.test(message ?? "")
  );
}

/** The adapter's own names for a database that is not there. */
const UNAVAILABLE_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);

/** What the database adapter says of a failed statement: its kind, and PostgreSQL's five-character code. */
function causeOf(error: unknown): { kind?: string; originalCode?: string } {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return {};
  const meta = error.meta as { driverAdapterError?: { cause?: object } } | undefined;
  return meta?.driverAdapterError?.cause ?? {};
}
