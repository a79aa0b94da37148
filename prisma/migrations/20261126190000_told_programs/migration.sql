-- What programs are told: written by the statement in which it happens, where a target has chosen it. Where nobody has, it costs a look at
-- a small table. No number and no secret is in it.

INSERT INTO "watermark" ("name", "at") VALUES ('expired_to', '2000-01-01Z');

CREATE FUNCTION told_of_verification(id uuid, action tracked_action, country text, network text, approved_at timestamptz, expires_at timestamptz)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
RETURN jsonb_build_object('verification', id, 'action', action, 'country', country, 'network', network, 'approvedAt', approved_at,
  'expiresAt', expires_at);

COMMENT ON FUNCTION told_of_verification IS 'What programs are told of a verification.';

CREATE FUNCTION tell_programs(type text, subject uuid, thread uuid, happened_at timestamptz, data jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  INSERT INTO notification (id, target_id, key, thread, type, said, written_at, due_at)
  SELECT gen_random_uuid(), t.id, type || ' ' || subject, thread::text, type, jsonb_build_object('data', data), happened_at, happened_at
  FROM notification_target t
  WHERE type = ANY (t.events)
  ON CONFLICT (target_id, key) DO NOTHING
$function$;

COMMENT ON FUNCTION tell_programs IS 'Writes what every target that chose a type of event is told of one: once for each subject, and of a thread in its order.';

CREATE OR REPLACE FUNCTION message_delta()
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

CREATE OR REPLACE FUNCTION verification_delta()
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

CREATE OR REPLACE FUNCTION feedback_delta()
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
