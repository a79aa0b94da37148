/**
 * Cells from what they count: the statements that fold and rebuild share.
 *
 * A source has the columns of a delta table. Each of its quarter-hours goes into cells of every span that it lies in and of every
 * scope that it is part of.
 */
import { raw, sql, type Sql } from "../../db";
import { ANY_COUNT, SUMMED_COUNTS, SUMS_AS_COLUMNS } from "./counts";

/** What the smallest cells are told apart by, as delta tables have it. */
export const LEAF_KEY = raw("at, country, network, action, sender, channel, locale");

/** The key of a cell. */
export const CELL_KEY = sql`scope, span, ${LEAF_KEY}`;

/** The same where networks are not told apart. */
export const LATENCY_KEY = raw("scope, span, at, country, action, sender, channel, locale");

/** The spans a quarter-hour lies in. */
const SPANS_OF = sql`lateral (values
  ('quarter'::cell_span, leaf.at),
  ('hour', date_bin('1 hour', leaf.at, '2000-01-01Z')),
  ('day', date_bin('1 day', leaf.at, '2000-01-01Z')),
  ('month', date_trunc('month', leaf.at, 'UTC'))
) as span (span, at)`;

/**
 * The scopes: everything, a country, a network, as one; everything by sender and everything by language; and countries and networks by both. A
 * report reads the one that tells apart no more than it asks for, so that what one scope is kept for costs the others nothing.
 */
const GROUPS = raw(`grouping sets ((), (country), (country, network), (sender, channel), (locale),
  (country, sender, channel, locale), (country, network, sender, channel, locale))`);

const SCOPE = sql`case
  when grouping(country) = 1 then case when grouping(sender) = 0 then 'sender' when grouping(locale) = 0 then 'locale' else 'world' end
  when grouping(network) = 1 then case when grouping(sender) = 0 then 'country_sent' else 'country' end
  when grouping(sender) = 0 then 'network_sent' else 'network' end::cell_scope`;

const SENT = raw("coalesce(sender, ''), coalesce(channel, ''), coalesce(locale, '')");

/** Rows for `cell`. */
export function cellsOf(source: Sql): Sql {
  return sql`
    select ${SCOPE}, span.span, span.at, coalesce(country, ''), coalesce(network, ''), action, ${SENT}, ${SUMMED_COUNTS}
    from (
      select ${LEAF_KEY}, ${SUMS_AS_COLUMNS}
      from ${source} source group by ${LEAF_KEY}
    ) leaf, ${SPANS_OF}
    group by span.span, span.at, action, ${GROUPS}
    having ${ANY_COUNT}
    order by 1, 2, 3, 4, 5, 6, 7, 8, 9`;
}

/** Rows for `detail_cell`. */
export function detailCellsOf(source: Sql): Sql {
  return sql`
    select ${SCOPE}, span.span, span.at, coalesce(country, ''), coalesce(network, ''), action, ${SENT}, kind, key,
      sum(n), sum(amount), sum(confirmed_amount)
    from (
      select ${LEAF_KEY}, kind, key, sum(n) as n, sum(amount) as amount,
        sum(confirmed_amount) as confirmed_amount
      from ${source} source
      where kind in ('error', 'refusal', 'spend') group by ${LEAF_KEY}, kind, key
    ) leaf, ${SPANS_OF}
    group by span.span, span.at, action, kind, key, ${GROUPS}
    having sum(n) <> 0 or sum(amount) <> 0 or sum(confirmed_amount) <> 0
    order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`;
}

const LATENCY_SCOPE = sql`case
  when grouping(country) = 1 then case when grouping(sender) = 0 then 'sender' when grouping(locale) = 0 then 'locale' else 'world' end
  when grouping(sender) = 0 then 'country_sent' else 'country' end::cell_scope`;

/** Rows for `latency_cell`; a source's key is the bin. */
export function latencyCellsOf(source: Sql): Sql {
  return sql`
    select ${LATENCY_KEY}, ${histogramOf("time_to_confirm")}, ${histogramOf("delivery")}
    from (
      select ${LATENCY_SCOPE} as scope, span.span, span.at, coalesce(country, '') as country, action,
        coalesce(sender, '') as sender, coalesce(channel, '') as channel, coalesce(locale, '') as locale, kind, bin, sum(n)::int as n
      from (
        select at, country, action, sender, channel, locale, kind, key::int as bin, sum(n) as n
        from ${source} source
        where kind in ('time_to_confirm', 'delivery') group by at, country, action, sender, channel, locale, kind, key
      ) leaf, ${SPANS_OF}
      group by span.span, span.at, action, kind, bin,
        grouping sets ((), (country), (sender, channel), (locale), (country, sender, channel, locale))
      having sum(n) <> 0
    ) binned
    group by ${LATENCY_KEY}
    order by 1, 2, 3, 4, 5, 6, 7, 8`;
}

/** Most cells of a quarter-hour have one bin, which needs no look at those between. */
function histogramOf(kind: "time_to_confirm" | "delivery"): Sql {
  const of = sql`filter (where kind = ${raw(`'${kind}'`)})`;
  return sql`case count(*) ${of}
    when 0 then null
    when 1 then array_fill(0, array[min(bin) ${of} - 1]) || min(n) ${of}
    else histogram(array_agg(bin) ${of}, array_agg(n) ${of}) end`;
}
