-- What a start and a check make the database do besides: less of it, and by keys.

-- A verification counts from its first message that Twilio has on: a start counts for nothing, and has written a delta of noughts.
CREATE OR REPLACE FUNCTION verification_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
END $$;
COMMENT ON FUNCTION verification_delta() IS 'As message_delta. What has neither been accepted nor denied counts for nothing: of that nothing is written.';

-- Feedback that is due, or taken, or put off counts for nothing. A message is looked up by its key, each by itself: a plan that was made while
-- there were hardly any messages, and is kept, would read all of them.
CREATE OR REPLACE FUNCTION feedback_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows WHERE reported_at IS NOT NULL) THEN
    INSERT INTO delta (at, country, network, action, reported)
    SELECT c.at, c.country, c.network, c.action, c.reported
    FROM new_rows f, LATERAL (SELECT message AS row FROM message WHERE id = f.message_id LIMIT 1) m, LATERAL counts_of(m => m.row, f => f) c
    WHERE c.reported <> 0;
  END IF;
  IF tg_op = 'UPDATE' THEN
    IF EXISTS (SELECT FROM old_rows WHERE reported_at IS NOT NULL) THEN
      INSERT INTO delta (at, country, network, action, reported)
      SELECT c.at, c.country, c.network, c.action, c.reported
      FROM old_rows f, LATERAL (SELECT message AS row FROM message WHERE id = f.message_id LIMIT 1) m,
        LATERAL counts_of(m => m.row, f => f, sign => -1) c
      WHERE c.reported <> 0;
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- Of limits it is looked once an hour which are spent. An index of blocks says nearly as well where those are, and keeps no update from
-- staying on its page, as an index of rows does: each start moves such a moment, in the row of all messages, too.
DROP INDEX quota_used_at_idx;
CREATE INDEX quota_used_at_idx ON quota USING brin (used_at);
DROP INDEX number_guard_touched_at_idx;
CREATE INDEX number_guard_touched_at_idx ON number_guard USING brin (touched_at);
