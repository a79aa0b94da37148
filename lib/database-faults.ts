/** What a statement failed by, in Prisma's words or the driver's. */
import type { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { DatabaseError } from "pg";
import { Prisma } from "@/prisma/generated/client";

/** Whether a statement failed because a row with the same unique key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return (error instanceof DatabaseError ? error.code : causeOf(error).originalCode) === "23505";
}

/** Whether a statement failed because the database could not be reached, had no connection to give, or hangs. */
export function isUnavailable(error: unknown): boolean {
  const { kind, originalCode = "" } = causeOf(error);
  const { code, message } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  return (
    UNAVAILABLE_KINDS.has(kind ?? "") ||
    UNAVAILABLE_STATES.test(originalCode) ||
    (typeof code === "string" && (UNAVAILABLE_CODES.has(code) || UNAVAILABLE_STATES.test(code))) ||
    /timeout exceeded when trying to connect|Connection terminated|connection error|Query read timeout/.test(
      message ?? "",
    )
  );
}

/** Class 08: connection exceptions; 57P: the server shuts down or starts; 53300: too many connections; 57014: too slow. */
const UNAVAILABLE_STATES = /^(08...|57P..|53300|57014)$/;

/** Prisma's, and the system's. */
const UNAVAILABLE_CODES = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EPIPE",
]);

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
  const meta = error.meta as { driverAdapterError?: DriverAdapterError } | undefined;
  return meta?.driverAdapterError?.cause ?? {};
}
