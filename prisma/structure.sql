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

-- Each message that is confirmed while a breaker is open makes room for two more, as in TCP's slow start: what is allowed doubles with each round of
-- answers, until it is as much as is allowed without. A message that Twilio did not take gives its own room back.
CREATE OR REPLACE FUNCTION public.breaker_answered(of_scope text, of_subject text, at timestamp with time zone, more_confirmed integer, not_sent integer)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
DECLARE
  breaker record;
BEGIN
  UPDATE exposure e SET room = greatest(0, e.room + 2 * more_confirmed + not_sent), answered = e.answered + more_confirmed,
    tries = CASE WHEN more_confirmed > 0 THEN greatest(e.tries, 1) ELSE e.tries END
  FROM (SELECT x.tries FROM exposure x WHERE x.scope = of_scope AND x.subject = of_subject AND NOT x.exempt) was
  WHERE e.scope = of_scope AND e.subject = of_subject AND NOT e.exempt AND e.opened_at IS NOT NULL
  RETURNING e.answered, e.needed, e.tries, was.tries AS tries_before INTO breaker;
  IF NOT FOUND THEN RETURN; END IF;
  IF breaker.answered >= breaker.needed THEN
    PERFORM breaker_closed(of_scope, of_subject, breaker_answered.at);
  ELSIF breaker.tries_before = 0 AND breaker.tries > 0 THEN
    INSERT INTO breaker_step (place, at, step, unanswered, allowed, confirmed)
    VALUES (of_subject, breaker_answered.at, 'half_open', 0, 2, breaker.answered);
  END IF;
END $function$;

