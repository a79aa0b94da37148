/**
 * The history to measure on, made in SQL: every figure of a row is drawn from hashes of its number, so the same number gives
 * the same message in every run, only its time moves with the run's.
 */
import type { Client } from "pg";
import { SLOTS, slots } from "./places";

/** In days. */
export const HISTORY_DAYS = 90;

/** One of the senders its messages go by: half of the countries have it, for a third of their messages. */
export const BENCH_SENDER = "MG00000000000000000000000000000001";

/** Messages come in groups of eight: seven verifications, and the second message of one of them. */
const GROUP = 8;

/** Messages made by one statement; a multiple of the group. */
const BATCH = 200_000;

/** How often progress is told, in messages. */
const TOLD_EVERY = 1_000_000;

interface Growth {
  /** How many messages there are, and how many there shall be; both multiples of the group. */
  from: number;
  to: number;
  /** When the history ends. */
  until: Date;
}

/** Makes what growing needs: functions to draw with, and the places to draw from. */
export async function prepareHistory(client: Client): Promise<void> {
  await client.query(DRAWING);
  await client.query(
    `INSERT INTO bench_slot SELECT * FROM json_populate_recordset(NULL::bench_slot, $1::json)`,
    [JSON.stringify(slots())],
  );
  await client.query("ANALYZE bench_slot");
}

/**
 * Adds messages with their verifications and feedback, spread evenly over the same 90 days as those that are there. Triggers
 * and foreign keys are off, and indexes are made again at the end.
 */
export async function growHistory(
  client: Client,
  { from, to, until }: Growth,
  onProgress: (line: string) => void,
): Promise<void> {
  await client.query("SET session_replication_role = replica");
  await client.query("SET synchronous_commit = off");
  const indexes = await dropIndexes(client);
  for (let first = from; first < to; first += BATCH) {
    const last = Math.min(first + BATCH, to);
    await client.query("TRUNCATE bench_message");
    await client.query(GENERATE, [first, last, from, to, until, HISTORY_DAYS]);
    for (const statement of TABLES) await client.query(statement);
    if (last % TOLD_EVERY === 0 || last === to)
      onProgress(`${last.toLocaleString("en")} messages are written`);
  }
  await client.query("TRUNCATE bench_message");
  onProgress(`making ${indexes.length} indexes`);
  for (const index of indexes) await client.query(index);
}

export async function vacuum(client: Client): Promise<void> {
  await client.query("VACUUM (ANALYZE)");
  await client.query("CHECKPOINT");
}

async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `SELECT indexname, indexdef FROM pg_indexes
     WHERE tablename IN ('message', 'verification', 'feedback') AND indexname NOT LIKE '%pkey'`,
  );
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`);
  return rows.map(({ indexdef }) => indexdef);
}

const DRAWING = `

CREATE TABLE bench_slot (slot int PRIMARY KEY, country char(2), network text, blocks text[],
  completes float8, undelivered float8, seconds float8, price numeric(12, 5));

-- From 0 to 1, evenly; another one for each kind.
CREATE FUNCTION drawn(n bigint, kind int) RETURNS float8 IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
  (hashint8extended(n, kind) & 2147483647)::float8 / 2147483648;

-- Normally distributed (Box and Muller).
CREATE FUNCTION drawn_normal(n bigint, kind int) RETURNS float8 IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
  sqrt(-2 * ln(1 - drawn(n, kind))) * cos(2 * pi() * drawn(n, kind + 1));

-- In time order, as our own are (UUID, version 7).
CREATE FUNCTION drawn_id(at timestamptz, what text) RETURNS uuid IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
  (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(what), 14, 3) || '8' ||
    substr(md5(what), 18))::uuid;

CREATE UNLOGGED TABLE bench_message (LIKE message INCLUDING DEFAULTS, v bigint, to_number text, verification_at timestamptz, feedback_at timestamptz);
`;

/**
 * Messages from $1 up to $2, of the step from $3 to $4, until $5 over $6 days.
 *
 * Each level of the statement is kept apart by OFFSET 0, so that what one level draws the next does not draw again for each use.
 */
const GENERATE = `
INSERT INTO bench_message (id, verification_id, sid, secret_hash, country, network, block, action, sender, channel, locale, attempt, status, error_code,
  requested_at, refused_at, unanswered_at, accepted_at, sent_at, delivered_at, failed_at, confirmed_at, late, price, price_unit,
  segments, v, to_number, verification_at, feedback_at)
