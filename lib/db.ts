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

export const { sql, empty, join } = Prisma;
export type Sql = Prisma.Sql;

/** Connections a process holds at most; waiting for a free one ends with a fault after the time-out below. */
const MAX_CONNECTIONS = 20;
const CONNECT_TIMEOUT_MS = 5_000;

// Next's bundles and the server around it each load this module: one client serves them all.
const shared = globalThis as { otpInsightsDatabase?: PrismaClient };

/** The process's client, made at first use. */
export function db(): PrismaClient {
  return (shared.otpInsightsDatabase ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: required("DATABASE_URL"),
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: "otp-insights",
    }),
  }));
}

/** Closes the process's connections; the next `db()` opens new ones. */
export async function disconnect(): Promise<void> {
  await shared.otpInsightsDatabase?.$disconnect();
  shared.otpInsightsDatabase = undefined;
}

/** Whether a statement failed because a row with the same unique key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === "23505";
}

/** Whether a statement failed because the database could not be reached or had no connection to give. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error) ?? "";
  const code = (error as { code?: unknown } | null)?.code;
  return (
    // Class 08: connection exceptions; 57P: the server shuts down or starts; 53300: too many connections.
    /^(08...|57P..|53300)$/.test(state) ||
    (typeof code === "string" &&
      ["P1001", "P1002", "P1008", "P1017", "P2024", "ECONNREFUSED"].includes(code)) ||
    (error instanceof Error &&
      /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
  );
}

/** PostgreSQL's five-character code of a failed statement, where the error carries one. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const cause = (error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)
    ?.driverAdapterError?.cause;
  return cause?.originalCode;
}
