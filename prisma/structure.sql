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

-- What a message counts for by keys that are not known beforehand: of each kind its key, and what is added up with it; null for nothing.
CREATE OR REPLACE FUNCTION public.detail_keys(m message)
 RETURNS TABLE(error text, refusal text, spend text, spend_amount bigint, spend_confirmed_amount bigint, time_to_confirm integer, delivery integer)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('failed', 'undelivered') THEN coalesce(m.error_code::text, '') END,
    CASE WHEN m.sid IS NULL AND m.refused_at IS NOT NULL THEN coalesce(m.error_code::text, '') END,
    CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' THEN m.price_unit::text END,
    CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' THEN (abs(m.price) * 100000)::bigint END,
    CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' AND m.confirmed_at IS NOT NULL
      THEN (abs(m.price) * 100000)::bigint END,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND NOT m.late AND m.accepted_at IS NOT NULL
      THEN latency_bin(m.confirmed_at - m.accepted_at) END,
    CASE WHEN m.sid IS NOT NULL AND m.delivered_at IS NOT NULL AND m.accepted_at IS NOT NULL
      THEN latency_bin(m.delivered_at - m.accepted_at) END
$function$;

-- The keys of a message as rows, a kind without a key being none. Columns and calls as of counts_of.
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
    CASE detail.kind WHEN 'spend' THEN sign * k.spend_amount ELSE 0 END AS amount,
    CASE detail.kind WHEN 'spend' THEN sign * coalesce(k.spend_confirmed_amount, 0) ELSE 0 END AS confirmed_amount
  FROM detail_keys(m) k, LATERAL (VALUES
    ('error', k.error), ('refusal', k.refusal), ('spend', k.spend), ('time_to_confirm', k.time_to_confirm::text),
    ('delivery', k.delivery::text)
  ) AS detail (kind, key)
  WHERE detail.key IS NOT NULL
$function$;

-- Feedback counts with its message, in whose row nothing changes by that: only what is of the feedback is appended.
CREATE OR REPLACE FUNCTION public.feedback_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (SELECT FROM new_rows WHERE reported_at IS NOT NULL) THEN
    INSERT INTO delta (at, country, network, action, reported)
    SELECT c.at, c.country, c.network, c.action, c.reported
    FROM new_rows f, LATERAL (SELECT message AS row FROM message WHERE id = f.message_id LIMIT 1) m, LATERAL counts_of(m => m.row, f => f) c
    WHERE c.reported <> 0;
  END IF;
  IF tg_op = 'UPDATE' THEN
    IF EXISTS (SELECT FROM notification_target WHERE 'feedback.reported' = ANY (events)) THEN
      PERFORM tell_programs('feedback.reported', m.id, m.verification_id, f.reported_at,
        jsonb_build_object('verification', m.verification_id, 'message', m.id, 'sid', m.sid, 'country', m.country, 'network', m.network))
      FROM new_rows f JOIN old_rows o ON o.message_id = f.message_id JOIN message m ON m.id = f.message_id
      WHERE f.reported_at IS NOT NULL AND o.reported_at IS NULL;
    END IF;
    IF EXISTS (SELECT FROM old_rows WHERE reported_at IS NOT NULL) THEN
      INSERT INTO delta (at, country, network, action, reported)
      SELECT c.at, c.country, c.network, c.action, c.reported
      FROM old_rows f, LATERAL (SELECT message AS row FROM message WHERE id = f.message_id LIMIT 1) m,
        LATERAL counts_of(m => m.row, f => f, sign => -1) c
      WHERE c.reported <> 0;
    END IF;
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
RETURN (1 + width_bucket((round((date_part('epoch'::text, duration) * (1000)::double precision)) - (1)::double precision), ARRAY[(500)::double precision, (600)::double precision, (720)::double precision, (864)::double precision, (1037)::double precision, (1244)::double precision, (1493)::double precision, (1792)::double precision, (2150)::double precision, (2580)::double precision, (3096)::double precision, (3715)::double precision, (4458)::double precision, (5350)::double precision, (6420)::double precision, (7704)::double precision, (9244)::double precision, (11093)::double precision, (13312)::double precision, (15974)::double precision, (19169)::double precision, (23003)::double precision, (27603)::double precision, (33124)::double precision, (39748)::double precision, (47698)::double precision, (57238)::double precision, (68685)::double precision, (82422)::double precision, (98907)::double precision, (118688)::double precision, (142426)::double precision, (170911)::double precision, (205093)::double precision, (246112)::double precision, (295334)::double precision, (354401)::double precision, (425281)::double precision, (510337)::double precision, (612405)::double precision, (734886)::double precision, (881863)::double precision, (1058236)::double precision, (1269883)::double precision, (1523859)::double precision, (1828631)::double precision, (2194357)::double precision, (2633229)::double precision, (3159874)::double precision, (3791849)::double precision, (4550219)::double precision, (5460263)::double precision, (6552315)::double precision, (7862779)::double precision, (9435334)::double precision, (11322401)::double precision, (13586881)::double precision, (16304258)::double precision, (19565109)::double precision, (23478131)::double precision, (28173757)::double precision, (33808509)::double precision, (40570210)::double precision]));

