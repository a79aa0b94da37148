-- CreateEnum
CREATE TYPE "cell_span" AS ENUM ('quarter', 'hour', 'day', 'month');

-- CreateEnum
CREATE TYPE "cell_scope" AS ENUM ('world', 'country', 'network');

-- DropIndex
DROP INDEX "verification_reply_idx";

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "action" "tracked_action",
ADD COLUMN     "network" TEXT;

-- AlterTable
ALTER TABLE "verification" ADD COLUMN     "block" TEXT,
ADD COLUMN     "network" TEXT;

-- The rows that are there; their networks stay unknown.
UPDATE "verification" SET "block" = left("to", -3);
UPDATE "message" m SET "action" = v."action" FROM "verification" v WHERE v."id" = m."verification_id";
ALTER TABLE "verification" ALTER COLUMN "block" SET NOT NULL;
ALTER TABLE "message" ALTER COLUMN "action" SET NOT NULL;

-- CreateTable
CREATE TABLE "cell" (
    "scope" "cell_scope" NOT NULL,
    "span" "cell_span" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "country" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "action" "tracked_action" NOT NULL,
    "attempted" INTEGER NOT NULL,
    "status_ok" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "in_flight" INTEGER NOT NULL,
    "canceled" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "delivered" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "contradicted" INTEGER NOT NULL,
    "reported" INTEGER NOT NULL,
    "verifications" INTEGER NOT NULL,
    "approved" INTEGER NOT NULL,
    "resent" INTEGER NOT NULL,
    "recovered" INTEGER NOT NULL,
    "usd_priced" INTEGER NOT NULL,
    "usd_amount" BIGINT NOT NULL,
    "usd_confirmed_amount" BIGINT NOT NULL,

    CONSTRAINT "cell_pkey" PRIMARY KEY ("scope","span","at","country","network","action")
);

-- CreateTable
CREATE TABLE "latency_cell" (
    "scope" "cell_scope" NOT NULL,
    "span" "cell_span" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "country" TEXT NOT NULL,
    "action" "tracked_action" NOT NULL,
    "time_to_confirm" INTEGER[],
    "delivery" INTEGER[],

    CONSTRAINT "latency_cell_pkey" PRIMARY KEY ("scope","span","at","country","action")
);

-- CreateTable
CREATE TABLE "detail_cell" (
    "scope" "cell_scope" NOT NULL,
    "span" "cell_span" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "country" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "action" "tracked_action" NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "confirmed_amount" BIGINT NOT NULL,

    CONSTRAINT "detail_cell_pkey" PRIMARY KEY ("scope","span","at","country","network","action","kind","key")
);

-- CreateTable
CREATE TABLE "delta" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "country" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "action" "tracked_action" NOT NULL,
    "attempted" INTEGER NOT NULL DEFAULT 0,
    "status_ok" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "in_flight" INTEGER NOT NULL DEFAULT 0,
    "canceled" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "confirmed" INTEGER NOT NULL DEFAULT 0,
    "late" INTEGER NOT NULL DEFAULT 0,
    "contradicted" INTEGER NOT NULL DEFAULT 0,
    "reported" INTEGER NOT NULL DEFAULT 0,
    "verifications" INTEGER NOT NULL DEFAULT 0,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "resent" INTEGER NOT NULL DEFAULT 0,
    "recovered" INTEGER NOT NULL DEFAULT 0,
    "usd_priced" INTEGER NOT NULL DEFAULT 0,
    "usd_amount" BIGINT NOT NULL DEFAULT 0,
    "usd_confirmed_amount" BIGINT NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "detail_delta" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "country" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "action" "tracked_action" NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "confirmed_amount" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "watermark" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watermark_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "country" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "baseline_attempted" INTEGER NOT NULL,
    "baseline_confirmed" INTEGER NOT NULL,
    "attempted" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "alert_open_idx" ON "alert"("country") WHERE (until is null);

-- CreateIndex
CREATE UNIQUE INDEX "alert_country_since_key" ON "alert"("country", "since");

-- CreateTable
CREATE TABLE "sample_history" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "messages" INTEGER NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sample_history_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "feedback_refused_idx" ON "feedback"("message_id") WHERE (refused_at is not null);

-- CreateIndex
CREATE INDEX "cell_scope_country_span_at_idx" ON "cell"("scope", "country", "span", "at");

-- CreateIndex
CREATE INDEX "latency_cell_scope_country_span_at_idx" ON "latency_cell"("scope", "country", "span", "at");

-- CreateIndex
CREATE INDEX "detail_cell_scope_country_span_at_idx" ON "detail_cell"("scope", "country", "span", "at");

-- CreateIndex
CREATE INDEX "message_country_requested_at_idx" ON "message"("country", "requested_at");

-- CreateIndex
CREATE INDEX "message_block_requested_at_idx" ON "message"("block", "requested_at");

