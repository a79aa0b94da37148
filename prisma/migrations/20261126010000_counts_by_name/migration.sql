-- Counting by name: what a row counts for is a row of the table that it is added to, so that a count that is added later is
-- added to these functions and nowhere else. How all of this reads together is in prisma/structure.sql.

DROP VIEW tally;
DROP VIEW tally_details;

CREATE FUNCTION counts_of(
  m message DEFAULT NULL, f feedback DEFAULT NULL, v verification DEFAULT NULL, sign int DEFAULT 1
) RETURNS SETOF delta IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT
    quarter(coalesce(m.requested_at, v.created_at)) AS at,
    coalesce(m.country, v.country)::text AS country,
    coalesce(m.network, v.network, '') AS network,
    coalesce(m.action, v.action) AS action,
    CASE WHEN m.sid IS NOT NULL THEN sign ELSE 0 END AS attempted,
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('sent', 'delivered', 'read') THEN sign ELSE 0 END AS status_ok,
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('failed', 'undelivered') THEN sign ELSE 0 END AS errors,
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('accepted', 'scheduled', 'queued', 'sending') THEN sign ELSE 0 END AS in_flight,
    CASE WHEN m.sid IS NOT NULL AND m.status = 'canceled' THEN sign ELSE 0 END AS canceled,
    CASE WHEN m.id IS NOT NULL AND m.sid IS NULL AND m.refused_at IS NOT NULL THEN sign ELSE 0 END AS refused,
    CASE WHEN m.id IS NOT NULL AND m.sid IS NULL AND m.refused_at IS NULL THEN sign ELSE 0 END AS unknown,
    CASE WHEN m.sid IS NOT NULL AND (m.delivered_at IS NOT NULL OR m.confirmed_at IS NOT NULL) THEN sign ELSE 0 END AS delivered,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL THEN sign ELSE 0 END AS confirmed,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND m.late THEN sign ELSE 0 END AS late,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND m.status NOT IN ('sent', 'delivered', 'read')
      THEN sign ELSE 0 END AS contradicted,
    CASE WHEN f.reported_at IS NOT NULL THEN sign ELSE 0 END AS reported,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status <> 'canceled' THEN sign ELSE 0 END AS verifications,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status = 'approved' THEN sign ELSE 0 END AS approved,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status <> 'canceled' AND v.sends >= 2 THEN sign ELSE 0 END AS resent,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status = 'approved' AND v.sends >= 2 THEN sign ELSE 0 END AS recovered,
    CASE WHEN m.sid IS NOT NULL AND m.price_unit = 'USD' AND m.price IS NOT NULL THEN sign ELSE 0 END AS usd_priced,
    CASE WHEN m.sid IS NOT NULL AND m.price_unit = 'USD' AND m.price IS NOT NULL
      THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END AS usd_amount,
    CASE WHEN m.sid IS NOT NULL AND m.price_unit = 'USD' AND m.price IS NOT NULL AND m.confirmed_at IS NOT NULL
      THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END AS usd_confirmed_amount
$$;

