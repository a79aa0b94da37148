/**
 * Feedback: whether Twilio has been told of every confirmed message, how quickly, and what is in the way.
 */
import { now } from "../../clock";
import { sql } from "../../db";
import { messageFilters } from "../asking/filters";
import { ratio, type Rate } from "../asking/metrics";
import { read } from "../asking/read";
import type { Range } from "../asking/range";
import type { ReportQuery } from "../asking/report";
import { ask } from "../asking/tallies";
import type { Column } from "./csv";

export interface FeedbackReport {
  range: Range;
  /** Confirmed messages of the range. */
  confirmed: number;
  /** Those among them that Twilio has taken the feedback of. */
  reported: number;
  coverage: Rate;
  /** From the confirmation until Twilio had it, in seconds, of the newest messages of the range. */
  lag: { n: number; p50: number | null; p95: number | null };
  /** Of all time: what is still to be told. */
  backlog: Backlog;
  /** Twilio's refusals among the confirmed messages of the range, by reason. */
  refusals: { error: string; messages: number }[];
}

/** The report's fields, in the order that a file has them. */
export const FEEDBACK_COLUMNS: readonly Column<FeedbackReport>[] = [
  { name: "range.from", value: ({ range }) => range.from, isMoment: true },
  { name: "range.to", value: ({ range }) => range.to, isMoment: true },
  "confirmed",
  "reported",
  "coverage",
  "lag.n",
  "lag.p50",
  "lag.p95",
  "backlog.pending",
  "backlog.retrying",
  "backlog.refused",
  "backlog.oldestSeconds",
];

export interface Backlog {
  /** Not tried yet. */
  pending: number;
  /** Tried and failed; it goes on. */
  retrying: number;
  /** Refused by Twilio for good, of the range. */
  refused: number;
  /** How long the oldest has waited, in seconds. */
  oldestSeconds: number | null;
}

/** Lags are measured on no more than these, the newest. */
const LAGS_MEASURED = 2_000;

export async function readFeedback({ range, filters }: ReportQuery): Promise<FeedbackReport> {
  const inRange = sql`m.requested_at >= ${range.from}::timestamptz and m.requested_at < ${range.to}::timestamptz
    ${messageFilters(filters)}`;
  // One after the other: a report has one connection at a time.
  const [counted] = await ask({ periods: [range], filters, only: ["confirmed", "reported"] });
  const [lag] = await read<[FeedbackReport["lag"]]>`
      select count(*)::int as n,
        percentile_cont(0.5) within group (order by seconds)::float8 as p50,
        percentile_cont(0.95) within group (order by seconds)::float8 as p95
      from (
        select extract(epoch from f.reported_at - m.confirmed_at) as seconds
        from message m join feedback f on f.message_id = m.id
        where f.reported_at is not null and ${inRange}
        order by m.requested_at desc limit ${LAGS_MEASURED}::int
      ) newest`;
  const [backlog] = await read<[Omit<Backlog, "refused">]>`
      select count(*) filter (where f.tries = 0)::int as pending, count(*) filter (where f.tries > 0)::int as retrying,
        case when count(*) > 0 then greatest(0, extract(epoch from ${now()}::timestamptz - min(m.confirmed_at))) end::float8 as "oldestSeconds"
      from feedback f join message m on m.id = f.message_id
      where f.reported_at is null and f.refused_at is null`;
  const refusals = await read<{ error: string; messages: number }[]>`
      select coalesce(f.error, '') as error, count(*)::int as messages
      from feedback f join message m on m.id = f.message_id
      where f.refused_at is not null and ${inRange}
      group by 1 order by 2 desc`;
  const { confirmed = 0, reported = 0 } = counted?.all.counts ?? {};
  const refused = refusals.reduce((sum, { messages }) => sum + messages, 0);
  return {
    range,
    confirmed,
    reported,
    coverage: ratio(reported, confirmed),
    lag,
    backlog: { ...backlog, refused },
    refusals,
  };
}