-- Closes the breaker of a place, if it is open.
CREATE OR REPLACE FUNCTION public.breaker_closed(of_scope text, of_subject text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
DECLARE
  was record;
BEGIN
  SELECT e.opened_at, e.answered, e.needed INTO was FROM exposure e
  WHERE e.scope = of_scope AND e.subject = of_subject AND NOT e.exempt FOR NO KEY UPDATE;
  IF was.opened_at IS NULL THEN RETURN; END IF;
  UPDATE exposure e SET opened_at = NULL, room = 0, tries = 0, answered = 0, needed = 0, next_try_at = NULL
  WHERE e.scope = of_scope AND e.subject = of_subject AND NOT e.exempt;
  INSERT INTO breaker_step (place, at, step, unanswered, allowed, confirmed)
  VALUES (of_subject, breaker_closed.at, 'closed', 0, was.needed, was.answered);
END $function$;

-- Opens the breaker of a place whose row is locked by the caller: what of it may be unanswered is used up. It closes again when as many are confirmed as
-- may be unanswered in an hour.
CREATE OR REPLACE FUNCTION public.breaker_opened(of_scope text, of_subject text, at timestamp with time zone, fired jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  UPDATE exposure e SET opened_at = breaker_opened.at, room = 0, tries = 0, answered = 0,
    needed = greatest(2, (fired ->> 'allowedHour')::int), next_try_at = breaker_opened.at + interval '10 minutes'
  WHERE e.scope = of_scope AND e.subject = of_subject AND NOT e.exempt AND e.opened_at IS NULL;
  IF FOUND THEN
    INSERT INTO breaker_step (place, at, step, unanswered, allowed, confirmed)
    -- The figures of the limit that was nearest to its end.
    SELECT of_subject, breaker_opened.at, 'opened', f.unanswered, f.allowed, 0 FROM (VALUES
      ((fired ->> 'unansweredHour')::int, (fired ->> 'allowedHour')::int), ((fired ->> 'unansweredDay')::int, (fired ->> 'allowedDay')::int),
      ((fired ->> 'inFlight')::int, (fired ->> 'allowedInFlight')::int), ((fired ->> 'failedDay')::int, (fired ->> 'allowedFailed')::int)
    ) f (unanswered, allowed) ORDER BY f.unanswered::float8 / greatest(1, f.allowed) DESC LIMIT 1;
  END IF;
END $function$;

-- Counts a message that is about to be sent in the rows that protect has locked.
CREATE OR REPLACE FUNCTION public.count_sent(at timestamp with time zone, country text, network text, block text, address text, exempt boolean, first boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  minute timestamptz := date_bin('1 minute', count_sent.at, 'epoch');
BEGIN
  WITH counted AS (
    UPDATE exposure e SET
      -- Older slots are put together once a minute: until then only the last one changes.
      (slots, sent, confirmed, failed) = (
        SELECT e.slots, e.sent[:cardinality(e.sent) - 1] || e.sent[cardinality(e.sent)] + k.more, e.confirmed, e.failed
        WHERE e.slots[cardinality(e.slots)] = minute
        UNION ALL SELECT ARRAY[minute], ARRAY[k.more], ARRAY[0], ARRAY[0] WHERE e.slots = '{}'
        UNION ALL SELECT w.* FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, count_sent.at, minute, k.more, 0, 0) w
        WHERE e.slots[cardinality(e.slots)] <> minute),
      countries = CASE
        WHEN e.scope <> 'address' THEN '{}'
        WHEN e.touched_at <= count_sent.at - interval '1 day' THEN ARRAY[count_sent.country]
        WHEN count_sent.country = ANY (e.countries) THEN e.countries ELSE e.countries || count_sent.country END,
      touched_at = count_sent.at,
      room = CASE WHEN e.opened_at IS NULL THEN 0 ELSE greatest(e.room, 1) - 1 END,
      tries = CASE WHEN e.opened_at IS NOT NULL AND e.room < 1 THEN e.tries + 1 ELSE e.tries END,
      -- Whoever got no answer waits twice as long before the next try, as TCP does; an hour at most.
      next_try_at = CASE WHEN e.opened_at IS NOT NULL AND e.room < 1
        THEN count_sent.at + least(interval '1 hour', interval '10 minutes' * 2 ^ least(e.tries, 4)) ELSE e.next_try_at END
    FROM (
      SELECT s.*, e.ctid, e.tries, CASE s.scope WHEN 'spend' THEN round(10000 * message_price(count_sent.country))::int ELSE 1 END AS more
      FROM exposure_scopes(count_sent.country, count_sent.network, count_sent.block, count_sent.address, count_sent.first) s,
        LATERAL (
          SELECT ctid, tries FROM exposure WHERE scope = s.scope AND subject = s.subject AND exempt = (s.scope <> 'spend' AND count_sent.exempt)
          FOR NO KEY UPDATE) e
    ) k
    WHERE e.ctid = k.ctid
    RETURNING e.scope, e.subject, e.exempt, e.opened_at, e.answered, k.tries AS tried
  )
  INSERT INTO breaker_step (place, at, step, unanswered, allowed, confirmed)
  SELECT c.subject, count_sent.at, 'half_open', 0, 1, c.answered
  FROM counted c WHERE c.scope IN ('country', 'network', 'block') AND NOT c.exempt AND c.opened_at IS NOT NULL AND c.tried = 0;
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
    CASE WHEN v.denied_at IS NOT NULL THEN sign ELSE 0 END AS denied,
    coalesce(m.sender, v.sender) AS sender,
    coalesce(m.channel, v.channel)::text AS channel,
    coalesce(m.locale, v.locale, '') AS locale
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
    CASE detail.kind WHEN 'spend' THEN sign * coalesce(k.spend_confirmed_amount, 0) ELSE 0 END AS confirmed_amount,
    m.sender AS sender,
    m.channel::text AS channel,
    coalesce(m.locale, '') AS locale
  FROM detail_keys(m) k, LATERAL (VALUES
    ('error', k.error), ('refusal', k.refusal), ('spend', k.spend), ('time_to_confirm', k.time_to_confirm::text),
    ('delivery', k.delivery::text)
  ) AS detail (kind, key)
  WHERE detail.key IS NOT NULL
$function$;

-- How many messages may be unanswered, of an hour and of a day, how many in flight, and how many may fail in a day: the only definition of it. It is
-- never below the threshold of unusual; above it by the share of those confirmed that stays unanswered where nothing is wrong, which is the
-- destination's own, see lib/insights/counting/usual.ts. Of the few people of one place or one address three standard deviations more may be unlucky.
-- What is in flight may be twice that share of what was confirmed in the last minutes: as the window of TCP, it grows by what arrived.
CREATE OR REPLACE FUNCTION public.exposure_allowance(scope text, share double precision, most_confirmed integer, confirmed_hour integer, confirmed_day integer, confirmed_lately integer)
 RETURNS TABLE(hour integer, day integer, in_flight integer, failed integer)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE ROWS 1
AS $function$
  SELECT
    floor(greatest(f.hour, t.hour, share * most_confirmed / 6, share * confirmed_hour + f.luck * sqrt(share * confirmed_hour)))::int,
    floor(greatest(f.day, t.day, share * most_confirmed, share * confirmed_day + f.luck * sqrt(share * confirmed_day)))::int,
    floor(greatest(f.flying, 2 * share * confirmed_lately))::int,
    floor(greatest(20, 0.6 * most_confirmed, 0.6 * confirmed_day))::int
  FROM (VALUES ('all', 30, 60, 100, 0), ('country', 10, 20, 40, 3), ('first', 10, 20, 40, 0), ('network', 9, 15, 30, 3),
    ('block', 8, 10, 10, 3), ('address', 8, 12, 20, 3)) AS f (scope, hour, day, flying, luck),
    unverified_threshold(f.scope, most_confirmed, confirmed_hour, confirmed_day) t
  WHERE f.scope = exposure_allowance.scope
$function$;

-- What a row's arrays say at a moment. A message is in flight for three to four minutes, and then unanswered until it is confirmed or known to have
-- failed; a slot counts until its end has left the hour or the day, so that never too few are counted.
CREATE OR REPLACE FUNCTION public.exposure_counts(slots timestamp with time zone[], sent integer[], confirmed integer[], failed integer[], at timestamp with time zone)
 RETURNS TABLE(sent_hour integer, sent_day integer, unanswered_hour integer, unanswered_day integer, failed_day integer, in_flight integer, confirmed_hour integer, confirmed_day integer, confirmed_lately integer, hour_eases timestamp with time zone, day_eases timestamp with time zone, failed_hour integer)
 LANGUAGE sql
 STABLE PARALLEL SAFE ROWS 1
AS $function$
  SELECT
    coalesce(sum(e.sent) FILTER (WHERE in_hour), 0)::int,
    coalesce(sum(e.sent), 0)::int,
    coalesce(sum(e.unanswered) FILTER (WHERE in_hour AND NOT flying), 0)::int,
    coalesce(sum(e.unanswered) FILTER (WHERE NOT flying), 0)::int,
    coalesce(sum(e.failed), 0)::int,
    coalesce(sum(e.unanswered) FILTER (WHERE flying), 0)::int,
    coalesce(sum(e.confirmed) FILTER (WHERE in_hour), 0)::int,
    coalesce(sum(e.confirmed), 0)::int,
    coalesce(sum(e.confirmed) FILTER (WHERE e.slot > at - interval '5 minutes'), 0)::int,
    min(e.slot) FILTER (WHERE in_hour AND e.unanswered > 0) + interval '65 minutes',
    min(e.slot) FILTER (WHERE e.unanswered > 0) + interval '25 hours',
    coalesce(sum(e.failed) FILTER (WHERE in_hour), 0)::int
  FROM (
    SELECT o.slot, o.sent, o.confirmed, o.failed, greatest(0, o.sent - o.confirmed - o.failed) AS unanswered,
      o.slot > at - interval '65 minutes' AS in_hour, o.slot > at - interval '4 minutes' AS flying
    FROM unnest(slots, sent, confirmed, failed) AS o (slot, sent, confirmed, failed)
    WHERE o.slot > at - interval '25 hours'
  ) e
$function$;

-- The scopes of a message, in the order in which everybody locks their rows: with the same one first, nobody waits for another in a circle.
CREATE OR REPLACE FUNCTION public.exposure_scopes(country text, network text, block text, address text, first boolean)
 RETURNS TABLE(n integer, scope text, subject text)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT * FROM (VALUES (1, 'all', ''), (2, 'spend', ''), (3, 'country', country), (4, 'first', CASE WHEN first THEN '' END),
    (5, 'network', country || ':' || network), (6, 'block', block), (7, 'address', address)) AS s (n, scope, subject)
  WHERE s.subject IS NOT NULL
$function$;

-- The slot that a moment counts in, seen from another: a minute; five of them once the youngest is more than four minutes old, so that none is in
-- flight any more; and an hour once all of it is more than an hour old. A slot is what it begins with.
CREATE OR REPLACE FUNCTION public.exposure_slot(slot timestamp with time zone, at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT CASE
    WHEN date_bin('1 hour', slot, 'epoch') <= at - interval '2 hours' THEN date_bin('1 hour', slot, 'epoch')
    WHEN date_bin('5 minutes', slot, 'epoch') <= at - interval '9 minutes' THEN date_bin('5 minutes', slot, 'epoch')
    ELSE date_bin('1 minute', slot, 'epoch') END
$function$;

-- A row's arrays with so many more messages in a slot, the older slots put together and what is older than a day left out.
CREATE OR REPLACE FUNCTION public.exposure_with(slots timestamp with time zone[], sent integer[], confirmed integer[], failed integer[], at timestamp with time zone, slot timestamp with time zone, more_sent integer, more_confirmed integer, more_failed integer, OUT new_slots timestamp with time zone[], OUT new_sent integer[], OUT new_confirmed integer[], OUT new_failed integer[])
 RETURNS record
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT coalesce(array_agg(s.slot ORDER BY s.slot), '{}'), coalesce(array_agg(s.sent ORDER BY s.slot), '{}'),
    coalesce(array_agg(s.confirmed ORDER BY s.slot), '{}'), coalesce(array_agg(s.failed ORDER BY s.slot), '{}')
  FROM (
    SELECT exposure_slot(e.slot, at) AS slot, sum(e.sent)::int AS sent, sum(e.confirmed)::int AS confirmed, sum(e.failed)::int AS failed
    FROM (
      SELECT * FROM unnest(slots, sent, confirmed, failed) AS old (slot, sent, confirmed, failed)
      UNION ALL VALUES (slot, more_sent, more_confirmed, more_failed)
    ) e WHERE e.slot > at - interval '25 hours' GROUP BY 1
  ) s
$function$;

-- Feedback counts with its message, in whose row nothing changes by that: only what is of the feedback is appended.
CREATE OR REPLACE FUNCTION public.feedback_delta()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (SELECT FROM new_rows WHERE reported_at IS NOT NULL) THEN
    INSERT INTO delta (at, country, network, action, reported, sender, channel, locale)
    SELECT c.at, c.country, c.network, c.action, c.reported, c.sender, c.channel, c.locale
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
      INSERT INTO delta (at, country, network, action, reported, sender, channel, locale)
      SELECT c.at, c.country, c.network, c.action, c.reported, c.sender, c.channel, c.locale
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

-- Counts that a message was confirmed, has failed, or was not taken by Twilio, where it was counted as sent, and gives back what its address drew on
-- when it is confirmed: what MESSAGES_FROM_ADDRESS and MESSAGES_OF_KNOWN_FROM_ADDRESS of lib/protection/quota.ts take for one. By row, since almost no
-- change of a message is one of these, and a condition of the trigger says so at no cost.
CREATE OR REPLACE FUNCTION public.message_exposure()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
DECLARE
  address text;
  at timestamptz := coalesce(new.confirmed_at, new.failed_at, new.refused_at, new.requested_at);
  slot timestamptz := date_bin('1 minute', new.requested_at, 'epoch');
  is_confirmed int := (new.confirmed_at IS NOT NULL)::int - (old.confirmed_at IS NOT NULL)::int;
  is_failed int := (new.confirmed_at IS NULL AND new.sid IS NOT NULL AND new.status IN ('failed', 'undelivered', 'canceled'))::int
    - (old.confirmed_at IS NULL AND old.sid IS NOT NULL AND coalesce(old.status IN ('failed', 'undelivered', 'canceled'), false))::int;
  is_refused int := (new.sid IS NULL AND new.refused_at IS NOT NULL)::int - (old.sid IS NULL AND old.refused_at IS NOT NULL)::int;
  scoped record;
  opened timestamptz;
BEGIN
  is_failed := coalesce(is_failed, 0);
  IF is_confirmed = 0 AND is_failed = 0 AND is_refused = 0 THEN RETURN NULL; END IF;
  SELECT v.asked_from INTO address FROM verification v WHERE v.id = new.verification_id;
  FOR scoped IN SELECT * FROM exposure_scopes(new.country, new.network, new.block, address, true) s
    WHERE s.scope <> 'spend' ORDER BY s.n LOOP
    UPDATE exposure e SET
      (slots, sent, confirmed, failed) = (
        -- Most are answered before their minute is put together with others.
        SELECT e.slots, e.sent[:n - 1] || e.sent[n] - is_refused || e.sent[n + 1:],
          e.confirmed[:n - 1] || e.confirmed[n] + is_confirmed || e.confirmed[n + 1:],
          e.failed[:n - 1] || e.failed[n] + is_failed || e.failed[n + 1:]
        FROM array_position(e.slots, slot) n WHERE n IS NOT NULL
        UNION ALL SELECT w.* FROM exposure_with(
          e.slots, e.sent, e.confirmed, e.failed, greatest(at, e.touched_at), slot, -is_refused, is_confirmed, is_failed) w
        WHERE array_position(e.slots, slot) IS NULL),
      countries = CASE WHEN is_confirmed > 0 THEN array_remove(e.countries, new.country::text) ELSE e.countries END
    WHERE e.scope = scoped.scope AND e.subject = scoped.subject AND e.exempt = new.exempt
      -- What was sent before this was counted is not answered here; and the row of first destinations has only those that were first.
      AND (scoped.scope <> 'first' OR NOT EXISTS (SELECT FROM usual u WHERE u.place = new.country AND u.most_confirmed > 0))
    RETURNING e.opened_at INTO opened;
    IF opened IS NOT NULL AND (is_confirmed > 0 OR is_refused > 0) THEN PERFORM breaker_answered(scoped.scope, scoped.subject, at, is_confirmed, is_refused); END IF;
  END LOOP;
  -- Whoever starts holds this row and waits for those above: so it is not waited for. One that is missed makes the limit no weaker.
  IF is_confirmed > 0 AND address IS NOT NULL THEN
    UPDATE quota q SET tat = q.tat - CASE q.name WHEN 'messages_from_address' THEN interval '20 seconds' ELSE interval '5 seconds' END
    FROM (
      SELECT name, subject FROM quota
      WHERE name IN ('messages_from_address', 'messages_of_known_from_address') AND subject = address FOR UPDATE SKIP LOCKED
    ) mine
    WHERE q.name = mine.name AND q.subject = mine.subject;
  END IF;
  RETURN NULL;
END $function$;

-- What a message to a country will cost in US dollars, since Twilio says so only later: what others did of late, there or else anywhere, or 5 cents.
CREATE OR REPLACE FUNCTION public.message_price(country text)
 RETURNS double precision
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce((SELECT u.price FROM usual u WHERE u.place = message_price.country), (SELECT u.price FROM usual u WHERE u.place = ''), 0.05)
$function$;

-- Decides of a message to a number whether rules refuse it, and why: the verdict, whether the number is exempt, whether its country is a first
-- one, which rules fired with their figures, and when to ask again. The rows it reads stay locked, so that what it says holds until the statement
-- ends. It counts nothing: count_sent does, once all else allows the message. The figures are what the threshold of each rule is compared with, whatever
-- that is, for rehearsals. Called by lib/protection/protect.ts.
CREATE OR REPLACE FUNCTION public.protect(at timestamp with time zone, number text, country text, network text, block text, address text, line_type text, OUT verdict text, OUT exempt boolean, OUT first boolean, OUT fired jsonb, OUT figures jsonb, OUT wait integer, OUT blocked boolean)
 RETURNS record
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  rules jsonb;
  said record;
  scoped record;
  c record;
  of_country record;
  rule_name text;
  figure float8;
  over int;
  country_sent int := 0;
  is_outage boolean := false;
  unusual text[] := '{}';
  broken text[] := '{}';
  is_over boolean;
  asked_for int;
  neighbours int;
  price float8;
  wait_until timestamptz;
BEGIN
  fired := '[]';
  figures := '{}';
  blocked := false;
  SELECT jsonb_object_agg(r.name, jsonb_build_object('mode', r.mode, 'threshold', r.threshold)) INTO rules FROM rule r;
  SELECT * INTO of_country FROM usual u WHERE u.place = protect.country;
  first := coalesce(of_country.most_confirmed, 0) = 0;
  exempt := EXISTS (SELECT FROM safe_entry s WHERE s.subject IN (protect.number, protect.block))
    OR EXISTS (SELECT FROM verification v WHERE v."to" = protect.number AND v.approved_at > protect.at - interval '90 days'
      AND v.created_at > protect.at - interval '91 days');

  -- The most particular that people have said counts: of the block before the network before the country.
  SELECT d.* INTO said FROM destination_rule d
  WHERE d.place IN (protect.block, protect.country || ':' || protect.network, protect.country) AND (d.until IS NULL OR d.until > protect.at)
  ORDER BY left(d.place, 1) = '+' DESC, length(d.place) DESC LIMIT 1;
  IF NOT exempt AND said.mode IN ('block', 'monitor') THEN
    blocked := said.mode = 'block';
    fired := fired || jsonb_build_object('rule', 'destination', 'mode', CASE WHEN blocked THEN 'enforce' ELSE 'monitor' END,
      'place', said.place);
  END IF;

  -- Rows that are not there yet are made, so that also the first of many at once find them locked.
  INSERT INTO exposure (scope, subject, exempt, touched_at)
  SELECT s.scope, s.subject, s.scope <> 'spend' AND protect.exempt, protect.at
  FROM exposure_scopes(protect.country, protect.network, protect.block, protect.address, protect.first) s
  ORDER BY s.n ON CONFLICT DO NOTHING;

  FOR c IN
    WITH locked AS MATERIALIZED (
      SELECT s.n, s.scope, s.subject, e.slots, e.sent, e.confirmed, e.failed, e.countries, e.opened_at, e.room, e.tries, e.answered, e.needed,
        e.next_try_at
      FROM (SELECT * FROM exposure_scopes(protect.country, protect.network, protect.block, protect.address, protect.first) ORDER BY n) s,
        LATERAL (
          SELECT * FROM exposure WHERE scope = s.scope AND subject = s.subject AND exempt = (s.scope <> 'spend' AND protect.exempt)
          FOR NO KEY UPDATE) e
    )
    SELECT l.scope, l.subject, l.countries, l.opened_at, l.room, l.tries, l.answered, l.needed, l.next_try_at, counted.*,
      a.hour AS allowed_hour, a.day AS allowed_day, a.in_flight AS allowed_in_flight, a.failed AS allowed_failed,
      t.hour AS unusual_hour, t.day AS unusual_day
    FROM locked l
    LEFT JOIN usual u ON u.place = CASE l.scope WHEN 'all' THEN '' WHEN 'country' THEN l.subject WHEN 'network' THEN l.subject END,
      LATERAL exposure_counts(l.slots, l.sent, l.confirmed, l.failed, protect.at) counted
    LEFT JOIN LATERAL exposure_allowance(l.scope, coalesce(u.share, of_country.share, 0.5), coalesce(u.most_confirmed, 0),
      counted.confirmed_hour, counted.confirmed_day, counted.confirmed_lately) a ON true
    LEFT JOIN LATERAL unverified_threshold(l.scope, coalesce(u.most_confirmed, 0), counted.confirmed_hour, counted.confirmed_day) t ON true
    ORDER BY l.n
  LOOP
    IF c.scope = 'spend' THEN
      -- In ten-thousandths of a dollar.
      price := message_price(protect.country);
      FOR rule_name, figure, wait_until IN VALUES
        ('spend_hour', c.sent_hour / 10000.0 + price, greatest(wait_until, c.hour_eases)),
        ('spend_day', c.sent_day / 10000.0 + price, greatest(wait_until, c.day_eases)) LOOP
        figures := figures || jsonb_build_object(rule_name, round(figure::numeric, 4));
        IF figure > (rules #>> ARRAY[rule_name, 'threshold'])::float8 THEN
          fired := fired || jsonb_build_object('rule', rule_name, 'spent', round((figure - price)::numeric, 2),
            'budget', (rules #>> ARRAY[rule_name, 'threshold'])::float8);
        END IF;
      END LOOP;
      CONTINUE;
    END IF;

    IF c.scope = 'country' THEN country_sent := c.sent_hour; END IF;
    IF c.scope IN ('country', 'network') AND c.failed_hour > c.unanswered_hour THEN is_outage := true; END IF;
    IF said.mode = 'cap' AND NOT exempt AND c.sent_hour >= said.per_hour AND said.place = c.subject
      AND c.scope IN ('country', 'network', 'block') THEN
      wait_until := greatest(wait_until, c.hour_eases);
      fired := fired || jsonb_build_object('rule', 'destination', 'mode', 'enforce', 'place', said.place, 'sent', c.sent_hour,
        'perHour', said.per_hour);
    END IF;

    rule_name := CASE c.scope WHEN 'first' THEN 'first_destination' ELSE 'exposure' END;
    over := greatest(0, c.in_flight + 1 - c.allowed_in_flight);
    figure := greatest((c.unanswered_hour + over)::float8 / c.allowed_hour, (c.unanswered_day + over)::float8 / c.allowed_day,
      (c.failed_day + 1)::float8 / c.allowed_failed,
      -- An address that has asked for messages to three countries, none of which came back, and now asks for a fourth; of many people more.
      CASE WHEN c.scope = 'address' AND protect.country <> ALL (c.countries) THEN (cardinality(c.countries) + 1) / greatest(3, 0.3 * c.confirmed_day) END);
    IF c.scope = 'first' THEN figure := figure * 20; END IF;
    figures := figures || jsonb_build_object(rule_name, greatest(round(figure::numeric, 4), (figures ->> rule_name)::numeric));
    is_over := figure > (rules #>> ARRAY[rule_name, 'threshold'])::float8;
    IF is_over THEN
      fired := fired || jsonb_build_object('rule', rule_name, 'scope', c.scope,
        'place', CASE WHEN c.scope IN ('country', 'network', 'block') THEN c.subject END,
        'unansweredHour', c.unanswered_hour, 'allowedHour', c.allowed_hour, 'unansweredDay', c.unanswered_day, 'allowedDay', c.allowed_day,
        'inFlight', c.in_flight, 'allowedInFlight', c.allowed_in_flight, 'failedDay', c.failed_day, 'allowedFailed', c.allowed_failed,
        'countries', cardinality(c.countries));
      wait_until := greatest(wait_until, CASE WHEN c.unanswered_day + over > c.allowed_day THEN c.day_eases ELSE c.hour_eases END);
    END IF;

    IF c.scope IN ('country', 'network', 'block') AND NOT exempt THEN
      IF is_over AND c.opened_at IS NULL THEN
        broken := broken || c.scope;
      ELSIF c.opened_at <= protect.at - interval '25 hours' AND c.sent_day = 0 THEN
        -- A day without a message: nothing is left of what it was opened for.
        PERFORM breaker_closed(c.scope, c.subject, protect.at);
      ELSIF NOT is_over AND c.opened_at IS NOT NULL AND c.room < 1 AND c.next_try_at > protect.at THEN
        fired := fired || jsonb_build_object('rule', 'exposure', 'scope', c.scope, 'place', c.subject, 'breaker',
          CASE WHEN c.tries = 0 THEN 'open' ELSE 'half_open' END, 'answered', c.answered, 'needed', c.needed);
        wait_until := greatest(wait_until, c.next_try_at);
      END IF;
      IF c.unanswered_hour >= c.unusual_hour OR c.unanswered_day >= c.unusual_day OR over > 0 THEN unusual := unusual || c.subject; END IF;
    END IF;

    IF c.scope = 'block' AND NOT exempt AND c.unanswered_hour + c.in_flight >= 8 THEN
      figure := c.sent_hour::float8 / greatest(1, country_sent);
      figures := figures || jsonb_build_object('top_block', round(figure::numeric, 4));
      IF figure >= (rules #>> '{top_block,threshold}')::float8 THEN
        fired := fired || jsonb_build_object('rule', 'top_block', 'place', protect.block, 'sent', c.sent_hour, 'ofCountry', country_sent);
        wait_until := greatest(wait_until, c.hour_eases);
      END IF;
    END IF;
  END LOOP;

  IF NOT exempt THEN
    SELECT count(*), count(*) FILTER (WHERE EXISTS (
        SELECT FROM verification w WHERE w.block = protect.block AND w.created_at > protect.at - interval '1 day' AND w.created_at <= protect.at
          AND w.status <> 'approved' AND w."to" IN ('+' || (asked.number::numeric + 1), '+' || (asked.number::numeric - 1))))
    INTO asked_for, neighbours FROM (
      SELECT DISTINCT v."to" AS number FROM verification v
      WHERE v.block = protect.block AND v.created_at > protect.at - interval '1 day' AND v.created_at <= protect.at
        AND v.status <> 'approved' AND v."to" <> v.block
    ) asked;
    -- Where a crowd is in one block, some are neighbours by chance.
    IF neighbours > 0 AND neighbours >= 0.5 * asked_for THEN
      figures := figures || jsonb_build_object('sequential', neighbours);
      IF neighbours >= (rules #>> '{sequential,threshold}')::float8 THEN
        fired := fired || jsonb_build_object('rule', 'sequential', 'place', protect.block, 'numbers', neighbours);
        wait_until := greatest(wait_until, protect.at + interval '1 hour');
      END IF;
    END IF;

    SELECT a.country || CASE a.network WHEN '' THEN '' ELSE ':' || a.network END AS place,
      a.confirmed::float8 / nullif(a.attempted, 0) AS conversion, a.baseline_confirmed::float8 / nullif(a.baseline_attempted, 0) AS usual
    INTO c FROM alert a
    WHERE a.country = protect.country AND a.until IS NULL AND a.network IN ('', protect.network)
    ORDER BY a.confirmed::float8 * a.baseline_attempted / nullif(a.attempted::float8 * a.baseline_confirmed, 0) LIMIT 1;
    -- What carriers say they did not deliver, nobody earns from; and where no more is unanswered than may well be, there is nothing to hold back.
    IF c.conversion / c.usual IS NOT NULL AND NOT is_outage AND c.place = ANY (unusual) THEN
      figures := figures || jsonb_build_object('collapse', round((c.conversion / c.usual)::numeric, 4));
      IF c.conversion / c.usual < (rules #>> '{collapse,threshold}')::float8 THEN
        fired := fired || jsonb_build_object('rule', 'collapse', 'place', c.place, 'conversion', round(c.conversion::numeric, 4),
          'usual', round(c.usual::numeric, 4));
        wait_until := greatest(wait_until, protect.at + interval '1 hour');
      END IF;
    END IF;

    IF line_type IS NOT NULL THEN
      figures := figures || jsonb_build_object('line_type', 1);
      fired := fired || jsonb_build_object('rule', 'line_type', 'lineType', line_type);
      wait_until := greatest(wait_until, protect.at + interval '1 day');
    END IF;
  END IF;

  -- Each with what its rule does; those that are off have fired for nobody.
  SELECT coalesce(jsonb_agg(jsonb_build_object('mode', rules #>> ARRAY[f.value ->> 'rule', 'mode']) || jsonb_strip_nulls(f.value)
    ORDER BY f.n), '[]') INTO fired
  FROM jsonb_array_elements(fired) WITH ORDINALITY f (value, n)
  WHERE rules #>> ARRAY[f.value ->> 'rule', 'mode'] IS DISTINCT FROM 'off';
  -- What people have allowed no rule refuses, but for the budgets.
  verdict := CASE
    WHEN EXISTS (SELECT FROM jsonb_array_elements(fired) f (value) WHERE f.value ->> 'mode' = 'enforce'
      AND (said.mode IS DISTINCT FROM 'allow' OR f.value ->> 'rule' LIKE 'spend%')) THEN 'refused'
    WHEN fired <> '[]' THEN 'would_refuse' ELSE 'allowed' END;
  -- Where nothing is refused, nothing opens either: neither for a rule that is only monitored, nor for a place that people have allowed.
  IF verdict = 'refused' AND said.mode IS DISTINCT FROM 'allow' AND rules #>> '{exposure,mode}' = 'enforce' THEN
    FOR scoped IN SELECT * FROM exposure_scopes(protect.country, protect.network, protect.block, NULL, false) s
      WHERE s.scope = ANY (broken) ORDER BY s.n LOOP
      PERFORM breaker_opened(scoped.scope, scoped.subject, protect.at, f.value)
      FROM jsonb_array_elements(fired) f (value) WHERE f.value ->> 'rule' = 'exposure' AND f.value ->> 'scope' = scoped.scope;
    END LOOP;
  END IF;
  wait := greatest(1, ceil(extract(epoch FROM wait_until - protect.at)))::int;
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

-- How many messages may stay unverified before that is unusual, of an hour and of a day: the only definition, of reports and of protection.
-- Authgear's, of countries and addresses (docs/specs/fraud-protection.md of authgear-server): three tenths of the most that were confirmed in a day
-- of fourteen, or of what was confirmed in this one, and for an hour a fifth; never less than a few. Networks and blocks likewise, smaller.
CREATE OR REPLACE FUNCTION public.unverified_threshold(scope text, most_confirmed integer, confirmed_hour integer, confirmed_day integer)
 RETURNS TABLE(hour double precision, day double precision)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE ROWS 1
AS $function$
  SELECT
    greatest(f.hour, 0.2 * most_confirmed / 6, CASE f.scope WHEN 'address' THEN 0.2 * confirmed_day / 6 ELSE 0.2 * confirmed_hour END),
    greatest(f.day, 0.3 * most_confirmed, 0.3 * confirmed_day)
  FROM (VALUES ('all', 15, 60), ('country', 3, 20), ('first', 3, 20), ('network', 3, 15), ('block', 3, 10), ('address', 5, 10))
    AS f (scope, hour, day)
  WHERE f.scope = unverified_threshold.scope
$function$;

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

CREATE TRIGGER message_exposure AFTER UPDATE ON message FOR EACH ROW WHEN ((old.confirmed_at IS NULL) <> (new.confirmed_at IS NULL) OR (old.refused_at IS NULL) <> (new.refused_at IS NULL) OR old.status IS DISTINCT FROM new.status AND (new.status = ANY (ARRAY['failed'::message_status, 'undelivered'::message_status, 'canceled'::message_status, 'delivered'::message_status, 'read'::message_status]))) EXECUTE FUNCTION message_exposure();

CREATE TRIGGER message_inserted AFTER INSERT ON message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER message_updated AFTER UPDATE ON message REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER verification_inserted AFTER INSERT ON verification REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();

CREATE TRIGGER verification_updated AFTER UPDATE ON verification REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();
