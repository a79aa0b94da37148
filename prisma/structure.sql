-- The database's functions, triggers and views as they are now; its tables are in schema.prisma. For reading: `npm run db:structure`
-- writes this file from a database with all migrations, and a test compares the two. To change something, add a migration that
-- replaces it (CREATE OR REPLACE FUNCTION …, COMMENT ON FUNCTION … for what is said above it), and write this file anew.
--
-- How counting works: triggers append what changes of messages, verifications and feedback count for to delta and detail_delta, by
-- counts_of and details_of; the fold (lib/insights/counting/fold.ts) moves that into the cells, once a second; reports read cells ∪
-- deltas (lib/insights/asking). To add a count, see CONTRIBUTING.md.

-- Adds two histograms bin by bin; null has no bins. Loops, since a query inside would cost five times as much.
CREATE OR REPLACE FUNCTION public.add_bins(a integer[], b integer[])
 RETURNS integer[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
DECLARE
  longer int[] := a;
  shorter int[] := b;
BEGIN
  IF b IS NULL THEN RETURN a; END IF;
  IF a IS NULL THEN RETURN b; END IF;
  IF cardinality(b) > cardinality(a) THEN longer := b; shorter := a; END IF;
  FOR i IN 1 .. cardinality(shorter) LOOP
    longer[i] := longer[i] + shorter[i];
  END LOOP;
  RETURN longer;
END $function$;

-- What a message, its feedback or a verification counts for, times sign: the only definition of the counts. It is told the rows by name,
-- as in counts_of(m => message, f => feedback) or counts_of(v => verification). Its columns are those of delta, in the same order and each
-- under its name; a test compares them. Call it through LATERAL: there PostgreSQL puts its text into the statement and leaves out what is
-- about rows that are not given; elsewhere it would be called once per column.
CREATE OR REPLACE FUNCTION public.counts_of(m message DEFAULT NULL::message, f feedback DEFAULT NULL::feedback, v verification DEFAULT NULL::verification, sign integer DEFAULT 1)
 RETURNS SETOF delta
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
      THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END AS usd_confirmed_amount,
    CASE WHEN v.denied_at IS NOT NULL THEN sign ELSE 0 END AS denied
$function$;

-- What a message counts for by keys that are not known beforehand; a kind without a key counts nothing. Columns and calls as of counts_of.
CREATE OR REPLACE FUNCTION public.details_of(m message, sign integer DEFAULT 1)
 RETURNS SETOF detail_delta
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
$function$;

-- Feedback counts with its message, in whose row nothing changes by that: only what is of the feedback is appended.
CREATE OR REPLACE FUNCTION public.feedback_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$;

-- The histogram that has n[i] in bin[i], and 0 between.
CREATE OR REPLACE FUNCTION public.histogram(bin integer[], n integer[])
 RETURNS integer[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
DECLARE
  bins int[] := '{}';
  top int := 0;
BEGIN
  FOR i IN 1 .. cardinality(bin) LOOP
    IF bin[i] > top THEN
      bins := bins || array_fill(0, ARRAY[bin[i] - top]);
      top := bin[i];
    END IF;
    bins[bin[i]] := n[i];
  END LOOP;
  RETURN bins;
END $function$;

-- The bin of a duration, from 1: up to 0.5 s, then each 1.2 times as wide as the one before, the last open. The limits, in milliseconds,
-- are 500 × 1.2^k, rounded; lib/insights/counting/latency.ts has the same, and a test compares them.
CREATE OR REPLACE FUNCTION public.latency_bin(duration interval)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (1 + width_bucket((((EXTRACT(epoch FROM duration) * (1000)::numeric))::bigint - 1), ARRAY[(500)::bigint, (600)::bigint, (720)::bigint, (864)::bigint, (1037)::bigint, (1244)::bigint, (1493)::bigint, (1792)::bigint, (2150)::bigint, (2580)::bigint, (3096)::bigint, (3715)::bigint, (4458)::bigint, (5350)::bigint, (6420)::bigint, (7704)::bigint, (9244)::bigint, (11093)::bigint, (13312)::bigint, (15974)::bigint, (19169)::bigint, (23003)::bigint, (27603)::bigint, (33124)::bigint, (39748)::bigint, (47698)::bigint, (57238)::bigint, (68685)::bigint, (82422)::bigint, (98907)::bigint, (118688)::bigint, (142426)::bigint, (170911)::bigint, (205093)::bigint, (246112)::bigint, (295334)::bigint, (354401)::bigint, (425281)::bigint, (510337)::bigint, (612405)::bigint, (734886)::bigint, (881863)::bigint, (1058236)::bigint, (1269883)::bigint, (1523859)::bigint, (1828631)::bigint, (2194357)::bigint, (2633229)::bigint, (3159874)::bigint, (3791849)::bigint, (4550219)::bigint, (5460263)::bigint, (6552315)::bigint, (7862779)::bigint, (9435334)::bigint, (11322401)::bigint, (13586881)::bigint, (16304258)::bigint, (19565109)::bigint, (23478131)::bigint, (28173757)::bigint, (33808509)::bigint, (40570210)::bigint]));

-- Appends what a statement's rows count for now, and takes away what they counted for before; the fold adds up. Adding up here, too, took a
-- quarter to a half longer. Deleting counts nothing: what retention deletes stays in the cells.
CREATE OR REPLACE FUNCTION public.message_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO delta SELECT c.* FROM new_rows m, LATERAL counts_of(m => m) c;
  INSERT INTO detail_delta SELECT d.* FROM new_rows m, LATERAL details_of(m) d;
  IF tg_op = 'UPDATE' THEN
    INSERT INTO delta SELECT c.* FROM old_rows m, LATERAL counts_of(m => m, sign => -1) c;
    INSERT INTO detail_delta SELECT d.* FROM old_rows m, LATERAL details_of(m, sign => -1) d;
  END IF;
  RETURN NULL;
END $function$;

-- The quarter-hour a moment is in; every time zone's offset is a multiple of it.
CREATE OR REPLACE FUNCTION public.quarter(moment timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN date_bin('00:15:00'::interval, moment, '2000-01-01 00:00:00+00'::timestamp with time zone);

-- As message_delta.
CREATE OR REPLACE FUNCTION public.verification_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO delta SELECT c.* FROM new_rows v, LATERAL counts_of(v => v) c;
  IF tg_op = 'UPDATE' THEN
    INSERT INTO delta SELECT c.* FROM old_rows v, LATERAL counts_of(v => v, sign => -1) c;
  END IF;
  RETURN NULL;
END $function$;

CREATE TRIGGER feedback_inserted AFTER INSERT ON feedback REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION feedback_delta();

CREATE TRIGGER feedback_updated AFTER UPDATE ON feedback REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION feedback_delta();

CREATE TRIGGER message_inserted AFTER INSERT ON message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER message_updated AFTER UPDATE ON message REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER verification_inserted AFTER INSERT ON verification REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();

CREATE TRIGGER verification_updated AFTER UPDATE ON verification REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();
