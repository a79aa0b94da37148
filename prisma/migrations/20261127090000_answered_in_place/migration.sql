-- What is answered while its minute still stands for itself changes three numbers, and puts nothing together: that took a third of a check.

CREATE OR REPLACE FUNCTION message_exposure()
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
