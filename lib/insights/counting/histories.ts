/**
 * What destinations and their networks did, quarter-hour by quarter-hour: what drops are looked for in.
 */
import { db, sql } from "../../db";
import { QUARTER } from "../../terms/durations";
import type { History } from "../statistics/counted";

/** A destination, or one network of it; "" is all of it. */
export interface Place {
  country: string;
  network: string;
}

type Counts = Required<History>;

/** A destination's quarter-hours, and those of each of its networks; messages of no known network are in the whole alone. */
export interface Histories {
  whole: Counts;
  networks: Map<string, Counts>;
}

type Quarter = [index: number, attempted: number, confirmed: number, asked: number, gotIn: number];

/**
 * Of every country with messages in that time, from cells ∪ deltas in one statement.
 *
 * @param from a quarter-hour's beginning, as `to` is
 */
export async function readHistories(from: Date, to: Date): Promise<Map<string, Histories>> {
  const within = sql`at >= ${from}::timestamptz and at < ${to}::timestamptz`;
  const rows = await db().$queryRaw<(Place & { quarters: Quarter[] })[]>`
    select country, network, json_agg(json_build_array(quarter, attempted, confirmed, asked, got_in)) as quarters
    from (
      select country, network, (extract(epoch from at - ${from}::timestamptz) / 900)::int as quarter,
        sum(attempted) as attempted, sum(confirmed - late) as confirmed,
        sum(verifications) as asked, sum(approved - recovered) as got_in
      from (
        select country, network, at, attempted, confirmed, late, verifications, approved, recovered from cell
        where scope = 'network' and span = 'quarter' and ${within}
        union all
        select country, network, at, attempted, confirmed, late, verifications, approved, recovered
        from delta where ${within}
      ) counted group by country, network, at
    ) quarters group by country, network`;
  const length = (to.getTime() - from.getTime()) / QUARTER;
  const countries = new Map<string, Histories>();
  for (const { country, network, quarters } of rows) {
    const found = countries.get(country) ?? { whole: emptyHistory(from, length), networks: new Map() };
    countries.set(country, found);
    add(found.whole, quarters);
    if (network === "") continue;
    const own = emptyHistory(from, length);
    add(own, quarters);
    found.networks.set(network, own);
  }
  return countries;
}

function emptyHistory(start: Date, length: number): Counts {
  const counts = () => new Int32Array(length);
  return {
    start,
    attempted: counts(),
    confirmed: counts(),
    people: { asked: counts(), gotIn: counts() },
  };
}

function add({ attempted, confirmed, people: { asked, gotIn } }: Counts, quarters: readonly Quarter[]): void {
  const plus = (counts: Int32Array, i: number, n: number) => (counts[i] = (counts[i] ?? 0) + n);
  for (const [i, ...counted] of quarters)
    [attempted, confirmed, asked, gotIn].forEach((counts, which) => plus(counts, i, counted[which] ?? 0));
}

/** What is left of a whole without a part of it. */
export function without(part: Counts, whole: Counts): History {
  const rest = (of: (history: Counts) => Int32Array) => {
    const taken = of(part);
    return of(whole).map((n, i) => n - (taken[i] ?? 0));
  };
  return {
    start: whole.start,
    attempted: rest(({ attempted }) => attempted),
    confirmed: rest(({ confirmed }) => confirmed),
    people: { asked: rest(({ people }) => people.asked), gotIn: rest(({ people }) => people.gotIn) },
  };
}