SELECT drawn_id(at, 'm' || n), drawn_id(verification_at, 'v' || v), CASE WHEN taken THEN 'SM' || md5(n::text) END,
  sha256(int8send(n)), country, network, block, action::tracked_action, sender,
  CASE WHEN sender LIKE 'whatsapp:%' THEN 'whatsapp' ELSE 'sms' END::channel, locale, attempt, status::message_status,
  CASE WHEN refused THEN (ARRAY[21211, 21610, 21614, 30450])[1 + floor(drawn(n, 20) * 4)]
    WHEN status IN ('failed', 'undelivered') THEN (ARRAY[30003, 30004, 30005, 30006, 30007, 30008])[1 + floor(drawn(n, 20) * 6)] END,
  at, CASE WHEN refused THEN at + '150 ms'::interval END, CASE WHEN NOT taken AND NOT refused THEN at + '10 s'::interval END,
  CASE WHEN taken THEN accepted_at END, CASE WHEN status IN ('sent', 'delivered', 'undelivered') THEN accepted_at + '300 ms'::interval END,
  CASE WHEN status = 'delivered' THEN accepted_at + arrives END,
  CASE WHEN status IN ('failed', 'undelivered') THEN accepted_at + arrives END,
  confirmed_at, confirmed_at IS NOT NULL AND late,
  CASE WHEN taken AND status <> 'canceled' AND at < $5::timestamptz - '6 h'::interval AND drawn(n, 21) < 0.98 THEN -price END,
  CASE WHEN taken AND status <> 'canceled' AND at < $5::timestamptz - '6 h'::interval AND drawn(n, 21) < 0.98 THEN 'USD' END,
  CASE WHEN taken THEN 1 END, v, block || lpad(floor(drawn(v, 5) * 1000)::text, 3, '0'), verification_at,
  CASE WHEN drawn(n, 22) < 0.99 AND confirmed_at + '2 s'::interval <= $5::timestamptz THEN confirmed_at + '2 s'::interval END