CREATE FUNCTION details_of(m message, sign int DEFAULT 1) RETURNS SETOF detail_delta
IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT
    quarter(m.requested_at) AS at,
    m.country::text AS country,
    coalesce(m.network, '') AS network,
    m.action AS action,
    detail.kind AS kind,
    detail.key AS key,
    sign AS n,
    CASE detail.kind WHEN 'spend' THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END AS amount,
    CASE WHEN detail.kind = 'spend' AND m.confirmed_at IS NOT NULL THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END
      AS confirmed_amount
  FROM (VALUES
    ('error', CASE WHEN m.sid IS NOT NULL AND m.status IN ('failed', 'undelivered') THEN coalesce(m.error_code::text, '') END),
    ('refusal', CASE WHEN m.sid IS NULL AND m.refused_at IS NOT NULL THEN coalesce(m.error_code::text, '') END),
    ('spend', CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' THEN m.price_unit::text END),
    ('time_to_confirm', CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND NOT m.late AND m.accepted_at IS NOT NULL
      THEN latency_bin(m.confirmed_at - m.accepted_at)::text END),
    ('delivery', CASE WHEN m.sid IS NOT NULL AND m.delivered_at IS NOT NULL AND m.accepted_at IS NOT NULL
      THEN latency_bin(m.delivered_at - m.accepted_at)::text END)
  ) AS detail (kind, key)
  WHERE detail.key IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION message_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delta SELECT c.* FROM new_rows m, LATERAL counts_of(m => m) c;
  INSERT INTO detail_delta SELECT d.* FROM new_rows m, LATERAL details_of(m) d;
  IF tg_op = 'UPDATE' THEN
    INSERT INTO delta SELECT c.* FROM old_rows m, LATERAL counts_of(m => m, sign => -1) c;
    INSERT INTO detail_delta SELECT d.* FROM old_rows m, LATERAL details_of(m, sign => -1) d;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION verification_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delta SELECT c.* FROM new_rows v, LATERAL counts_of(v => v) c;
  IF tg_op = 'UPDATE' THEN
    INSERT INTO delta SELECT c.* FROM old_rows v, LATERAL counts_of(v => v, sign => -1) c;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION feedback_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delta (at, country, network, action, reported)
  SELECT c.at, c.country, c.network, c.action, c.reported
  FROM new_rows f JOIN message m ON m.id = f.message_id, LATERAL counts_of(m => m, f => f) c
  WHERE c.reported <> 0;
  IF tg_op = 'UPDATE' THEN
    INSERT INTO delta (at, country, network, action, reported)
    SELECT c.at, c.country, c.network, c.action, c.reported
    FROM old_rows f JOIN message m ON m.id = f.message_id, LATERAL counts_of(m => m, f => f, sign => -1) c
    WHERE c.reported <> 0;
  END IF;
  RETURN NULL;
END $$;

DROP FUNCTION tally_message(message, int);
DROP FUNCTION tally_message_details(message, int);
DROP FUNCTION tally_verification(verification, int);

-- What a reader of these needs to know stands with them in the database, and so in prisma/structure.sql.
COMMENT ON FUNCTION quarter IS
'The quarter-hour a moment is in; every time zone''s offset is a multiple of it.';
COMMENT ON FUNCTION latency_bin IS
'The bin of a duration, from 1: up to 0.5 s, then each 1.2 times as wide as the one before, the last open. The limits, in milliseconds,
are 500 × 1.2^k, rounded; lib/insights/counting/latency.ts has the same, and a test compares them.';
COMMENT ON FUNCTION add_bins IS
'Adds two histograms bin by bin; null has no bins. Loops, since a query inside would cost five times as much.';
COMMENT ON FUNCTION histogram IS
'The histogram that has n[i] in bin[i], and 0 between.';
COMMENT ON FUNCTION counts_of IS
'What a message, its feedback or a verification counts for, times sign: the only definition of the counts. It is told the rows by name,
as in counts_of(m => message, f => feedback) or counts_of(v => verification). Its columns are those of delta, in the same order and each
under its name; a test compares them. Call it through LATERAL: there PostgreSQL puts its text into the statement and leaves out what is
about rows that are not given; elsewhere it would be called once per column.';
COMMENT ON FUNCTION details_of IS
'What a message counts for by keys that are not known beforehand; a kind without a key counts nothing. Columns and calls as of counts_of.';
COMMENT ON FUNCTION message_delta IS
'Appends what a statement''s rows count for now, and takes away what they counted for before; the fold adds up. Adding up here, too, took a
quarter to a half longer. Deleting counts nothing: what retention deletes stays in the cells.';
COMMENT ON FUNCTION verification_delta IS
'As message_delta.';
COMMENT ON FUNCTION feedback_delta IS
'Feedback counts with its message, in whose row nothing changes by that: only what is of the feedback is appended.';
