-- The counters of a decision are found by their key, whatever PostgreSQL knows of their table: it grows from nothing to a row for each address of a day
-- within minutes, and what was planned for an empty table read all of it with every start.

CREATE OR REPLACE FUNCTION protect(at timestamp with time zone, number text, country text, network text, block text, address text, line_type text, OUT verdict text, OUT exempt boolean, OUT first boolean, OUT fired jsonb, OUT figures jsonb, OUT wait integer, OUT blocked boolean)
 RETURNS record
 LANGUAGE plpgsql
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

CREATE OR REPLACE FUNCTION count_sent(at timestamp with time zone, country text, network text, block text, address text, exempt boolean, first boolean)
 RETURNS void
 LANGUAGE plpgsql
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

ALTER FUNCTION protect SET enable_seqscan = off;
ALTER FUNCTION count_sent SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION message_exposure SET enable_seqscan = off;
ALTER FUNCTION breaker_opened SET enable_seqscan = off;
ALTER FUNCTION breaker_answered SET enable_seqscan = off;
ALTER FUNCTION breaker_closed SET enable_seqscan = off;
