/**
 * Rehearsals: what a rule would have refused in the last days with other thresholds, from the figures that each decision kept.
 *
 * Decided is as things were: that refusing one message would have left less unanswered for the next is not played out, so that what is shown is
 * the most that a threshold would have refused.
 */
import { join, sql } from "../../db";
import { read } from "../asking/read";
import type { RuleName } from "../../terms/rules";

export interface RehearsedThreshold {
  threshold: number;
  /** Messages that it would have refused. */
  refused: number;
  /** What those cost, in US dollars; of those whose price is not known what a message there costs. */
  saved: number;
  /** How many of them were confirmed after all. */
  falsePositives: number;
}

/** How a rule compares its figure with its threshold: as the function `protect` does. */
const FIRES: Record<RuleName, ">" | ">=" | "<"> = {
  exposure: ">",
  first_destination: ">",
  collapse: "<",
  top_block: ">=",
  sequential: ">=",
  line_type: ">=",
  spend_hour: ">",
  spend_day: ">",
};

interface Rehearsal {
  rule: RuleName;
  thresholds: readonly number[];
  from: Date;
  to: Date;
}

/** A row for each threshold, in the order given. */
export async function rehearse({ rule, thresholds, from, to }: Rehearsal): Promise<RehearsedThreshold[]> {
  const values = thresholds.map((threshold, n) => sql`(${n}::int, ${threshold}::float8)`);
  const figure = sql`(d.figures ->> ${rule})::float8`;
  const fires = {
    ">": sql`d.figure > t.threshold`,
    ">=": sql`d.figure >= t.threshold`,
    "<": sql`d.figure < t.threshold`,
  }[FIRES[rule]];
  return read<RehearsedThreshold[]>`
    with decided as materialized (
      select ${figure} as figure, coalesce(abs(m.price)::float8, message_price(d.country)) as price, m.confirmed_at is not null as confirmed
      from decision d
      left join message m on m.verification_id = d.verification_id and m.requested_at = d.at
      where d.at >= ${from}::timestamptz and d.at < ${to}::timestamptz and d.figures ? ${rule}
    )
    select t.threshold, count(d.figure)::int as refused, coalesce(sum(d.price), 0)::float8 as saved,
      count(*) filter (where d.confirmed)::int as "falsePositives"
    from (values ${join(values)}) t (n, threshold) left join decided d on ${fires}
    group by t.n, t.threshold order by t.n`;
}
