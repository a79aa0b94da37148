-- Protection: what may stay unanswered at a destination, what people have said of it, and what was decided of each message.

-- Rules, each with one threshold, whose meaning lib/terms/rules.ts says.
CREATE TABLE "rule" (
    "name" TEXT NOT NULL,
    "mode" TEXT NOT NULL CHECK ("mode" IN ('off', 'monitor', 'enforce')),
    "threshold" DOUBLE PRECISION NOT NULL CHECK ("threshold" >= 0),
    "author" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_pkey" PRIMARY KEY ("name")
);

-- Nothing is refused until somebody says so; spending has no threshold that is right for everybody.
INSERT INTO "rule" ("name", "mode", "threshold", "author") VALUES
    ('exposure', 'monitor', 1, ''),
    ('collapse', 'monitor', 0.5, ''),
    ('sequential', 'monitor', 6, ''),
    ('top_block', 'monitor', 0.3, ''),
    ('first_destination', 'monitor', 20, ''),
    ('line_type', 'monitor', 1, ''),
    ('spend_hour', 'off', 50, ''),
    ('spend_day', 'off', 500, '');

-- What people have said of a country (BR), a network of it (BR:Claro) or a block of numbers (+5511987654).
CREATE TABLE "destination_rule" (
    "place" TEXT NOT NULL,
    "mode" TEXT NOT NULL CHECK ("mode" IN ('allow', 'monitor', 'block', 'cap')),
    "per_hour" INTEGER CHECK ("per_hour" >= 0),
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "destination_rule_pkey" PRIMARY KEY ("place"),
    CONSTRAINT "destination_rule_cap" CHECK (("mode" = 'cap') = ("per_hour" IS NOT NULL))
);

-- Numbers and blocks that destination rules leave alone.
CREATE TABLE "safe_entry" (
    "subject" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "safe_entry_pkey" PRIMARY KEY ("subject")
);

-- What is usual of a country, of a network of it and, as '', of everything: worked out again and again from the cells.
CREATE TABLE "usual" (
    "place" TEXT NOT NULL,
    "most_confirmed" INTEGER NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "price" DOUBLE PRECISION,

    CONSTRAINT "usual_pkey" PRIMARY KEY ("place")
);

-- How many messages are unanswered: a row for each scope and each subject of it, and of each two, one of numbers that are exempt. The arrays are
-- parallel, and of slots of time: minutes, then five minutes, then hours.
CREATE TABLE "exposure" (
    "scope" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "exempt" BOOLEAN NOT NULL,
    "slots" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}',
    "sent" INTEGER[] NOT NULL DEFAULT '{}',
    "confirmed" INTEGER[] NOT NULL DEFAULT '{}',
    "failed" INTEGER[] NOT NULL DEFAULT '{}',
    "countries" TEXT[] NOT NULL DEFAULT '{}',
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exposure_pkey" PRIMARY KEY ("scope", "subject", "exempt")
) WITH (fillfactor = 50);

CREATE INDEX "exposure_touched_at_idx" ON "exposure" USING BRIN ("touched_at");

-- What was decided of each message that was asked for; a day's is dropped whole, by its partition.
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verification_id" UUID,
    "country" CHAR(2) NOT NULL,
    "network" TEXT,
    "block" TEXT NOT NULL,
    "verdict" TEXT NOT NULL CHECK ("verdict" IN ('allowed', 'would_refuse', 'refused')),
    "exempt" BOOLEAN NOT NULL,
    "fired" JSONB NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("at", "id")
) PARTITION BY RANGE ("at");

CREATE INDEX "decision_country_at_idx" ON "decision" ("country", "at");
CREATE INDEX "decision_fired_idx" ON "decision" ("at") WHERE ("verdict" <> 'allowed');

CREATE TABLE "decision_other" PARTITION OF "decision" DEFAULT;

-- Whether its number was exempt when it was sent: its confirmation counts where it counted.
ALTER TABLE "message" ADD COLUMN "exempt" BOOLEAN NOT NULL DEFAULT false;

