/**
 * Cells from what they count: the statements that fold and rebuild share.
 *
 * A source has the columns of a delta table. Each of its quarter-hours goes into cells of every span that it lies in and of every
 * scope that it is part of.
 */
import { raw, sql, type Sql } from "../../db";
import { ANY_COUNT, SUMMED_COUNTS, SUMS_AS_COLUMNS } from "./counts";

/** The spans a quarter-hour lies in. */
const SPANS_OF = sql`lateral (values
  ('quarter'::cell_span, leaf.at),
  ('hour', date_bin('1 hour', leaf.at, '2000-01-01Z')),
  ('day', date_bin('1 day', leaf.at, '2000-01-01Z')),
  ('month', date_trunc('month', leaf.at, 'UTC'))
) as span (span, at)`;

const SCOPE = sql`case when grouping(country) = 1 then 'world' when grouping(network) = 1 then 'country'
  else 'network' end::cell_scope`;

/** Rows for `cell`. */
export function cellsOf(source: Sql): Sql {
  return sql`
    select ${SCOPE}, span.span, span.at, coalesce(country, ''), coalesce(network, ''), action, ${SUMMED_COUNTS}
    from (
      select at, country, network, action, ${SUMS_AS_COLUMNS}
      from ${source} source group by at, country, network, action
    ) leaf, ${SPANS_OF}
    group by span.span, span.at, action, grouping sets ((), (country), (country, network))
    having ${ANY_COUNT}
    order by 1, 2, 3, 4, 5, 6`;
}

/** Rows for `detail_cell`. */
export function detailCellsOf(source: Sql): Sql {
  return sql`
    select ${SCOPE}, span.span, span.at, coalesce(country, ''), coalesce(network, ''), action, kind, key,
      sum(n), sum(amount), sum(confirmed_amount)
    from (
      select at, country, network, action, kind, key, sum(n) as n, sum(amount) as amount,
        sum(confirmed_amount) as confirmed_amount
      from ${source} source
      where kind in ('error', 'refusal', 'spend') group by at, country, network, action, kind, key
    ) leaf, ${SPANS_OF}
    group by span.span, span.at, action, kind, key, grouping sets ((), (country), (country, network))
    having sum(n) <> 0 or sum(amount) <> 0 or sum(confirmed_amount) <> 0
    order by 1, 2, 3, 4, 5, 6, 7, 8`;
}

/** Rows for `latency_cell`; a source's key is the bin. */
export function latencyCellsOf(source: Sql): Sql {
  return sql`
    select scope, span, at, country, action, ${histogramOf("time_to_confirm")}, ${histogramOf("delivery")}
    from (
      select case when grouping(country) = 1 then 'world' else 'country' end::cell_scope as scope, span.span, span.at,
        coalesce(country, '') as country, action, kind, bin, sum(n)::int as n
      from (
        select at, country, action, kind, key::int as bin, sum(n) as n
        from ${source} source
        where kind in ('time_to_confirm', 'delivery') group by at, country, action, kind, key
      ) leaf, ${SPANS_OF}
      group by span.span, span.at, action, kind, bin, grouping sets ((), (country))
      having sum(n) <> 0
    ) binned
    group by scope, span, at, country, action
    order by 1, 2, 3, 4, 5`;
}

/** Most cells of a quarter-hour have one bin, which needs no look at those between. */
function histogramOf(kind: "time_to_confirm" | "delivery"): Sql {
  const of = sql`filter (where kind = ${raw(`'${kind}'`)})`;
  return sql`case count(*) ${of}
    when 0 then null
    when 1 then array_fill(0, array[min(bin) ${of} - 1]) || min(n) ${of}
    else histogram(array_agg(bin) ${of}, array_agg(n) ${of}) end`;
}
