-- What a message is sent from, by which channel and in which language: filtered and grouped by, as countries and networks are.
--
-- What was counted before has none of it: `npm run insights:rebuild` counts the past by them, too.

CREATE TYPE "channel" AS ENUM ('sms', 'whatsapp');

-- What messages may be sent from, beside the sender in the configuration, which is the first of them.
CREATE TABLE "sender" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "channel" "channel" NOT NULL,
    "label" TEXT NOT NULL,
    "countries" CHAR(2)[] DEFAULT ARRAY[]::CHAR(2)[],
    "currency" CHAR(3),
    "content_sid" TEXT,
    "active" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "sender_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "sender_address_channel_key" ON "sender"("address", "channel");

-- Who changed what of them, and when.
CREATE TABLE "sender_change" (
    "id" UUID NOT NULL,
    "sender_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    CONSTRAINT "sender_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sender_change_at_idx" ON "sender_change"("at");

ALTER TABLE "message" ADD COLUMN "channel" "channel" NOT NULL DEFAULT 'sms', ADD COLUMN "locale" TEXT, ADD COLUMN "sent_from" TEXT;

-- A verification counts where its first message does.
ALTER TABLE "verification" ADD COLUMN "sender" TEXT NOT NULL DEFAULT '', ADD COLUMN "channel" "channel" NOT NULL DEFAULT 'sms';

-- Cells by them are in scopes of their own: those there are keep their rows, with nothing in these columns.
ALTER TYPE "cell_scope" ADD VALUE 'sender';
ALTER TYPE "cell_scope" ADD VALUE 'locale';
ALTER TYPE "cell_scope" ADD VALUE 'country_sent';
ALTER TYPE "cell_scope" ADD VALUE 'network_sent';

ALTER TABLE "delta" ADD COLUMN "sender" TEXT NOT NULL DEFAULT '', ADD COLUMN "channel" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "locale" TEXT NOT NULL DEFAULT '';
ALTER TABLE "detail_delta" ADD COLUMN "sender" TEXT NOT NULL DEFAULT '', ADD COLUMN "channel" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "locale" TEXT NOT NULL DEFAULT '';
ALTER TABLE "cell" ADD COLUMN "sender" TEXT NOT NULL DEFAULT '', ADD COLUMN "channel" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "locale" TEXT NOT NULL DEFAULT '';
ALTER TABLE "detail_cell" ADD COLUMN "sender" TEXT NOT NULL DEFAULT '', ADD COLUMN "channel" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "locale" TEXT NOT NULL DEFAULT '';
ALTER TABLE "latency_cell" ADD COLUMN "sender" TEXT NOT NULL DEFAULT '', ADD COLUMN "channel" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "locale" TEXT NOT NULL DEFAULT '';

ALTER TABLE "cell" DROP CONSTRAINT "cell_pkey", ADD CONSTRAINT "cell_pkey" PRIMARY KEY ("scope", "span", "at", "country", "network", "action", "sender", "channel", "locale");
DROP INDEX "cell_scope_country_span_at_idx";
CREATE INDEX "cell_scope_country_span_at_sender_idx" ON "cell"("scope", "country", "span", "at", "sender");
ALTER TABLE "detail_cell" DROP CONSTRAINT "detail_cell_pkey", ADD CONSTRAINT "detail_cell_pkey" PRIMARY KEY ("scope", "span", "at", "country", "network", "action", "sender", "channel", "locale", "kind", "key");
DROP INDEX "detail_cell_scope_country_span_at_idx";
CREATE INDEX "detail_cell_scope_country_span_at_sender_idx" ON "detail_cell"("scope", "country", "span", "at", "sender");
ALTER TABLE "latency_cell" DROP CONSTRAINT "latency_cell_pkey", ADD CONSTRAINT "latency_cell_pkey" PRIMARY KEY ("scope", "span", "at", "country", "action", "sender", "channel", "locale");
DROP INDEX "latency_cell_scope_country_span_at_idx";
CREATE INDEX "latency_cell_scope_country_span_at_sender_idx" ON "latency_cell"("scope", "country", "span", "at", "sender");

CREATE OR REPLACE FUNCTION counts_of(m message DEFAULT NULL::message, f feedback DEFAULT NULL::feedback, v verification DEFAULT NULL::verification, sign integer DEFAULT 1)
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

CREATE OR REPLACE FUNCTION details_of(m message, sign integer DEFAULT 1)
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

CREATE OR REPLACE FUNCTION feedback_delta()
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
