-- What a message counts for by keys, as one row: a report that counts many messages adds those up by their keys, where five rows for each
-- message took three times as long. details_of has its rows from there, so that there is one definition still.

CREATE FUNCTION detail_keys(m message) RETURNS TABLE (
  error text, refusal text, spend text, spend_amount bigint, spend_confirmed_amount bigint, time_to_confirm int, delivery int
) IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT
    CASE WHEN m.sid IS NOT NULL AND m.status IN ('failed', 'undelivered') THEN coalesce(m.error_code::text, '') END,
    CASE WHEN m.sid IS NULL AND m.refused_at IS NOT NULL THEN coalesce(m.error_code::text, '') END,
    CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' THEN m.price_unit::text END,
    CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' THEN (abs(m.price) * 100000)::bigint END,
    CASE WHEN m.sid IS NOT NULL AND m.price IS NOT NULL AND m.price_unit <> 'USD' AND m.confirmed_at IS NOT NULL
      THEN (abs(m.price) * 100000)::bigint END,
    CASE WHEN m.sid IS NOT NULL AND m.confirmed_at IS NOT NULL AND NOT m.late AND m.accepted_at IS NOT NULL
      THEN latency_bin(m.confirmed_at - m.accepted_at) END,
    CASE WHEN m.sid IS NOT NULL AND m.delivered_at IS NOT NULL AND m.accepted_at IS NOT NULL
      THEN latency_bin(m.delivered_at - m.accepted_at) END
$$;

CREATE OR REPLACE FUNCTION details_of(m message, sign int DEFAULT 1) RETURNS SETOF detail_delta
IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT
    quarter(m.requested_at) AS at,
    m.country::text AS country,
    coalesce(m.network, '') AS network,
    m.action AS action,
    detail.kind AS kind,
    detail.key AS key,
    sign AS n,
    CASE detail.kind WHEN 'spend' THEN sign * k.spend_amount ELSE 0 END AS amount,
    CASE detail.kind WHEN 'spend' THEN sign * coalesce(k.spend_confirmed_amount, 0) ELSE 0 END AS confirmed_amount
  FROM detail_keys(m) k, LATERAL (VALUES
    ('error', k.error), ('refusal', k.refusal), ('spend', k.spend), ('time_to_confirm', k.time_to_confirm::text),
    ('delivery', k.delivery::text)
  ) AS detail (kind, key)
  WHERE detail.key IS NOT NULL
$$;

-- The same limits, in double precision: numeric took three times as long, and whole milliseconds are exact in either.
CREATE OR REPLACE FUNCTION latency_bin(duration interval) RETURNS int IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
  1 + width_bucket(round(date_part('epoch', duration) * 1000) - 1, ARRAY[
    500, 600, 720, 864, 1037, 1244, 1493, 1792, 2150, 2580, 3096, 3715, 4458, 5350, 6420, 7704, 9244, 11093, 13312,
    15974, 19169, 23003, 27603, 33124, 39748, 47698, 57238, 68685, 82422, 98907, 118688, 142426, 170911, 205093, 246112,
    295334, 354401, 425281, 510337, 612405, 734886, 881863, 1058236, 1269883, 1523859, 1828631, 2194357, 2633229,
    3159874, 3791849, 4550219, 5460263, 6552315, 7862779, 9435334, 11322401, 13586881, 16304258, 19565109, 23478131,
    28173757, 33808509, 40570210
  ]::float8[]);

COMMENT ON FUNCTION detail_keys IS
'What a message counts for by keys that are not known beforehand: of each kind its key, and what is added up with it; null for nothing.';
COMMENT ON FUNCTION details_of IS
'The keys of a message as rows, a kind without a key being none. Columns and calls as of counts_of.';
