-- A link asked for on the login page: what is said of the browser that asked, and whether the recipient said that it was not theirs.
ALTER TABLE "verification" ADD COLUMN "asked_agent" TEXT, ADD COLUMN "denied_at" TIMESTAMPTZ(3);

-- How many were: a count of verifications like the others.
ALTER TABLE "cell" ADD COLUMN "denied" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "delta" ADD COLUMN "denied" INTEGER NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION counts_of(
  m message DEFAULT NULL, f feedback DEFAULT NULL, v verification DEFAULT NULL, sign int DEFAULT 1
) RETURNS SETOF delta IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
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
    CASE WHEN v.denied_at IS NOT NULL THEN sign ELSE 0 END AS denied
$$;