-- Appends what a statement's rows count for now, and takes away what they counted for before; the fold adds up. Adding up here, too, took a
-- quarter to a half longer. A statement that changed no row fires this as well. Deleting counts nothing: what retention deletes stays in the cells.
CREATE OR REPLACE FUNCTION public.message_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM new_rows) THEN
    RETURN NULL;
  END IF;
  IF tg_op = 'INSERT' THEN
    INSERT INTO delta SELECT c.* FROM new_rows m, LATERAL counts_of(m => m) c;
    INSERT INTO detail_delta SELECT d.* FROM new_rows m, LATERAL details_of(m) d;
  ELSE
    INSERT INTO delta
      SELECT c.* FROM new_rows m, LATERAL counts_of(m => m) c
      UNION ALL
      SELECT c.* FROM old_rows m, LATERAL counts_of(m => m, sign => -1) c;
    INSERT INTO detail_delta
      SELECT d.* FROM new_rows m, LATERAL details_of(m) d
      UNION ALL
      SELECT d.* FROM old_rows m, LATERAL details_of(m, sign => -1) d;
    IF EXISTS (SELECT FROM notification_target WHERE events && ARRAY['message.delivered', 'message.failed']) THEN
      PERFORM tell_programs(step.type, m.id, m.verification_id, step.at,
        jsonb_build_object('verification', m.verification_id, 'message', m.id, 'sid', m.sid, 'action', m.action, 'country', m.country,
          'network', m.network, 'status', m.status, 'errorCode', m.error_code))
      FROM new_rows m JOIN old_rows o ON o.id = m.id, LATERAL (VALUES
        ('message.delivered', m.delivered_at, o.delivered_at IS NULL),
        ('message.failed', coalesce(m.failed_at, m.refused_at), o.failed_at IS NULL AND o.refused_at IS NULL)
      ) AS step (type, at, is_new)
      WHERE step.at IS NOT NULL AND step.is_new;
    END IF;
  END IF;
  RETURN NULL;
END $function$;

-- The quarter-hour a moment is in; every time zone's offset is a multiple of it.
CREATE OR REPLACE FUNCTION public.quarter(moment timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN date_bin('00:15:00'::interval, moment, '2000-01-01 00:00:00+00'::timestamp with time zone);

-- Writes what every target that chose a type of event is told of one: once for each subject, and of a thread in its order.
CREATE OR REPLACE FUNCTION public.tell_programs(type text, subject uuid, thread uuid, happened_at timestamp with time zone, data jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  INSERT INTO notification (id, target_id, key, thread, type, said, written_at, due_at)
  SELECT gen_random_uuid(), t.id, type || ' ' || subject, thread::text, type, jsonb_build_object('data', data), happened_at, happened_at
  FROM notification_target t
  WHERE type = ANY (t.events)
  ON CONFLICT (target_id, key) DO NOTHING
$function$;

-- What programs are told of a verification.
CREATE OR REPLACE FUNCTION public.told_of_verification(id uuid, action tracked_action, country text, network text, approved_at timestamp with time zone, expires_at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
RETURN jsonb_build_object('verification', id, 'action', action, 'country', country, 'network', network, 'approvedAt', approved_at, 'expiresAt', expires_at);

-- As message_delta. What has neither been accepted nor denied counts for nothing: of that nothing is written.
CREATE OR REPLACE FUNCTION public.verification_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF tg_op = 'UPDATE' AND EXISTS (SELECT FROM notification_target WHERE 'verification.approved' = ANY (events)) THEN
    PERFORM tell_programs('verification.approved', v.id, v.id, v.approved_at,
      told_of_verification(v.id, v.action, v.country, v.network, v.approved_at, v.expires_at))
    FROM new_rows v JOIN old_rows o ON o.id = v.id
    WHERE v.status = 'approved' AND o.status <> 'approved';
  END IF;
  IF NOT EXISTS (SELECT FROM new_rows WHERE accepted_at IS NOT NULL OR denied_at IS NOT NULL) THEN
    IF tg_op = 'INSERT' THEN
      RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM old_rows WHERE accepted_at IS NOT NULL OR denied_at IS NOT NULL) THEN
      RETURN NULL;
    END IF;
  END IF;
  IF tg_op = 'INSERT' THEN
    INSERT INTO delta SELECT c.* FROM new_rows v, LATERAL counts_of(v => v) c;
  ELSE
    INSERT INTO delta
      SELECT c.* FROM new_rows v, LATERAL counts_of(v => v) c
      UNION ALL
      SELECT c.* FROM old_rows v, LATERAL counts_of(v => v, sign => -1) c;
  END IF;
  RETURN NULL;
END $function$;

CREATE TRIGGER feedback_inserted AFTER INSERT ON feedback REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION feedback_delta();

CREATE TRIGGER feedback_updated AFTER UPDATE ON feedback REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION feedback_delta();

CREATE TRIGGER message_inserted AFTER INSERT ON message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER message_updated AFTER UPDATE ON message REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER verification_inserted AFTER INSERT ON verification REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();

CREATE TRIGGER verification_updated AFTER UPDATE ON verification REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();
