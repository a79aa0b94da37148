-- What was counted before senders were told apart is of none that is known: in the scopes that have them it is there under nothing, so that what they sum up
-- to is the whole, for good where retention has deleted the messages. What of it can be counted again `npm run insights:rebuild` counts by them.

INSERT INTO "cell" (scope, span, at, country, network, action,
  attempted, status_ok, errors, in_flight, canceled, refused, unknown, delivered, confirmed, late, contradicted, reported,
  verifications, approved, resent, recovered, usd_priced, usd_amount, usd_confirmed_amount, denied)
SELECT s.scope::cell_scope, span, at, country, network, action,
  attempted, status_ok, errors, in_flight, canceled, refused, unknown, delivered, confirmed, late, contradicted, reported,
  verifications, approved, resent, recovered, usd_priced, usd_amount, usd_confirmed_amount, denied
FROM "cell" c JOIN (VALUES ('world', 'sender'), ('world', 'locale'), ('country', 'country_sent'), ('network', 'network_sent'))
  AS s (was, scope) ON c.scope = s.was::cell_scope
ON CONFLICT DO NOTHING;

INSERT INTO "detail_cell" (scope, span, at, country, network, action, kind, key, n, amount, confirmed_amount)
SELECT s.scope::cell_scope, span, at, country, network, action, kind, key, n, amount, confirmed_amount
FROM "detail_cell" c JOIN (VALUES ('world', 'sender'), ('world', 'locale'), ('country', 'country_sent'), ('network', 'network_sent'))
  AS s (was, scope) ON c.scope = s.was::cell_scope
ON CONFLICT DO NOTHING;

INSERT INTO "latency_cell" (scope, span, at, country, action, time_to_confirm, delivery)
SELECT s.scope::cell_scope, span, at, country, action, time_to_confirm, delivery
FROM "latency_cell" c JOIN (VALUES ('world', 'sender'), ('world', 'locale'), ('country', 'country_sent')) AS s (was, scope)
  ON c.scope = s.was::cell_scope
ON CONFLICT DO NOTHING;
