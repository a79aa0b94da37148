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
    "figures" JSONB NOT NULL,

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
  OUT sent_hour int, OUT sent_day int, OUT unanswered_hour int, OUT unanswered_day int, OUT failed_day int, OUT in_flight int,
  OUT confirmed_hour int, OUT confirmed_day int, OUT confirmed_lately int, OUT hour_eases timestamptz, OUT day_eases timestamptz,
  OUT failed_hour int)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
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

CREATE FUNCTION unverified_threshold(scope text, most_confirmed int, confirmed_hour int, confirmed_day int,
  OUT hour float8, OUT day float8)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
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

CREATE FUNCTION exposure_allowance(scope text, share float8, most_confirmed int, confirmed_hour int, confirmed_day int, confirmed_lately int,
  OUT hour int, OUT day int, OUT in_flight int, OUT failed int)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT
    floor(greatest(f.hour, t.hour, share * most_confirmed / 6, share * confirmed_hour))::int,
    floor(greatest(f.day, t.day, share * most_confirmed, share * confirmed_day))::int,
    floor(greatest(f.flying, 2 * share * confirmed_lately))::int,
    floor(greatest(20, 0.6 * most_confirmed, 0.6 * confirmed_day))::int
  FROM (VALUES ('all', 30, 60, 100), ('country', 6, 20, 40), ('first', 10, 20, 40), ('network', 6, 15, 30), ('block', 8, 10, 10),
    ('address', 8, 12, 20)) AS f (scope, hour, day, flying),
    unverified_threshold(f.scope, most_confirmed, confirmed_hour, confirmed_day) t
  WHERE f.scope = exposure_allowance.scope
$function$;

COMMENT ON FUNCTION exposure_allowance IS
'How many messages may be unanswered, of an hour and of a day, how many in flight, and how many may fail in a day: the only definition of it. It is
never below the threshold of unusual; above it by the share of those confirmed that stays unanswered where nothing is wrong, which is the
destination''s own, see lib/insights/counting/usual.ts. What is in flight may be twice that share of what was confirmed in the last minutes: as the window
of TCP, it grows by what arrived.';

