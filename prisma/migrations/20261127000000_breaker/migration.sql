-- The breaker: where so much stays unanswered that a destination is refused, it is opened again by degrees as confirmations come.

-- Of the rows of countries, networks and blocks. `opened_at` is null where the breaker is closed; `room` is how many more messages may be
-- sent; without room, one may be tried at `next_try_at`, and `tries` says how often that was. So many were `answered` since, of so many `needed`.
ALTER TABLE "exposure"
    ADD COLUMN "opened_at" TIMESTAMPTZ(3),
    ADD COLUMN "room" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "answered" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "needed" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "next_try_at" TIMESTAMPTZ(3);

-- Each change of a breaker, for people and for whoever is told.
CREATE TABLE "breaker_step" (
    "id" BIGSERIAL NOT NULL,
    "place" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "step" TEXT NOT NULL CHECK ("step" IN ('opened', 'half_open', 'closed')),
    "unanswered" INTEGER NOT NULL,
    "allowed" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,

    CONSTRAINT "breaker_step_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "breaker_step_place_at_idx" ON "breaker_step" ("place", "at");

CREATE FUNCTION breaker_opened(of_scope text, of_subject text, at timestamptz, fired jsonb) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
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

COMMENT ON FUNCTION breaker_opened IS
'Opens the breaker of a place whose row is locked by the caller: what of it may be unanswered is used up. It closes again when as many are confirmed as
may be unanswered in an hour.';

CREATE FUNCTION breaker_answered(of_scope text, of_subject text, at timestamptz, more_confirmed int, not_sent int) RETURNS void
LANGUAGE plpgsql VOLATILE AS $function$
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

COMMENT ON FUNCTION breaker_answered IS
'Each message that is confirmed while a breaker is open makes room for two more, as in TCP''s slow start: what is allowed doubles with each round of
answers, until it is as much as is allowed without. A message that Twilio did not take gives its own room back.';

CREATE FUNCTION breaker_closed(of_scope text, of_subject text, at timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
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

COMMENT ON FUNCTION breaker_closed IS
'Closes the breaker of a place, if it is open.';

-- What a decision is made from is read in one query, whose parts PostgreSQL plans as one: functions that return a table, and say that they depend on
-- the session where adding to a moment does, are written out where they are used. That is half of a decision's time.
DROP FUNCTION exposure_allowance, exposure_counts, unverified_threshold;

CREATE OR REPLACE FUNCTION exposure_slot(slot timestamptz, at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $function$
  SELECT CASE
    WHEN date_bin('1 hour', slot, 'epoch') <= at - interval '2 hours' THEN date_bin('1 hour', slot, 'epoch')
    WHEN date_bin('5 minutes', slot, 'epoch') <= at - interval '9 minutes' THEN date_bin('5 minutes', slot, 'epoch')
    ELSE date_bin('1 minute', slot, 'epoch') END
$function$;

CREATE OR REPLACE FUNCTION exposure_with(slots timestamptz[], sent int[], confirmed int[], failed int[], at timestamptz,
  slot timestamptz, more_sent int, more_confirmed int, more_failed int,
  OUT new_slots timestamptz[], OUT new_sent int[], OUT new_confirmed int[], OUT new_failed int[])
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
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

CREATE FUNCTION exposure_counts(slots timestamptz[], sent int[], confirmed int[], failed int[], at timestamptz)
RETURNS TABLE (sent_hour int, sent_day int, unanswered_hour int, unanswered_day int, failed_day int, in_flight int, confirmed_hour int,
  confirmed_day int, confirmed_lately int, hour_eases timestamptz, day_eases timestamptz, failed_hour int)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $function$
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

COMMENT ON FUNCTION exposure_counts IS
'What a row''s arrays say at a moment. A message is in flight for three to four minutes, and then unanswered until it is confirmed or known to have
failed; a slot counts until its end has left the hour or the day, so that never too few are counted.';

CREATE FUNCTION unverified_threshold(scope text, most_confirmed int, confirmed_hour int, confirmed_day int)
RETURNS TABLE (hour float8, day float8) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 AS $function$
  SELECT
    greatest(f.hour, 0.2 * most_confirmed / 6, CASE f.scope WHEN 'address' THEN 0.2 * confirmed_day / 6 ELSE 0.2 * confirmed_hour END),
    greatest(f.day, 0.3 * most_confirmed, 0.3 * confirmed_day)
  FROM (VALUES ('all', 15, 60), ('country', 3, 20), ('first', 3, 20), ('network', 3, 15), ('block', 3, 10), ('address', 5, 10))
    AS f (scope, hour, day)
  WHERE f.scope = unverified_threshold.scope
$function$;

COMMENT ON FUNCTION unverified_threshold IS
'How many messages may stay unverified before that is unusual, of an hour and of a day: the only definition, of reports and of protection.
Authgear''s, of countries and addresses (docs/specs/fraud-protection.md of authgear-server): three tenths of the most that were confirmed in a day
of fourteen, or of what was confirmed in this one, and for an hour a fifth; never less than a few. Networks and blocks likewise, smaller.';

CREATE FUNCTION exposure_allowance(scope text, share float8, most_confirmed int, confirmed_hour int, confirmed_day int, confirmed_lately int)
RETURNS TABLE (hour int, day int, in_flight int, failed int) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 AS $function$
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

COMMENT ON FUNCTION exposure_allowance IS
'How many messages may be unanswered, of an hour and of a day, how many in flight, and how many may fail in a day: the only definition of it. It is
never below the threshold of unusual; above it by the share of those confirmed that stays unanswered where nothing is wrong, which is the
destination''s own, see lib/insights/counting/usual.ts. Of the few people of one place or one address three standard deviations more may be unlucky.
What is in flight may be twice that share of what was confirmed in the last minutes: as the window of TCP, it grows by what arrived.';

CREATE OR REPLACE FUNCTION protect(at timestamptz, number text, country text, network text, block text, address text, line_type text,
  OUT verdict text, OUT exempt boolean, OUT first boolean, OUT fired jsonb, OUT figures jsonb, OUT wait int, OUT blocked boolean)
LANGUAGE plpgsql VOLATILE AS $function$
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
  WHERE NOT EXISTS (
    SELECT FROM exposure e WHERE e.scope = s.scope AND e.subject = s.subject AND e.exempt = (s.scope <> 'spend' AND protect.exempt))
  ORDER BY s.n ON CONFLICT DO NOTHING;

  FOR c IN
    WITH locked AS MATERIALIZED (
      SELECT s.n, s.scope, s.subject, e.slots, e.sent, e.confirmed, e.failed, e.countries, e.opened_at, e.room, e.tries, e.answered, e.needed,
        e.next_try_at
      FROM exposure_scopes(protect.country, protect.network, protect.block, protect.address, protect.first) s
      JOIN exposure e ON e.scope = s.scope AND e.subject = s.subject AND e.exempt = (s.scope <> 'spend' AND protect.exempt)
      ORDER BY s.n FOR NO KEY UPDATE OF e
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

CREATE OR REPLACE FUNCTION count_sent(at timestamptz, country text, network text, block text, address text, exempt boolean, first boolean)
RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
#variable_conflict use_column
DECLARE
  minute timestamptz := date_bin('1 minute', count_sent.at, 'epoch');
BEGIN
  INSERT INTO breaker_step (place, at, step, unanswered, allowed, confirmed)
  SELECT e.subject, count_sent.at, 'half_open', 0, 1, e.answered
  FROM exposure_scopes(count_sent.country, count_sent.network, count_sent.block, NULL, false) s
  JOIN exposure e ON e.scope = s.scope AND e.subject = s.subject AND NOT e.exempt
  WHERE NOT count_sent.exempt AND e.opened_at IS NOT NULL AND e.tries = 0 AND s.scope IN ('country', 'network', 'block');
  UPDATE exposure e SET
    -- Older slots are put together once a minute: until then only the last one changes.
    (slots, sent, confirmed, failed) = (
      SELECT e.slots, e.sent[:cardinality(e.sent) - 1] || e.sent[cardinality(e.sent)] + more, e.confirmed, e.failed
      WHERE e.slots[cardinality(e.slots)] = minute
      UNION ALL SELECT w.* FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, count_sent.at, minute, more, 0, 0) w
      WHERE e.slots[cardinality(e.slots)] IS DISTINCT FROM minute),
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
  FROM exposure_scopes(count_sent.country, count_sent.network, count_sent.block, count_sent.address, count_sent.first) s,
    LATERAL (SELECT CASE s.scope WHEN 'spend' THEN round(10000 * message_price(count_sent.country))::int ELSE 1 END AS more) m
  WHERE e.scope = s.scope AND e.subject = s.subject AND e.exempt = (s.scope <> 'spend' AND count_sent.exempt);
END $function$;

CREATE OR REPLACE FUNCTION message_exposure() RETURNS trigger LANGUAGE plpgsql AS $function$
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
        SELECT * FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, greatest(at, e.touched_at), slot, -is_refused, is_confirmed, is_failed)),
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
