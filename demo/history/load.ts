/**
 * Loads the sample history into an empty database: in one transaction, so that a load that is killed leaves nothing and the next
 * one starts afresh.
 */
import { setImmediate as breathe } from "node:timers/promises";
import { Client } from "pg";
import { countsOfRows, detailsOfRows } from "@/lib/insights/counting/counted";
import { writeCells } from "@/lib/insights/counting/rebuild";
import { DAYS, sampleHistory, type Wish } from "./history";
import { inOneStatement, insertInto } from "./insert";
import type { Login } from "./rows";
import { feedbackColumns, messageColumns, verificationColumns } from "./columns";
import { databaseSettings, searchPath } from "@/lib/settings/database-url";
import { SAMPLE_SENDERS } from "../world/senders";
import { DAY } from "@/lib/terms/durations";

/** What a database holds that is not loaded into. */
export type Occupied = "sample" | "verifications";

export interface Loaded {
  verifications: number;
  messages: number;
  countries: number;
}

interface Options extends Wish {
  /** Of the database, migrated. */
  url: string;
  /** Called now and then with how many messages are loaded. */
  onProgress?: (messages: number) => void;
  /** Called when all are loaded and are about to be counted, which takes as long again. */
  onCounting?: (messages: number) => void;
  /** Ends the load, which then has loaded nothing. */
  signal?: AbortSignal;
}

/** Logins in a statement. */
const BATCH = 5_000;
const BREATH = 250;

const PROGRESS_MS = 2_000;

/** @returns what was loaded; or why nothing was. */
export async function loadSampleHistory(options: Options): Promise<Loaded | Occupied> {
  const settings = databaseSettings(options.url);
  const client = new Client({
    connectionString: settings.connectionString,
    application_name: "otp-insights sample history",
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(searchPath(settings));
    await client.query("begin");
    const occupied = await claim(client, options.until);
    if (occupied) return occupied;
    const loaded = await uncounted(client, () => insertAll(client, options));
    await insertSenders(client, options.until);
    options.onCounting?.(loaded.messages);
    await writeCells(({ text, values }) => client.query(text, values), countsOfRows(), detailsOfRows());
    await client.query("update sample_history set messages = $1", [loaded.messages]);
    // Also what is loaded behind the place that redaction has come to is to be redacted.
    await client.query(
      `update watermark set at = least(at, (select "from" from sample_history)) where name = 'redacted_to'`,
    );
    await client.query("commit");
    // Until autovacuum comes round, plans would be made for the empty tables.
    await client.query("analyze verification, message, feedback, cell, detail_cell, latency_cell");
    return loaded;
  } finally {
    // Takes back what is not committed.
    await client.end();
  }
}

/** Counted once at the end, a history takes a fraction of the time that counting each of its rows' changes does. */
async function uncounted<T>(client: Client, insert: () => Promise<T>): Promise<T> {
  const triggers = (state: "disable" | "enable") =>
    client.query(
      ["verification", "message", "feedback"]
        .map((table) => `alter table ${table} ${state} trigger user`)
        .join("; "),
    );
  await triggers("disable");
  const inserted = await insert();
  await triggers("enable");
  return inserted;
}

/** Enters the history's row first: of two loads at the same time the second waits here, and finds it taken. */
async function claim(client: Client, until: Date): Promise<Occupied | undefined> {
  const { rowCount } = await client.query(
    `insert into sample_history (messages, "from", "to")
     select 0, $1, $2 where not exists (select from verification)
     on conflict do nothing`,
    [new Date(until.getTime() - DAYS * DAY), until],
  );
  if (rowCount) return undefined;
  const { rowCount: sample } = await client.query("select from sample_history");
  return sample ? "sample" : "verifications";
}

/** Where the history was sent from, messages go on to be. */
async function insertSenders(client: Client, until: Date): Promise<void> {
  await client.query(
    `insert into sender (id, address, channel, label, countries, currency, content_sid, active, created_at)
     select gen_random_uuid(), s.address, s.channel, s.label, s.countries, 'USD', s."contentSid", true, $2
     from json_to_recordset($1) s (address text, channel channel, label text, countries char(2)[], "contentSid" text) on conflict do nothing`,
    [JSON.stringify(SAMPLE_SENDERS), until],
  );
}

async function insertAll(client: Client, { signal, onProgress, ...wish }: Options): Promise<Loaded> {
  const loaded: Loaded = { verifications: 0, messages: 0, countries: 0 };
  const countries = new Set<string>();
  let reported = Date.now();
  let inserting: Promise<unknown> = Promise.resolve();
  for await (const batch of inBatches(sampleHistory(wish))) {
    // Made while the batch before is inserted: two processes, two cores.
    const statement = toStatement(batch);
    await inserting;
    signal?.throwIfAborted();
    inserting = client.query(statement);
    // It is awaited above or below; a failure meanwhile is not unhandled.
    inserting.catch(() => undefined);
    loaded.verifications += batch.length;
    for (const { messages, verification } of batch) {
      loaded.messages += messages.length;
      countries.add(verification.country);
    }
    if (onProgress && Date.now() - reported >= PROGRESS_MS) {
      reported = Date.now();
      onProgress(loaded.messages);
    }
  }
  await inserting;
  return { ...loaded, countries: countries.size };
}

function toStatement(batch: Login[]) {
  const verifications = batch.map(({ verification }) => verification);
  const messages = batch.flatMap((login) => login.messages);
  const feedback = batch.flatMap((login) => login.feedback ?? []);
  return inOneStatement([
    insertInto("verification", verificationColumns, verifications),
    insertInto("message", messageColumns, messages),
    insertInto("feedback", feedbackColumns, feedback),
  ]);
}

async function* inBatches(logins: Iterable<Login>): AsyncGenerator<Login[]> {
  let batch: Login[] = [];
  for (const login of logins) {
    batch.push(login);
    // The statement before is megabytes, which leave this process only when its thread is free now and then.
    if (batch.length % BREATH === 0) await breathe();
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
