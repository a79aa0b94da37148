/**
 * What the insights' tests do to the database behind lib's back: run its statements in a transaction of the test's, see what it
 * sees in the same snapshot, write histories, and empty everything.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import pg from "pg";
import {
  connections,
  db,
  hotStatements,
  reportsPool,
  statementsInLine,
  type HotStatements,
  type ReportsPool,
} from "@/lib/db";
import { idAt } from "@/lib/ids";
import { secretHash } from "@/lib/secrets";
import type { PrismaClient } from "@/prisma/generated/client";

interface Transaction {
  client: Pick<PrismaClient, "$queryRawUnsafe">;
  /** What reports read on in it. */
  reports?: pg.PoolClient;
}
const within = new AsyncLocalStorage<Transaction>();
const wrapped = new WeakSet<object>();

/** From now on the reports' connection is the snapshot's, for what runs inside one, and one of their own elsewhere. */
function wrapReports(): void {
  const own = reportsPool();
  if (wrapped.has(own)) return;
  const connect = async () => {
    const reports = within.getStore()?.reports;
    if (!reports) return own.connect();
    return new Proxy(reports, {
      // It is the snapshot's for longer than a report.
      get: (target, name): unknown =>
        name === "release"
          ? () => undefined
          : name === "query"
            ? target.query.bind(target)
            : Reflect.get(target, name),
    });
  };
  const proxy = { connect: connect as ReportsPool["connect"], end: () => own.end() };
  wrapped.add(proxy);
  connections.reports = proxy;
}

/** From now on hot statements, and those in line, are the transaction's for what runs inside one. */
function wrapHot(): void {
  connections.hot = withinTransaction(hotStatements());
  connections.line = withinTransaction(statementsInLine());
}

function withinTransaction(own: HotStatements): HotStatements {
  if (wrapped.has(own)) return own;
  const proxy: HotStatements = {
    query: <Rows extends object[]>(text: string, values: unknown[]) => {
      const client = within.getStore()?.client;
      return client ? client.$queryRawUnsafe<Rows>(text, ...values) : own.query<Rows>(text, values);
    },
  };
  wrapped.add(proxy);
  return proxy;
}

/** From now on `db()` is the transaction's client for what runs inside one of `inTransaction`, and itself elsewhere. */
function wrap(): PrismaClient {
  wrapReports();
  wrapHot();
  const own = db();
  if (wrapped.has(own)) return own;
  const proxy = new Proxy(own, {
    get(target, name) {
      const client = within.getStore()?.client ?? target;
      const value: unknown = Reflect.get(client, name);
      return typeof value === "function" ? (value.bind(client) as unknown) : value;
    },
  });
  wrapped.add(proxy);
  connections.client = proxy;
  return proxy;
}

/** Thrown out of a transaction to undo it. */
class Undo extends Error {}

/** Runs lib's statements in one transaction, as one process does that dies before its commit. */
export async function undone(work: () => Promise<unknown>): Promise<void> {
  const transaction = wrap().$transaction((tx) =>
    within.run({ client: tx }, async () => {
      await work();
      throw new Undo();
    }),
  );
  await transaction.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
}

/**
 * Runs lib's reports and a client of the test's in one and the same snapshot.
 *
 * @param work what it calls of lib sees the snapshot, and so does the client
 */
export async function inSnapshot<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return wrap().$transaction(
    async (tx) => {
      const [{ snapshot }] = await tx.$queryRaw<
        [{ snapshot: string }]
      >`select pg_export_snapshot() as snapshot`;
      const client = await pool.connect();
      try {
        await client.query("begin isolation level repeatable read read only");
        await client.query(`set transaction snapshot ${pg.escapeLiteral(snapshot)}`);
        return await within.run({ client: tx, reports: client }, () => work(client));
      } finally {
        await client.query("rollback");
        client.release();
      }
    },
    { isolationLevel: "RepeatableRead", timeout: 60_000, maxWait: 60_000 },
  );
}

/** Everything the product has stored, as if nothing had ever been sent. Truncating tells no trigger. */
export async function empty(pool: pg.Pool): Promise<void> {
  await pool.query(
    `truncate verification, message, feedback, quota, number_guard, cell, detail_cell, latency_cell, delta, detail_delta, alert, account cascade`,
  );
  await pool.query("update watermark set at = '2000-01-01Z'");
}