CREATE FUNCTION exposure_slot(slot timestamptz, at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT CASE
    WHEN date_bin('1 hour', slot, 'epoch') <= at - interval '2 hours' THEN date_bin('1 hour', slot, 'epoch')
    WHEN date_bin('5 minutes', slot, 'epoch') <= at - interval '9 minutes' THEN date_bin('5 minutes', slot, 'epoch')
    ELSE date_bin('1 minute', slot, 'epoch') END
$function$;

COMMENT ON FUNCTION exposure_slot IS
'The slot that a moment counts in, seen from another: a minute; five of them once the youngest is more than four minutes old, so that none is in
flight any more; and an hour once all of it is more than an hour old. A slot is what it begins with.';

CREATE FUNCTION exposure_with(slots timestamptz[], sent int[], confirmed int[], failed int[], at timestamptz,
  slot timestamptz, more_sent int, more_confirmed int, more_failed int,
  OUT new_slots timestamptz[], OUT new_sent int[], OUT new_confirmed int[], OUT new_failed int[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
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

COMMENT ON FUNCTION exposure_with IS
'A row''s arrays with so many more messages in a slot, the older slots put together and what is older than a day left out.';

CREATE FUNCTION exposure_counts(slots timestamptz[], sent int[], confirmed int[], failed int[], at timestamptz,
  OUT sent_hour int, OUT unanswered_hour int, OUT unanswered_day int, OUT failed_day int, OUT in_flight int,
  OUT confirmed_hour int, OUT confirmed_day int, OUT confirmed_lately int, OUT hour_eases timestamptz, OUT day_eases timestamptz)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT
    coalesce(sum(e.sent) FILTER (WHERE in_hour), 0)::int,
    coalesce(sum(e.unanswered) FILTER (WHERE in_hour AND NOT flying), 0)::int,
    coalesce(sum(e.unanswered) FILTER (WHERE NOT flying), 0)::int,
    coalesce(sum(e.failed), 0)::int,
    coalesce(sum(e.unanswered) FILTER (WHERE flying), 0)::int,
    coalesce(sum(e.confirmed) FILTER (WHERE in_hour), 0)::int,
    coalesce(sum(e.confirmed), 0)::int,
    coalesce(sum(e.confirmed) FILTER (WHERE e.slot > at - interval '5 minutes'), 0)::int,
    min(e.slot) FILTER (WHERE in_hour AND e.unanswered > 0) + interval '65 minutes',
    min(e.slot) FILTER (WHERE e.unanswered > 0) + interval '25 hours'
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

CREATE FUNCTION exposure_allowance(scope text, share float8, most_confirmed int, confirmed_hour int, confirmed_day int, confirmed_lately int,
  OUT hour int, OUT day int, OUT window_in_flight int, OUT failed int)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT
    floor(greatest(f.hour, share * most_confirmed / 6, share * confirmed_hour))::int,
    floor(greatest(f.day, share * most_confirmed, share * confirmed_day))::int,
    floor(greatest(f.flying, 2 * share * confirmed_lately))::int,
    greatest(3 * f.day, most_confirmed, confirmed_day)
  FROM (VALUES ('all', 30, 60, 100), ('country', 6, 20, 40), ('first', 10, 20, 40), ('network', 6, 20, 30), ('block', 8, 10, 10),
    ('address', 8, 12, 20)) AS f (scope, hour, day, flying)
  WHERE f.scope = exposure_allowance.scope
$function$;

COMMENT ON FUNCTION exposure_allowance IS
'How many messages may be unanswered, of an hour and of a day, how many in flight, and how many may fail: the only definition of it. After
Authgear''s protection against SMS pumping (docs/specs/fraud-protection.md of authgear-server): a share of the most that were confirmed in a day
of fourteen, an hour having a sixth of it, or of those confirmed now, and never less than a few. The share is the destination''s own, see
lib/protection/usual.ts. What is in flight may be twice that share of what was confirmed in the last minutes: as the window of TCP, it grows by
what arrived.';

CREATE FUNCTION exposure_scopes(country text, network text, block text, address text, first boolean)
RETURNS TABLE (n int, scope text, subject text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT * FROM (VALUES (1, 'all', ''), (2, 'country', country), (3, 'first', CASE WHEN first THEN '' END),
    (4, 'network', country || ':' || network), (5, 'block', block), (6, 'address', address)) AS s (n, scope, subject)
  WHERE s.subject IS NOT NULL
$function$;

COMMENT ON FUNCTION exposure_scopes IS
'The scopes of a message, in the order in which everybody locks their rows: with the same one first, nobody waits for another in a circle.';

CREATE FUNCTION protect(at timestamptz, number text, country text, network text, block text, address text, line_type text,
  OUT verdict text, OUT exempt boolean, OUT first boolean, OUT fired jsonb, OUT wait int, OUT place text, OUT blocked boolean)
LANGUAGE plpgsql VOLATILE AS $function$
#variable_conflict use_column
DECLARE
  rules jsonb;
  said record;
  scoped record;
  row_of exposure;
  c record;
  allowed record;
  of_country usual;
  of_place usual;
  country_sent int := 0;
  scale float8;
  mode_of text;
  threshold_of float8;
  neighbours int;
  price float8;
  wait_until timestamptz;
BEGIN
  fired := '[]';
  blocked := false;
  SELECT jsonb_object_agg(r.name, jsonb_build_object('mode', r.mode, 'threshold', r.threshold)) INTO rules FROM rule r WHERE r.mode <> 'off';
  rules := coalesce(rules, '{}');
  SELECT * INTO of_country FROM usual u WHERE u.place = protect.country;
  first := coalesce(of_country.most_confirmed, 0) = 0;
  exempt := EXISTS (SELECT FROM safe_entry s WHERE s.subject IN (protect.number, protect.block))
    OR EXISTS (SELECT FROM verification v WHERE v."to" = protect.number AND v.approved_at > protect.at - interval '90 days'
      AND v.created_at > protect.at - interval '91 days');

  -- The most particular that people have said counts: of the block before the network before the country.
  SELECT d.* INTO said FROM destination_rule d
  WHERE d.place IN (protect.block, protect.country || ':' || protect.network, protect.country) AND (d.until IS NULL OR d.until > protect.at)
  ORDER BY left(d.place, 1) = '+' DESC, length(d.place) DESC LIMIT 1;
  IF FOUND AND NOT exempt AND said.mode IN ('block', 'monitor') THEN
    place := said.place;
    blocked := said.mode = 'block';
    fired := fired || jsonb_build_object('rule', 'destination', 'mode', CASE WHEN blocked THEN 'enforce' ELSE 'monitor' END,
      'place', said.place);
  END IF;

  -- Rows that are not there yet are made, so that also the first of many at once find them locked.
  INSERT INTO exposure (scope, subject, exempt, touched_at)
  SELECT s.scope, s.subject, protect.exempt, protect.at
  FROM exposure_scopes(protect.country, protect.network, protect.block, protect.address, protect.first) s
  WHERE NOT EXISTS (SELECT FROM exposure e WHERE e.scope = s.scope AND e.subject = s.subject AND e.exempt = protect.exempt)
  ORDER BY s.n ON CONFLICT DO NOTHING;

  FOR scoped IN SELECT * FROM exposure_scopes(protect.country, protect.network, protect.block, protect.address, protect.first) s ORDER BY s.n LOOP
    SELECT e.* INTO row_of FROM exposure e
    WHERE e.scope = scoped.scope AND e.subject = scoped.subject AND e.exempt = protect.exempt FOR NO KEY UPDATE;
    SELECT * INTO c FROM exposure_counts(row_of.slots, row_of.sent, row_of.confirmed, row_of.failed, protect.at);
    IF scoped.scope = 'country' THEN country_sent := c.sent_hour; END IF;

    IF said.mode = 'cap' AND NOT exempt AND c.sent_hour >= said.per_hour AND said.place = scoped.subject
      AND scoped.scope IN ('country', 'network', 'block') THEN
      place := said.place;
      wait_until := greatest(wait_until, c.hour_eases);
      fired := fired || jsonb_build_object('rule', 'destination', 'mode', 'enforce', 'place', said.place, 'sent', c.sent_hour,
        'perHour', said.per_hour);
    END IF;

    mode_of := rules #>> ARRAY[CASE WHEN scoped.scope = 'first' THEN 'first_destination' ELSE 'exposure' END, 'mode'];
    IF mode_of IS NOT NULL AND row_of.scope IS NOT NULL THEN
      SELECT * INTO of_place FROM usual u WHERE u.place = CASE scoped.scope
        WHEN 'all' THEN '' WHEN 'country' THEN scoped.subject WHEN 'network' THEN scoped.subject END;
      SELECT * INTO allowed FROM exposure_allowance(scoped.scope, coalesce(of_place.share, of_country.share, 0.5),
        coalesce(of_place.most_confirmed, 0), c.confirmed_hour, c.confirmed_day, c.confirmed_lately);
      threshold_of := rules #>> ARRAY[CASE WHEN scoped.scope = 'first' THEN 'first_destination' ELSE 'exposure' END, 'threshold'];
      scale := CASE WHEN scoped.scope = 'first' THEN threshold_of / 20 ELSE threshold_of END;
      c.in_flight := greatest(0, c.in_flight - allowed.window_in_flight + 1);
      IF c.unanswered_hour + c.in_flight > allowed.hour * scale OR c.unanswered_day + c.in_flight > allowed.day * scale
        OR c.failed_day >= allowed.failed * greatest(1, scale) THEN
        fired := fired || jsonb_build_object(
          'rule', CASE WHEN scoped.scope = 'first' THEN 'first_destination' ELSE 'exposure' END, 'mode', mode_of, 'scope', scoped.scope,
          'place', CASE WHEN scoped.scope IN ('country', 'network', 'block') THEN scoped.subject END,
          'unansweredHour', c.unanswered_hour, 'allowedHour', floor(allowed.hour * scale),
          'unansweredDay', c.unanswered_day, 'allowedDay', floor(allowed.day * scale), 'inFlight', c.in_flight + allowed.window_in_flight - 1,
          'window', allowed.window_in_flight, 'failedDay', c.failed_day, 'allowedFailed', allowed.failed);
        wait_until := greatest(wait_until, CASE
          WHEN c.unanswered_day + c.in_flight > allowed.day * scale THEN c.day_eases ELSE c.hour_eases END);
      END IF;
    END IF;

    IF scoped.scope = 'address' AND rules ? 'exposure' AND cardinality(row_of.countries) >= 3 AND protect.country <> ALL (row_of.countries) THEN
      fired := fired || jsonb_build_object('rule', 'exposure', 'mode', rules #>> '{exposure,mode}', 'scope', 'address',
        'countries', cardinality(row_of.countries) + 1);
      wait_until := greatest(wait_until, protect.at + interval '1 hour');
    END IF;

    IF scoped.scope = 'block' THEN
      threshold_of := rules #>> '{top_block,threshold}';
      IF threshold_of IS NOT NULL AND NOT exempt AND c.unanswered_hour + c.in_flight >= 8 AND c.sent_hour >= threshold_of * country_sent THEN
        fired := fired || jsonb_build_object('rule', 'top_block', 'mode', rules #>> '{top_block,mode}', 'place', protect.block,
          'sent', c.sent_hour, 'ofCountry', country_sent);
        wait_until := greatest(wait_until, c.hour_eases);
      END IF;
    END IF;
  END LOOP;

  IF NOT exempt AND rules ? 'sequential' THEN
    SELECT count(*) INTO neighbours FROM (
      SELECT DISTINCT v."to"::numeric AS digits FROM verification v
      WHERE v.block = protect.block AND v.created_at > protect.at - interval '1 day' AND v.created_at <= protect.at
        AND v.status <> 'approved' AND v."to" ~ '^\+[0-9]+$' AND v."to" <> protect.block
    ) asked WHERE EXISTS (
      SELECT FROM verification w WHERE w.block = protect.block AND w.created_at > protect.at - interval '1 day'
        AND w."to" IN ('+' || (asked.digits + 1), '+' || (asked.digits - 1)));
    IF neighbours >= (rules #>> '{sequential,threshold}')::float8 THEN
      fired := fired || jsonb_build_object('rule', 'sequential', 'mode', rules #>> '{sequential,mode}', 'place', protect.block,
        'numbers', neighbours);
      wait_until := greatest(wait_until, protect.at + interval '1 hour');
    END IF;
  END IF;

  IF NOT exempt AND rules ? 'collapse' THEN
    SELECT a.country || CASE WHEN a.network = '' THEN '' ELSE ':' || a.network END AS place,
      a.confirmed::float8 / nullif(a.attempted, 0) AS conversion, a.baseline_confirmed::float8 / nullif(a.baseline_attempted, 0) AS baseline
    INTO c FROM alert a
    WHERE a.country = protect.country AND a.until IS NULL AND a.network IN ('', protect.network)
    ORDER BY 2 LIMIT 1;
    IF FOUND AND c.conversion < (rules #>> '{collapse,threshold}')::float8 * c.baseline THEN
      fired := fired || jsonb_build_object('rule', 'collapse', 'mode', rules #>> '{collapse,mode}', 'place', c.place,
        'conversion', round(c.conversion::numeric, 4), 'usual', round(c.baseline::numeric, 4));
      wait_until := greatest(wait_until, protect.at + interval '1 hour');
    END IF;
  END IF;

  IF NOT exempt AND line_type IS NOT NULL AND rules ? 'line_type' THEN
    fired := fired || jsonb_build_object('rule', 'line_type', 'mode', rules #>> '{line_type,mode}', 'lineType', line_type);
    wait_until := greatest(wait_until, protect.at + interval '1 day');
  END IF;

  IF rules ? 'spend_hour' OR rules ? 'spend_day' THEN
    SELECT e.* INTO row_of FROM exposure e WHERE e.scope = 'spend' AND e.subject = '' AND NOT e.exempt FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      INSERT INTO exposure (scope, subject, exempt, touched_at) VALUES ('spend', '', false, protect.at) ON CONFLICT DO NOTHING;
      SELECT e.* INTO row_of FROM exposure e WHERE e.scope = 'spend' AND e.subject = '' AND NOT e.exempt FOR NO KEY UPDATE;
    END IF;
    price := message_price(protect.country);
    SELECT coalesce(sum(o.sent) FILTER (WHERE o.slot > protect.at - interval '65 minutes'), 0) / 10000.0 AS hour,
      coalesce(sum(o.sent), 0) / 10000.0 AS day INTO c
    FROM unnest(row_of.slots, row_of.sent) AS o (slot, sent) WHERE o.slot > protect.at - interval '25 hours';
    FOR scoped IN SELECT * FROM (VALUES ('spend_hour', c.hour, interval '1 hour'), ('spend_day', c.day, interval '6 hours')) AS s (name, spent, again)
      WHERE rules ? s.name AND s.spent + price > (rules #>> ARRAY[s.name, 'threshold'])::float8 LOOP
      fired := fired || jsonb_build_object('rule', scoped.name, 'mode', rules #>> ARRAY[scoped.name, 'mode'], 'spent', round(scoped.spent, 2),
        'budget', (rules #>> ARRAY[scoped.name, 'threshold'])::float8);
      wait_until := greatest(wait_until, protect.at + scoped.again);
    END LOOP;
  END IF;

  -- What people have allowed no rule refuses, but for the budgets.
  verdict := CASE
    WHEN EXISTS (SELECT FROM jsonb_array_elements(fired) f WHERE f.value ->> 'mode' = 'enforce'
      AND (said.mode IS DISTINCT FROM 'allow' OR f.value ->> 'rule' LIKE 'spend%')) THEN 'refused'
    WHEN fired <> '[]' THEN 'would_refuse' ELSE 'allowed' END;
  wait := greatest(1, ceil(extract(epoch FROM wait_until - protect.at)))::int;
END $function$;

COMMENT ON FUNCTION protect IS
'Decides of a message to a number whether rules refuse it, and why: the verdict, whether the number is exempt, whether its country is a first
one, which rules fired with their figures, and when to ask again. The rows it reads stay locked, so that what it says holds until the statement
ends. It counts nothing: count_sent does, once all else allows the message. Called by lib/protection/protect.ts.';

CREATE FUNCTION message_price(country text) RETURNS float8 LANGUAGE sql STABLE AS $function$
  SELECT coalesce((SELECT u.price FROM usual u WHERE u.place = message_price.country), (SELECT u.price FROM usual u WHERE u.place = ''), 0.05)
$function$;

COMMENT ON FUNCTION message_price IS
'What a message to a country will cost in US dollars, since Twilio says so only later: what others did of late, there or else anywhere, or 5 cents.';

CREATE FUNCTION count_sent(at timestamptz, country text, network text, block text, address text, exempt boolean, first boolean)
RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
#variable_conflict use_column
BEGIN
  UPDATE exposure e SET
    (slots, sent, confirmed, failed) = (
      SELECT * FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, count_sent.at, date_bin('1 minute', count_sent.at, 'epoch'), 1, 0, 0)),
    countries = CASE
      WHEN e.scope <> 'address' THEN '{}'
      WHEN e.touched_at <= count_sent.at - interval '1 day' THEN ARRAY[count_sent.country]
      WHEN count_sent.country = ANY (e.countries) THEN e.countries ELSE e.countries || count_sent.country END,
    touched_at = count_sent.at
  FROM exposure_scopes(count_sent.country, count_sent.network, count_sent.block, count_sent.address, count_sent.first) s
  WHERE e.scope = s.scope AND e.subject = s.subject AND e.exempt = count_sent.exempt;
  IF EXISTS (SELECT FROM rule r WHERE r.name LIKE 'spend%' AND r.mode <> 'off') THEN
    UPDATE exposure e SET
      (slots, sent, confirmed, failed) = (
        SELECT * FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, count_sent.at, date_bin('1 minute', count_sent.at, 'epoch'),
          round(10000 * message_price(count_sent.country))::int, 0, 0)),
      touched_at = count_sent.at
    WHERE e.scope = 'spend' AND e.subject = '' AND NOT e.exempt;
  END IF;
END $function$;

COMMENT ON FUNCTION count_sent IS
'Counts a message that is about to be sent in the rows that protect has locked.';

CREATE FUNCTION message_exposure() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
  address text;
  at timestamptz := coalesce(new.confirmed_at, new.failed_at, new.refused_at, new.requested_at);
  slot timestamptz := date_bin('1 minute', new.requested_at, 'epoch');
  is_confirmed int := (new.confirmed_at IS NOT NULL)::int - (old.confirmed_at IS NOT NULL)::int;
  is_failed int := (new.confirmed_at IS NULL AND new.sid IS NOT NULL AND new.status IN ('failed', 'undelivered', 'canceled'))::int
    - (old.confirmed_at IS NULL AND old.sid IS NOT NULL AND coalesce(old.status IN ('failed', 'undelivered', 'canceled'), false))::int;
  is_refused int := (new.sid IS NULL AND new.refused_at IS NOT NULL)::int - (old.sid IS NULL AND old.refused_at IS NOT NULL)::int;
  scoped record;
BEGIN
  is_failed := coalesce(is_failed, 0);
  IF is_confirmed = 0 AND is_failed = 0 AND is_refused = 0 THEN RETURN NULL; END IF;
  SELECT v.asked_from INTO address FROM verification v WHERE v.id = new.verification_id;
  FOR scoped IN SELECT * FROM exposure_scopes(new.country, new.network, new.block, address, true) s ORDER BY s.n LOOP
    UPDATE exposure e SET
      (slots, sent, confirmed, failed) = (
        SELECT * FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, greatest(at, e.touched_at), slot, -is_refused, is_confirmed, is_failed)),
      countries = CASE WHEN is_confirmed > 0 THEN array_remove(e.countries, new.country::text) ELSE e.countries END
    WHERE e.scope = scoped.scope AND e.subject = scoped.subject AND e.exempt = new.exempt
      -- What was sent before this was counted is not answered here; and the row of first destinations has only those that were first.
      AND (scoped.scope <> 'first' OR NOT EXISTS (SELECT FROM usual u WHERE u.place = new.country AND u.most_confirmed > 0));
  END LOOP;
  RETURN NULL;
END $function$;

COMMENT ON FUNCTION message_exposure IS
'Counts that a message was confirmed, has failed, or was not taken by Twilio, where it was counted as sent. By row, since almost no change of a
message is one of these, and a condition of the trigger says so at no cost.';

CREATE TRIGGER message_exposure AFTER UPDATE ON "message" FOR EACH ROW
WHEN ((old.confirmed_at IS NULL) <> (new.confirmed_at IS NULL) OR (old.refused_at IS NULL) <> (new.refused_at IS NULL)
  OR old.status IS DISTINCT FROM new.status AND new.status IN ('failed', 'undelivered', 'canceled', 'delivered', 'read'))
EXECUTE FUNCTION message_exposure();
