/**
 * The log: one JSON line an event, on standard output.
 *
 * Neither secrets nor whole phone numbers may reach it. Callers pass ids, SIDs, countries and codes; the serializer for
 * errors drops what a driver or an HTTP client hangs on its errors (parameters, request bodies, headers), and `masked`
 * shortens a number. As the last line of defence every text that is written passes `redact`.
 */
import pino from "pino";
import { env } from "./env";

/** A number as people may see it in a log or on a page: `+44 … 23`, the calling code's start and the last two digits. */
export function masked(number: string): string {
  return number.length < 6 ? "…" : `${number.slice(0, 3)}…${number.slice(-2)}`;
}

/** A text with every run that could be a whole phone number shortened. */
export function redact(text: string): string {
  return text.replace(/(?:\+|%2B|\b00)\d{7,15}\b/gi, (number) => masked(number));
}

interface LoggedError {
  type: string;
  message: string;
  code?: string | number;
  stack?: string;
}

function serializeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: redact(String(error)) };
  const { code }: Error & { code?: string | number } = error;
  return {
    type: error.name,
    message: redact(error.message),
    code,
    stack: error.stack && redact(error.stack),
  };
}

let logger: pino.Logger | undefined;

/** The process's logger, made at first use since it needs the configuration. */
export function log(): pino.Logger {
  return (logger ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    serializers: { err: serializeError },
  }));
}