-- CreateIndex
CREATE INDEX "message_error_code_requested_at_idx" ON "message"("error_code", "requested_at") WHERE (error_code is not null);

-- CreateIndex
CREATE INDEX "verification_to_created_at_idx" ON "verification"("to", "created_at");

-- CreateIndex
CREATE INDEX "verification_block_created_at_idx" ON "verification"("block", "created_at");

-- CreateIndex
CREATE INDEX "verification_created_at_idx" ON "verification"("created_at");

-- From here on written by hand: what Prisma's schema has no words for.

INSERT INTO "watermark" ("name", "at") VALUES
  ('counted_from', '2000-01-01Z'), ('redacted_to', '2000-01-01Z'), ('alerts_to', '2000-01-01Z');

-- Cells are updated in place again and again: room on their pages keeps that off the indexes. Plain storage leaves the bins
-- aligned, so that reading one of them copies nothing.
ALTER TABLE "cell" SET (fillfactor = 70);
ALTER TABLE "detail_cell" SET (fillfactor = 70);
ALTER TABLE "latency_cell" SET (fillfactor = 70);
ALTER TABLE "latency_cell" ALTER COLUMN "time_to_confirm" SET STORAGE PLAIN, ALTER COLUMN "delivery" SET STORAGE PLAIN;

-- The delta tables are emptied all the time: vacuum looks at how many rows died, not at which share, and leaves the file
-- its length, since cutting it takes a lock that sends would wait for.
ALTER TABLE "delta" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);
ALTER TABLE "detail_delta" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);

-- The quarter-hour a moment is in; every time zone's offset is a multiple of it.
CREATE FUNCTION quarter(moment timestamptz) RETURNS timestamptz IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
  date_bin('15 minutes', moment, '2000-01-01Z');

-- The bin of a duration, from 1: up to 0.5 s, then each 1.2 times as wide as the one before, the last open. The limits, in
-- milliseconds, are 500 × 1.2^k, rounded; lib/insights/latency.ts has the same.
CREATE FUNCTION latency_bin(duration interval) RETURNS int IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
  1 + width_bucket((extract(epoch FROM duration) * 1000)::bigint - 1, ARRAY[500, 600, 720, 864, 1037, 1244, 1493, 1792, 2150, 2580, 3096, 3715, 4458, 5350, 6420, 7704, 9244, 11093, 13312, 15974, 19169, 23003, 27603, 33124, 39748, 47698, 57238, 68685, 82422, 98907, 118688, 142426, 170911, 205093, 246112, 295334, 354401, 425281, 510337, 612405, 734886, 881863, 1058236, 1269883, 1523859, 1828631, 2194357, 2633229, 3159874, 3791849, 4550219, 5460263, 6552315, 7862779, 9435334, 11322401, 13586881, 16304258, 19565109, 23478131, 28173757, 33808509, 40570210]::bigint[]);

-- Adds two histograms bin by bin; null has no bins. Loops, since a query inside would cost five times as much.
CREATE FUNCTION add_bins(a int[], b int[]) RETURNS int[] IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
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
END $$;

-- The histogram that has n[i] in bin[i], and 0 between.
CREATE FUNCTION histogram(bin int[], n int[]) RETURNS int[] IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
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
END $$;

-- What a message counts for, times `sign`: the only definition of the counts. Functions of this kind are called through
-- LATERAL, where PostgreSQL puts their text into the statement; elsewhere it would call them once per column.
CREATE FUNCTION tally_message(m message, sign int) RETURNS TABLE (
  at timestamptz, country text, network text, action tracked_action,
  attempted int, status_ok int, errors int, in_flight int, canceled int, refused int,
  unknown int, delivered int, confirmed int, late int, contradicted int,
  usd_priced int, usd_amount bigint, usd_confirmed_amount bigint
) IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT quarter(m.requested_at), m.country::text, coalesce(m.network, ''), m.action,
    CASE WHEN m.sid IS NOT NULL THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('sent', 'delivered', 'read') THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('failed', 'undelivered') THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('accepted', 'scheduled', 'queued', 'sending') THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.status = 'canceled' THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NULL AND m.refused_at IS NOT NULL THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NULL AND m.refused_at IS NULL THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND (m.delivered_at IS NOT NULL OR m.confirmed_at IS NOT NULL) THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND m.late THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND m.status NOT IN ('sent', 'delivered', 'read')
      THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.price_unit = 'USD' AND m.price IS NOT NULL THEN sign ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.price_unit = 'USD' AND m.price IS NOT NULL
      THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END,
    CASE WHEN m.sid IS NOT NULL AND m.price_unit = 'USD' AND m.price IS NOT NULL AND m.confirmed_at IS NOT NULL
      THEN sign * (abs(m.price) * 100000)::bigint ELSE 0 END
