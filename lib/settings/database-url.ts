/**
 * The address of the database, as Prisma's documentation and hosts write it. `pg` knows its own parameters only, and passes over the others
 * in silence: so what is Prisma's is done here, or refused.
 */
import { SECOND } from "../terms/durations";

export interface DatabaseSettings {
  /** What `pg` is given. */
  connectionString: string;
  /** The schema that holds the tables; undefined where it is the search path's first. */
  schema?: string;
  /** Connections a process holds at most. */
  connectionLimit?: number;
  /** Whether a pooler in transaction mode is in between, as `pgbouncer=true` says. */
  pooler: boolean;
  /** How long to wait for a connection. */
  connectTimeoutMs?: number;
}

/** Parameters that we do, and `pg` is not to see. */
const OURS = new Set(["schema", "connection_limit", "connect_timeout", "pgbouncer"]);

/** Parameters of Prisma's own engine that nothing here does, and what to do in their place. */
const REFUSED: Record<string, string> = {
  pool_timeout: "give connect_timeout",
  socket_timeout: "leave it out: statements have a limit of their own",
  statement_cache_size: "leave it out: PREPARED_STATEMENTS=off keeps none",
  single_use_connections: "leave it out, or give connection_limit",
  sslaccept: "give sslmode=no-verify or sslmode=verify-full",
  sslidentity: "give sslcert and sslkey",
  sslpassword: "give sslkey without a password",
};

/**
 * Reads `DATABASE_URL`.
 *
 * @throws {Error} with what is wrong, as it goes on after the variable's name; never the address itself, which has a password
 */
export function databaseSettings(url: string): DatabaseSettings {
  const [base = "", ...rest] = url.split("?");
  const pairs = rest.join("?").split("&").filter(Boolean);
  const given = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(pairs.join("&"))) {
    const instead = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    if (instead !== undefined)
      throw new Error(`has the parameter ${name}, which is not known here: ${instead}`);
    if (given.has(name) && OURS.has(name)) throw new Error(`has the parameter ${name} twice`);
    given.set(name, value);
  }
  const others = pairs.filter((pair) => !OURS.has(nameOf(pair)));
  const schema = schemaIn(given.get("schema"));
  const pooler = poolerIn(given.get("pgbouncer"));
  if (pooler && schema !== undefined) {
    throw new Error(
      "has both schema and pgbouncer=true: a pooler in transaction mode loses the schema. Set it for the role, with ALTER ROLE … SET search_path, and leave schema out",
    );
  }
  const seconds = countIn("connect_timeout", given.get("connect_timeout"), 0);
  return {
    connectionString: [base, ...(others.length > 0 ? [others.join("&")] : [])].join("?"),
    schema,
    pooler,
    connectionLimit: countIn("connection_limit", given.get("connection_limit"), 1),
    connectTimeoutMs: seconds === undefined ? undefined : seconds * SECOND,
  };
}

function nameOf(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? "";
}

/** The longest name PostgreSQL keeps whole, in bytes: of a longer one it cuts the end off. */
const LONGEST_NAME = 63;

function schemaIn(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (name === "" || name.includes("\0") || Buffer.byteLength(name) > LONGEST_NAME) {
    throw new Error(`has a schema that cannot be one: its name has 1 to ${LONGEST_NAME} bytes`);
  }
  // Prisma's own statements do not double it.
  if (name.includes('"')) throw new Error("has a schema with a quotation mark in its name");
  if (/^pg_|^information_schema$/.test(name)) throw new Error("has a schema that is PostgreSQL's own");
  return name;
}

/** Prisma's own way to say that statements are not to be kept prepared. */
function poolerIn(value: string | undefined): boolean {
  if (value === undefined || value === "false") return false;
  if (value === "true") return true;
  throw new Error("has a pgbouncer that is neither true nor false");
}

/** The most a number among the parameters may be. */
const MOST = 10_000;

function countIn(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (/^\d+$/.test(value) && count >= least && count <= MOST) return count;
  throw new Error(`has a ${name} that is no number from ${least} to ${MOST}`);
}

/**
 * The statement that has a session find our tables by their bare names, and nobody else's: what triggers and functions name, they find
 * by it, too. Empty where the address names no schema.
 */
export function searchPath({ schema }: DatabaseSettings): string {
  return schema === undefined ? "" : `set search_path to "${schema}"`;
}