FROM (
  SELECT *, CASE WHEN taken AND accepted_at + proves <= $5::timestamptz
    AND drawn(n, 12) < CASE WHEN status IN ('delivered', 'sent') AND NOT replaced THEN completes
      WHEN status IN ('failed', 'undelivered') THEN 0.03 * (NOT replaced)::int ELSE 0 END
    THEN accepted_at + proves END AS confirmed_at
  FROM (
    SELECT *, CASE WHEN NOT taken THEN NULL
        WHEN drawn(n, 11) < 0.001 THEN 'canceled'
        WHEN drawn(n, 11) < 0.0015 OR accepted_at + '300 ms'::interval > $5::timestamptz THEN 'sending'
        WHEN drawn(n, 11) < 0.03 OR accepted_at + arrives > $5::timestamptz THEN 'sent'
        WHEN drawn(n, 10) < undelivered * 0.7 THEN 'undelivered'
        WHEN drawn(n, 10) < undelivered THEN 'failed'
        ELSE 'delivered' END AS status,
      arrives + CASE WHEN late THEN make_interval(secs => 601 + 1800 * drawn(n, 14))
        ELSE make_interval(secs => least(9 * exp(0.7 * drawn_normal(n, 15)), 480)) END AS proves
    FROM (
      SELECT *, verification_at + CASE attempt WHEN 2 THEN make_interval(secs => 30 + 60 * drawn(n, 6)) ELSE '0 s' END AS at,
        verification_at + CASE attempt WHEN 2 THEN make_interval(secs => 30 + 60 * drawn(n, 6)) ELSE '0 s' END
          + make_interval(secs => 0.08 + 0.3 * drawn(n, 7)) AS accepted_at,
        drawn(n, 8) >= 0.01 AS taken, drawn(n, 8) < 0.008 AS refused, drawn(n, 13) < 0.006 AS late,
        make_interval(secs => least(seconds * exp(0.6 * drawn_normal(n, 16)), 100)) AS arrives,
        slot.blocks[1 + floor(drawn(v, 4) * array_length(slot.blocks, 1))] AS block,
        CASE WHEN drawn(v, 3) < 0.82 THEN 'code' WHEN drawn(v, 3) < 0.92 THEN 'link'
          WHEN drawn(v, 3) < 0.97 THEN 'temporary_password' ELSE 'reply' END AS action,
        -- Each country has three senders of six; most people are written to in its language.
        (ARRAY['+15005550006', '${BENCH_SENDER}', 'ACME', '+15005550007', 'whatsapp:+15005550008', '+15005550009'])
          [1 + (ascii(slot.country) + 2 * floor(3 * drawn(n, 40))::int) % 6] AS sender,
        CASE WHEN drawn(v, 41) < 0.15 THEN 'en' ELSE (ARRAY['es', 'pt', 'fr', 'de', 'it', 'id', 'ar', 'hi', 'tr', 'nl'])
          [1 + (ascii(slot.country) + ascii(right(slot.country, 1))) % 10] END AS locale
      FROM (
        -- Days have a rhythm: each hour of the day is stretched or pressed. The last two minutes are left for second messages.
        SELECT *, attempt = 1 AND v % 7 = floor(drawn(v / 7, 1) * 7) AS replaced,
          date_trunc('milliseconds', $5::timestamptz - '2 min'::interval - make_interval(secs => 86400 *
            ($6::int - floor(day) - (day - floor(day)) - 0.11 * sin(2 * pi() * (day - floor(day)))))) AS verification_at
        FROM (
          SELECT n, v, attempt, $6::int * (v - $3::bigint / ${GROUP} * 7 + drawn(v, 0)) / (($4::bigint - $3::bigint) / ${GROUP} * 7)
            AS day
          FROM (
            SELECT n, CASE WHEN n % ${GROUP} < 7 THEN n / ${GROUP} * 7 + n % ${GROUP}
                ELSE n / ${GROUP} * 7 + floor(drawn(n / ${GROUP}, 1) * 7)::bigint END AS v,
              CASE WHEN n % ${GROUP} < 7 THEN 1 ELSE 2 END AS attempt
            FROM generate_series($1::bigint, $2::bigint - 1) n OFFSET 0
          ) numbered OFFSET 0
        ) placed OFFSET 0
      ) timed JOIN bench_slot slot ON slot.slot = floor(drawn(v, 2) * ${SLOTS})::int OFFSET 0
    ) sent OFFSET 0
  ) fated OFFSET 0
) confirmed
ORDER BY at`;

const MESSAGE_COLUMNS = `id, verification_id, sid, secret_hash, country, network, block, action, sender, channel, locale, attempt, status,
  error_code, requested_at, refused_at, unanswered_at, accepted_at, sent_at, delivered_at, failed_at, confirmed_at, late, price,
  price_unit, segments`;

/** What the tables get of a batch: verifications are put together from their messages. */
const TABLES = [
  `INSERT INTO verification (id, "to", country, network, block, action, sender, channel, locale, status, sends, client_ip, created_at, accepted_at,
    expires_at, approved_at)
  SELECT first.verification_id, first.to_number, first.country, first.network, first.block, first.action, first.sender,
    first.channel, first.locale,
    CASE WHEN coalesce(first.confirmed_at, second.confirmed_at) IS NOT NULL AND NOT coalesce(first.late, false)
        AND NOT coalesce(second.late, false) THEN 'approved'::verification_status
      WHEN drawn(first.v, 30) < 0.01 THEN 'canceled' WHEN drawn(first.v, 30) < 0.02 THEN 'max_checks_reached'
      ELSE 'pending' END,
    CASE WHEN second.id IS NULL THEN 1 ELSE 2 END, '10.0.' || first.v % 256 || '.' || first.v / 256 % 256, first.requested_at,
    least(first.accepted_at, second.accepted_at), first.requested_at + '10 min'::interval,
    CASE WHEN NOT coalesce(first.late, false) AND NOT coalesce(second.late, false)
      THEN coalesce(first.confirmed_at, second.confirmed_at) END
  FROM bench_message first LEFT JOIN bench_message second ON second.v = first.v AND second.attempt = 2
  WHERE first.attempt = 1 ORDER BY first.requested_at`,
  `INSERT INTO message (${MESSAGE_COLUMNS}) SELECT ${MESSAGE_COLUMNS} FROM bench_message`,
  `INSERT INTO feedback (message_id, due_at, tries, reported_at)
  SELECT id, confirmed_at, (feedback_at IS NOT NULL)::int, feedback_at FROM bench_message WHERE confirmed_at IS NOT NULL`,
];