$$;

-- What a message counts for by keys that are not known beforehand.
CREATE FUNCTION tally_message_details(m message, sign int) RETURNS TABLE (
  at timestamptz, country text, network text, action tracked_action, kind text, key text,
  n int, amount bigint, confirmed_amount bigint
) IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT quarter(m.requested_at), m.country::text, coalesce(m.network, ''), m.action, detail.kind, detail.key,
    sign, sign * detail.amount, CASE WHEN m.confirmed_at IS NOT NULL THEN sign * detail.amount ELSE 0 END
  FROM (
    SELECT 'error', coalesce(m.error_code::text, ''), 0::bigint
    WHERE m.sid IS NOT NULL AND m.status IN ('failed', 'undelivered')
    UNION ALL
    SELECT 'refusal', coalesce(m.error_code::text, ''), 0
    WHERE m.sid IS NULL AND m.refused_at IS NOT NULL
    UNION ALL
    SELECT 'spend', m.price_unit::text, (abs(m.price) * 100000)::bigint
    WHERE m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD'
    UNION ALL
    SELECT 'time_to_confirm', latency_bin(m.confirmed_at - m.accepted_at)::text, 0
    WHERE m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND NOT m.late AND m.accepted_at IS NOT NULL
    UNION ALL
    SELECT 'delivery', latency_bin(m.delivered_at - m.accepted_at)::text, 0
    WHERE m.sid IS NOT NULL AND m.delivered_at IS NOT NULL AND m.accepted_at IS NOT NULL
  ) AS detail (kind, key, amount)
$$;

-- What a verification counts for: one that has a SID and was not canceled.
CREATE FUNCTION tally_verification(v verification, sign int) RETURNS TABLE (
  at timestamptz, country text, network text, action tracked_action,
  verifications int, approved int, resent int, recovered int
) IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT quarter(v.created_at), v.country::text, coalesce(v.network, ''), v.action,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status <> 'canceled' THEN sign ELSE 0 END,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status = 'approved' THEN sign ELSE 0 END,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status <> 'canceled' AND v.sends >= 2 THEN sign ELSE 0 END,
    CASE WHEN v.accepted_at IS NOT NULL AND v.status = 'approved' AND v.sends >= 2 THEN sign ELSE 0 END
$$;

-- All that is counted, one row for each message, verification and reported feedback, with 0 for what the row is not about. The
-- triggers tell of changes; this tells of everything, for counting again.
CREATE VIEW tally AS
  SELECT t.*, 0 AS reported, 0 AS verifications, 0 AS approved, 0 AS resent, 0 AS recovered
  FROM message, LATERAL tally_message(message, 1) t
  UNION ALL
  SELECT t.at, t.country, t.network, t.action, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    t.verifications, t.approved, t.resent, t.recovered
  FROM verification, LATERAL tally_verification(verification, 1) t
  UNION ALL
  SELECT quarter(m.requested_at), m.country, coalesce(m.network, ''), m.action, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    0, 0, 0, 0
  FROM feedback f JOIN message m ON m.id = f.message_id WHERE f.reported_at IS NOT NULL;

CREATE VIEW tally_details AS
  SELECT t.* FROM message, LATERAL tally_message_details(message, 1) t;

