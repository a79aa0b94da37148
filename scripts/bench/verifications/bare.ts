/**
 * Our own statements and nothing around them: what the driver was given for a start and a check is written down, and sent again with the
 * values of another one in place of those it had.
 */
import { randomBytes } from "node:crypto";
import { Client, type Pool } from "pg";
import { idAt } from "@/lib/ids";
import { secretHash } from "@/lib/secrets";

/** A statement as the driver was given it. */
interface Statement {
  name?: string;
  text: string;
  values: unknown[];
}

/** What is particular to one verification. */
export interface Facts {
  to: string;
  /** Whom it is asked for; limits count by it. */
  address: string;
  id: string;
  messageId: string;
  sid: string;
  code: string;
}

export interface Recorded {
  statements: Statement[];
  /** Whose values they have. */
  facts: Facts;
  /** When they were sent, in epoch milliseconds: of a start the very moment in its ids. */
  at: number;
}

/** @returns what came of the work, and the statements that the driver was given meanwhile, in this process */
export async function recordStatements<T>(work: () => Promise<T>): Promise<[T, Statement[]]> {
  const statements: Statement[] = [];
  const original: unknown = Reflect.get(Client.prototype, "query");
  if (typeof original !== "function") throw new TypeError("pg has another interface than it had");
  Reflect.set(Client.prototype, "query", function (this: Client, ...args: unknown[]): unknown {
    const [config] = args;
    if (isStatement(config)) statements.push({ ...config });
    return Reflect.apply(original, this, args) as unknown;
  });
  try {
    return [await work(), statements];
  } finally {
    Reflect.set(Client.prototype, "query", original);
  }
}

function isStatement(config: unknown): config is Statement {
  return typeof config === "object" && config !== null && "text" in config && "values" in config;
}

/**
 * Sends what was recorded for other facts, one statement after another, as it was sent.
 *
 * @param at when it is now
 * @returns all rows
 */
export async function sendAgain(
  pool: Pool,
  { statements, facts, at: then }: Recorded,
  wanted: Facts,
  at: number,
): Promise<unknown[][]> {
  const replace = replacing(facts, wanted, at - then);
  const rows: unknown[][] = [];
  for (const { name, text, values } of statements) {
    const result = await pool.query<unknown[]>({
      name: name || undefined,
      text,
      values: values.map(replace),
      rowMode: "array",
    });
    rows.push(...result.rows);
  }
  return rows;
}

/** A moment as the adapter writes it, in UTC. */
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?$/;

/** Every id has its moment in it. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function replacing(had: Facts, wanted: Facts, later: number): (value: unknown) => unknown {
  const texts = new Map<string, string>([
    [had.to, wanted.to],
    [blockOf(had.to), blockOf(wanted.to)],
    [had.address, wanted.address],
    [had.id, wanted.id],
    [had.messageId, wanted.messageId],
    [had.sid, wanted.sid],
  ]);
  const hash = Buffer.from(secretHash(had.id, had.code));
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (value instanceof Uint8Array) return hash.equals(value) ? secretHash(wanted.id, wanted.code) : value;
    if (typeof value !== "string") return value;
    if (MOMENT.test(value)) return movedBy(value, later);
    const text = texts.get(value);
    if (text !== undefined || !ID.test(value)) return text ?? value;
    // Of another row that is written along: it comes again as the same one in this start or check.
    const id = idAt(new Date(momentOf(value) + later));
    texts.set(value, id);
    return id;
  };
  return replace;
}

function movedBy(moment: string, ms: number): string {
  const isUtc = /(Z|\+00:00)$/.test(moment);
  const moved = new Date(Date.parse(isUtc ? moment : `${moment.replace(" ", "T")}Z`) + ms).toISOString();
  return isUtc ? moved : moved.replace("T", " ").replace("Z", "");
}

function blockOf(number: string): string {
  return number.slice(0, -3);
}

/** Which an id of version 7 holds. */
export function momentOf(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}

/** Facts of a verification that there is not yet. */
export function newFacts(to: string, address: string, at: number): Facts {
  const moment = new Date(at);
  return {
    to,
    address,
    id: idAt(moment),
    messageId: idAt(moment),
    sid: `SM${randomBytes(16).toString("hex")}`,
    code: "314159",
  };
}
