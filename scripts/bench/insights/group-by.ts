/**
 * The same reports without cells, as one would write them first: GROUP BY over the messages, for PostgreSQL and DuckDB alike.
 */
import type { Report } from "./reports";

/** Where the two differ. */
export interface Dialect {
  /** The UTC day of a moment, as a text. */
  day: (moment: string) => string;
  /** Percentiles of a duration in seconds, as an array, of the rows that meet a condition. */
  percentiles: (duration: string, shares: readonly number[], condition: string) => string;
  /** Where messages are read from, with `reported_at` of their feedback. */
  messages: string;
}

export const POSTGRES: Dialect = {
  day: (moment) => `(${moment} AT TIME ZONE 'UTC')::date::text`,
  percentiles: (duration, shares, condition) =>
    `percentile_cont(ARRAY[${shares.join(", ")}]::float8[]) WITHIN GROUP (ORDER BY extract(epoch FROM ${duration})::float8)
      FILTER (WHERE ${condition})`,
  messages: "(SELECT m.*, f.reported_at FROM message m LEFT JOIN feedback f ON f.message_id = m.id) m",
};

/** DuckDB's moments are UTC without a zone, and its messages have their feedback's `reported_at`: less work than PostgreSQL's. */
const DUCKDB: Omit<Dialect, "percentiles"> = {
  day: (moment) => `strftime(date_trunc('day', ${moment}), '%Y-%m-%d')`,
  messages: "message m",
};

export const DUCKDB_EXACT: Dialect = {
  ...DUCKDB,
  percentiles: (duration, shares, condition) =>
    `quantile_cont(epoch(${duration}), [${shares.join(", ")}]) FILTER (WHERE ${condition})`,
};

/** With t-digests, which like our histograms are near and not exact. */
export const DUCKDB_NEAR: Dialect = {
  ...DUCKDB,
  percentiles: (duration, shares, condition) =>
    `approx_quantile(epoch(${duration}), [${shares.join(", ")}]) FILTER (WHERE ${condition})`,
};

/** Literals, since a server that plans for parameters it does not know would plan worse. */
export interface Times {
  from: string;
  to: string;
  /** Messages before this are mature. */
  mature: string;
}

/** A message has a status exactly when it has a SID; asking for the status alone is the quicker way for both. */
const COUNTS = `
  count(m.status) AS "attempted",
  count(*) FILTER (WHERE m.status IN ('sent', 'delivered', 'read')) AS "statusOk",
  count(*) FILTER (WHERE m.status IN ('failed', 'undelivered')) AS "errors",
  count(*) FILTER (WHERE m.status IN ('accepted', 'scheduled', 'queued', 'sending')) AS "inFlight",
  count(*) FILTER (WHERE m.status = 'canceled') AS "canceled",
  count(*) FILTER (WHERE m.status IS NULL AND m.refused_at IS NOT NULL) AS "refused",
  count(*) FILTER (WHERE m.status IS NULL AND m.refused_at IS NULL) AS "unknown",
  count(*) FILTER (WHERE m.delivered_at IS NOT NULL OR m.confirmed_at IS NOT NULL) AS "delivered",
  count(m.confirmed_at) AS "confirmed",
  count(*) FILTER (WHERE m.late) AS "late",
  count(*) FILTER (WHERE m.confirmed_at IS NOT NULL AND m.status NOT IN ('sent', 'delivered', 'read')) AS "contradicted"`;

/** Counts of messages, and nothing else. */
export function groupedCounts(report: Report, { day }: Dialect, { from, to }: Times): string {
  const key = keyOf(report, day);
  return `SELECT ${key("m", "requested_at")} AS key, ${COUNTS} FROM message m
    WHERE m.requested_at >= ${from} AND m.requested_at < ${to} GROUP BY 1`;
}

/** All that a row of our report is made of. */
export function groupedWhole(report: Report, dialect: Dialect, { from, to, mature }: Times): string {
  const { day, percentiles, messages } = dialect;
  const key = keyOf(report, day);
  const settled = `m.requested_at < ${mature}`;
  return `
    WITH counted AS (
      SELECT ${key("m", "requested_at")} AS key, ${COUNTS},
        count(m.reported_at) AS "reported",
        count(m.status) FILTER (WHERE ${settled}) AS "matureAttempted",
        count(m.confirmed_at) FILTER (WHERE ${settled}) AS "matureConfirmed",
        count(m.price) AS "priced",
        coalesce(sum(abs(m.price)), 0) AS "spend",
        coalesce(sum(abs(m.price)) FILTER (WHERE ${settled} AND m.confirmed_at IS NULL), 0) AS "wasted",
        ${percentiles("(m.confirmed_at - m.accepted_at)", [0.5, 0.9, 0.99], `${settled} AND m.confirmed_at IS NOT NULL AND NOT m.late`)}
          AS "confirm",
        ${percentiles("(m.delivered_at - m.accepted_at)", [0.5, 0.95], `${settled} AND m.delivered_at IS NOT NULL`)} AS "delivery"
      FROM ${messages} WHERE m.requested_at >= ${from} AND m.requested_at < ${to} GROUP BY 1
    ), started AS (
      SELECT ${key("v", "created_at")} AS key,
        count(*) FILTER (WHERE v.status <> 'canceled') AS "verifications",
        count(*) FILTER (WHERE v.status = 'approved') AS "approved",
        count(*) FILTER (WHERE v.status <> 'canceled' AND v.sends >= 2) AS "resent",
        count(*) FILTER (WHERE v.status = 'approved' AND v.sends >= 2) AS "recovered",
        count(*) FILTER (WHERE v.status <> 'canceled' AND v.created_at < ${mature}) AS "matureVerifications",
        count(*) FILTER (WHERE v.status = 'approved' AND v.created_at < ${mature}) AS "matureApproved"
      FROM verification v
      WHERE v.created_at >= ${from} AND v.created_at < ${to} AND v.accepted_at IS NOT NULL GROUP BY 1
    )
    SELECT * FROM counted LEFT JOIN started USING (key)`;
}

function keyOf(report: Report, day: Dialect["day"]): (table: string, moment: string) => string {
  switch (report) {
    case "summary":
      return () => "''";
    case "timeseries":
      return (table, moment) => day(`${table}.${moment}`);
    case "destinations":
      return (table) => `${table}.country`;
  }
}