-- The triggers append tally(new) − tally(old) of a statement's rows, where that is anything. Deleting counts nothing: what
-- retention deletes stays in the cells.
CREATE FUNCTION message_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO delta (at, country, network, action, attempted, status_ok, errors, in_flight, canceled, refused, unknown, delivered, confirmed, late, contradicted,
      usd_priced, usd_amount, usd_confirmed_amount)
    SELECT at, country, network, action,
      sum(attempted), sum(status_ok), sum(errors), sum(in_flight), sum(canceled), sum(refused),
      sum(unknown), sum(delivered), sum(confirmed), sum(late), sum(contradicted),
      sum(usd_priced), sum(usd_amount), sum(usd_confirmed_amount)
    FROM (SELECT t.* FROM new_rows, LATERAL tally_message(new_rows, 1) t) added
    GROUP BY at, country, network, action;
    INSERT INTO detail_delta
    SELECT at, country, network, action, kind, key, sum(n), sum(amount), sum(confirmed_amount)
    FROM (
      SELECT t.* FROM new_rows, LATERAL tally_message_details(new_rows, 1) t
      WHERE new_rows.sid IS NOT NULL OR new_rows.refused_at IS NOT NULL
    ) added
    GROUP BY at, country, network, action, kind, key;
  ELSE
    INSERT INTO delta (at, country, network, action, attempted, status_ok, errors, in_flight, canceled, refused, unknown, delivered, confirmed, late, contradicted,
      usd_priced, usd_amount, usd_confirmed_amount)
    SELECT at, country, network, action,
      sum(attempted), sum(status_ok), sum(errors), sum(in_flight), sum(canceled), sum(refused),
      sum(unknown), sum(delivered), sum(confirmed), sum(late), sum(contradicted),
      sum(usd_priced), sum(usd_amount), sum(usd_confirmed_amount)
    FROM (
      SELECT t.* FROM new_rows, LATERAL tally_message(new_rows, 1) t
      UNION ALL
      SELECT t.* FROM old_rows, LATERAL tally_message(old_rows, -1) t
    ) changed
    GROUP BY at, country, network, action
    HAVING (sum(attempted), sum(status_ok), sum(errors), sum(in_flight), sum(canceled), sum(refused),
      sum(unknown), sum(delivered), sum(confirmed), sum(late), sum(contradicted),
      sum(usd_priced), sum(usd_amount), sum(usd_confirmed_amount)) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    INSERT INTO detail_delta
    SELECT at, country, network, action, kind, key, sum(n), sum(amount), sum(confirmed_amount)
    FROM (
      SELECT t.* FROM new_rows, LATERAL tally_message_details(new_rows, 1) t
      UNION ALL
      SELECT t.* FROM old_rows, LATERAL tally_message_details(old_rows, -1) t
    ) changed
    GROUP BY at, country, network, action, kind, key
    HAVING (sum(n), sum(amount), sum(confirmed_amount)) <> (0, 0, 0);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION verification_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO delta (at, country, network, action, verifications, approved, resent, recovered)
    SELECT at, country, network, action,
      sum(verifications), sum(approved), sum(resent), sum(recovered)
    FROM (SELECT t.* FROM new_rows, LATERAL tally_verification(new_rows, 1) t WHERE new_rows.accepted_at IS NOT NULL) added
    GROUP BY at, country, network, action;
  ELSE
    INSERT INTO delta (at, country, network, action, verifications, approved, resent, recovered)
    SELECT at, country, network, action,
      sum(verifications), sum(approved), sum(resent), sum(recovered)
    FROM (
      SELECT t.* FROM new_rows, LATERAL tally_verification(new_rows, 1) t
      UNION ALL
      SELECT t.* FROM old_rows, LATERAL tally_verification(old_rows, -1) t
    ) changed
    GROUP BY at, country, network, action
    HAVING (sum(verifications), sum(approved), sum(resent), sum(recovered)) <> (0, 0, 0, 0);
  END IF;
  RETURN NULL;
END $$;

-- Feedback that Twilio has taken counts with its message, in whose row nothing changes by that.
CREATE FUNCTION feedback_delta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO delta (at, country, network, action, reported)
    SELECT quarter(m.requested_at), m.country, coalesce(m.network, ''), m.action, count(*)
    FROM new_rows JOIN message m ON m.id = new_rows.message_id
    WHERE new_rows.reported_at IS NOT NULL
    GROUP BY 1, 2, 3, 4;
  ELSE
    INSERT INTO delta (at, country, network, action, reported)
    SELECT quarter(m.requested_at), m.country, coalesce(m.network, ''), m.action, count(*)
    FROM new_rows JOIN old_rows USING (message_id) JOIN message m ON m.id = message_id
    WHERE new_rows.reported_at IS NOT NULL AND old_rows.reported_at IS NULL
    GROUP BY 1, 2, 3, 4;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER message_inserted AFTER INSERT ON "message" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION message_delta();
CREATE TRIGGER message_updated AFTER UPDATE ON "message" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION message_delta();

CREATE TRIGGER verification_inserted AFTER INSERT ON "verification" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();
CREATE TRIGGER verification_updated AFTER UPDATE ON "verification" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION verification_delta();

CREATE TRIGGER feedback_inserted AFTER INSERT ON "feedback" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION feedback_delta();
CREATE TRIGGER feedback_updated AFTER UPDATE ON "feedback" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION feedback_delta();

-- What is there already is as if it came now.
INSERT INTO delta (at, country, network, action, attempted, status_ok, errors, in_flight, canceled, refused, unknown, delivered,
  confirmed, late, contradicted, reported, verifications, approved, resent, recovered, usd_priced, usd_amount, usd_confirmed_amount)
SELECT at, country, network, action,
  sum(attempted), sum(status_ok), sum(errors), sum(in_flight), sum(canceled), sum(refused),
  sum(unknown), sum(delivered), sum(confirmed), sum(late), sum(contradicted), sum(reported),
  sum(verifications), sum(approved), sum(resent), sum(recovered),
  sum(usd_priced), sum(usd_amount), sum(usd_confirmed_amount)
FROM tally GROUP BY at, country, network, action;
INSERT INTO detail_delta
SELECT at, country, network, action, kind, key, sum(n), sum(amount), sum(confirmed_amount)
FROM tally_details GROUP BY at, country, network, action, kind, key;