CREATE FUNCTION exposure_scopes(country text, network text, block text, address text, first boolean)
RETURNS TABLE (n int, scope text, subject text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT * FROM (VALUES (1, 'all', ''), (2, 'spend', ''), (3, 'country', country), (4, 'first', CASE WHEN first THEN '' END),
    (5, 'network', country || ':' || network), (6, 'block', block), (7, 'address', address)) AS s (n, scope, subject)
  WHERE s.subject IS NOT NULL
$function$;

COMMENT ON FUNCTION exposure_scopes IS
'The scopes of a message, in the order in which everybody locks their rows: with the same one first, nobody waits for another in a circle.';

CREATE FUNCTION protect(at timestamptz, number text, country text, network text, block text, address text, line_type text,
  OUT verdict text, OUT exempt boolean, OUT first boolean, OUT fired jsonb, OUT figures jsonb, OUT wait int, OUT blocked boolean)
LANGUAGE plpgsql VOLATILE AS $function$
#variable_conflict use_column
DECLARE
  rules jsonb;
  said record;
  scoped record;
  counter exposure;
  c record;
  allowed record;
  of_country usual;
  of_place usual;
  rule_name text;
  figure float8;
  over int;
  country_sent int := 0;
  is_outage boolean := false;
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

  FOR scoped IN SELECT * FROM exposure_scopes(protect.country, protect.network, protect.block, protect.address, protect.first) s ORDER BY s.n LOOP
    SELECT e.* INTO counter FROM exposure e
    WHERE e.scope = scoped.scope AND e.subject = scoped.subject AND e.exempt = (scoped.scope <> 'spend' AND protect.exempt)
    FOR NO KEY UPDATE;
    SELECT * INTO c FROM exposure_counts(counter.slots, counter.sent, counter.confirmed, counter.failed, protect.at);

    IF scoped.scope = 'spend' THEN
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

    IF scoped.scope = 'country' THEN country_sent := c.sent_hour; END IF;
    IF scoped.scope IN ('country', 'network') AND c.failed_hour > c.unanswered_hour THEN is_outage := true; END IF;
    IF said.mode = 'cap' AND NOT exempt AND c.sent_hour >= said.per_hour AND said.place = scoped.subject
      AND scoped.scope IN ('country', 'network', 'block') THEN
      wait_until := greatest(wait_until, c.hour_eases);
      fired := fired || jsonb_build_object('rule', 'destination', 'mode', 'enforce', 'place', said.place, 'sent', c.sent_hour,
        'perHour', said.per_hour);
    END IF;

    rule_name := CASE scoped.scope WHEN 'first' THEN 'first_destination' ELSE 'exposure' END;
    SELECT * INTO of_place FROM usual u WHERE u.place = CASE scoped.scope
      WHEN 'all' THEN '' WHEN 'country' THEN scoped.subject WHEN 'network' THEN scoped.subject END;
    SELECT * INTO allowed FROM exposure_allowance(scoped.scope, coalesce(of_place.share, of_country.share, 0.5),
      coalesce(of_place.most_confirmed, 0), c.confirmed_hour, c.confirmed_day, c.confirmed_lately);
    over := greatest(0, c.in_flight + 1 - allowed.in_flight);
    figure := greatest((c.unanswered_hour + over)::float8 / allowed.hour, (c.unanswered_day + over)::float8 / allowed.day,
      (c.failed_day + 1)::float8 / allowed.failed,
      -- An address that has asked for messages to three countries, none of which came back, and now asks for a fourth; of many people more.
      CASE WHEN scoped.scope = 'address' AND protect.country <> ALL (counter.countries) THEN (cardinality(counter.countries) + 1) / greatest(3, 0.3 * c.confirmed_day) END);
    IF scoped.scope = 'first' THEN figure := figure * 20; END IF;
    figures := figures || jsonb_build_object(rule_name, greatest(round(figure::numeric, 4), (figures ->> rule_name)::numeric));
    IF figure > (rules #>> ARRAY[rule_name, 'threshold'])::float8 THEN
      fired := fired || jsonb_build_object('rule', rule_name, 'scope', scoped.scope,
        'place', CASE WHEN scoped.scope IN ('country', 'network', 'block') THEN scoped.subject END,
        'unansweredHour', c.unanswered_hour, 'allowedHour', allowed.hour, 'unansweredDay', c.unanswered_day, 'allowedDay', allowed.day,
        'inFlight', c.in_flight, 'allowedInFlight', allowed.in_flight, 'failedDay', c.failed_day, 'allowedFailed', allowed.failed,
        'countries', cardinality(counter.countries));
      wait_until := greatest(wait_until, CASE WHEN c.unanswered_day + over > allowed.day THEN c.day_eases ELSE c.hour_eases END);
    END IF;

    IF scoped.scope = 'block' AND NOT exempt AND c.unanswered_hour + c.in_flight >= 8 THEN
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
          AND w."to" IN ('+' || (asked.number::numeric + 1), '+' || (asked.number::numeric - 1))))
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
    -- What carriers say they did not deliver, nobody earns from.
    IF c.conversion / c.usual IS NOT NULL AND NOT is_outage THEN
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
  wait := greatest(1, ceil(extract(epoch FROM wait_until - protect.at)))::int;
END $function$;

COMMENT ON FUNCTION protect IS
'Decides of a message to a number whether rules refuse it, and why: the verdict, whether the number is exempt, whether its country is a first
one, which rules fired with their figures, and when to ask again. The rows it reads stay locked, so that what it says holds until the statement
ends. It counts nothing: count_sent does, once all else allows the message. The figures are what the threshold of each rule is compared with, whatever
that is, for rehearsals. Called by lib/protection/protect.ts.';

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
      SELECT * FROM exposure_with(e.slots, e.sent, e.confirmed, e.failed, count_sent.at, date_bin('1 minute', count_sent.at, 'epoch'),
        CASE e.scope WHEN 'spend' THEN round(10000 * message_price(count_sent.country))::int ELSE 1 END, 0, 0)),
    countries = CASE
      WHEN e.scope <> 'address' THEN '{}'
      WHEN e.touched_at <= count_sent.at - interval '1 day' THEN ARRAY[count_sent.country]
      WHEN count_sent.country = ANY (e.countries) THEN e.countries ELSE e.countries || count_sent.country END,
    touched_at = count_sent.at
  FROM exposure_scopes(count_sent.country, count_sent.network, count_sent.block, count_sent.address, count_sent.first) s
  WHERE e.scope = s.scope AND e.subject = s.subject AND e.exempt = (s.scope <> 'spend' AND count_sent.exempt);
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
  FOR scoped IN SELECT * FROM exposure_scopes(new.country, new.network, new.block, address, true) s
    WHERE s.scope <> 'spend' ORDER BY s.n LOOP
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