export interface Place {
  country: string;
  network: string | null;
  block: string;
}

/** A message whose secret is known, of a verification of its own, as it is before Twilio is called. */
export interface Pending {
  verificationId: string;
  messageId: string;
  sid: string;
  secret: string;
}

export const sidOf = (messageId: string) => `SM${createHash("md5").update(messageId).digest("hex")}`;

/** Writes a verification and its first message, as a start does. */
export async function insertPending(
  pool: Pick<pg.Pool, "query">,
  place: Place & { to: string; action?: string },
  at: Date,
  secret = "482913",
): Promise<Pending> {
  const { country, network, block, to, action = "code" } = place;
  const [verificationId, messageId] = [idAt(at), idAt(at)];
  await pool.query(
    `with started as (
       insert into verification (id, "to", country, network, block, action, client_ip, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6::tracked_action, '203.0.113.7', $7, $7::timestamptz + interval '600 s') returning *
     )
     insert into message (id, verification_id, secret_hash, country, network, block, action, sender, attempt, requested_at)
     select $8, id, $9, country, network, block, action, '+15005550006', 1, created_at from started`,
    [verificationId, to, country, network, block, action, at, messageId, secretHash(verificationId, secret)],
  );
  return { verificationId, messageId, sid: sidOf(messageId), secret };
}

/** Messages that are over: so many attempted at a moment, so many of them confirmed. */
export interface Batch {
  at: Date;
  country: string;
  network?: string | null;
  attempted: number;
  confirmed: number;
  /** Of those confirmed, how many only after expiry. */
  late?: number;
  /** Of those not confirmed, how many failed, and with which of Twilio's codes. */
  failed?: number;
  errorCode?: number;
  /** How long delivery took, in seconds. */
  deliverySeconds?: number;
}

/** Writes a history of batches, in a few statements. */
export async function insertHistory(pool: pg.Pool, batches: readonly Batch[]): Promise<void> {
  const rows = batches.flatMap((batch, b) =>
    Array.from({ length: batch.attempted }, (_, i) => {
      const confirmed = i < batch.confirmed;
      const late = confirmed && i < (batch.late ?? 0);
      const failed = !confirmed && i - batch.confirmed < (batch.failed ?? 0);
      const { at, country, network = null, deliverySeconds = 3 } = batch;
      const digits = String((b * 7919 + i) % 10_000_000).padStart(7, "0");
      const to = `+${200 + (country.charCodeAt(0) % 50)}${digits}`;
      const moment = new Date(at.getTime() + ((i * 53) % 900) * 1000);
      return {
        id: idAt(moment),
        message: idAt(moment),
        to,
        country,
        network,
        at: moment,
        confirmed,
        late,
        failed,
        error: failed ? (batch.errorCode ?? 30003) : null,
        delivery: deliverySeconds,
      };
    }),
  );
  for (let first = 0; first < rows.length; first += 10_000) {
    await pool.query(
      `with given as (
         select * from json_to_recordset($1::json) as g (id uuid, message uuid, "to" text, country text, network text,
           at timestamptz, confirmed boolean, late boolean, failed boolean, error int, delivery int)
       ), started as (
         insert into verification (id, "to", country, network, block, status, created_at, accepted_at, expires_at, approved_at)
         select id, "to", country, network, left("to", -3),
           (case when late then 'expired' when confirmed then 'approved' else 'pending' end)::verification_status,
           at, at, at + interval '600 s', case when confirmed and not late then at + interval '40 s' end
         from given
       )
       insert into message (id, verification_id, sid, secret_hash, country, network, block, action, sender, attempt, status,
         error_code, requested_at, accepted_at, sent_at, delivered_at, failed_at, confirmed_at, late)
       select message, id, 'SM' || md5(message::text), sha256(message::text::bytea), country, network, left("to", -3), 'code',
         '+15005550006', 1, (case when failed then 'undelivered' else 'delivered' end)::message_status, error, at, at,
         at, case when not failed then at + delivery * interval '1 s' end,
         case when failed then at + interval '9 s' end,
         case when late then at + interval '700 s' when confirmed then at + interval '40 s' end, late
       from given`,
      [JSON.stringify(rows.slice(first, first + 10_000))],
    );
  }
}
