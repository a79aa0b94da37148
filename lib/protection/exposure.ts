/**
 * Exposure: the most that can be lost to messages nobody answers, of each destination and in all.
 */
import { now } from "../clock";
import { db } from "../db";
import type { RuleMode } from "../terms/rules";
import type { Rule } from "./rules";

export interface ExposedPlace {
  /** A country. */
  place: string;
  /** The most messages that may be unanswered within a day from now, what is in flight, what fails and exempt numbers included. */
  allowance: number;
  /** How many are unanswered in the last day, what is in flight included. */
  unanswered: number;
  /** Of a message, in US dollars. */
  price: number;
  /** `allowance` × `price`. */
  perDay: number;
}

export interface ExposureReport {
  currency: "USD";
  /** What the rule does: the sums are bounds only where it is enforced. */
  mode: RuleMode;
  /** The most of a day in all: the sum of the rows, or what everything together may have, whichever is less. */
  perDay: number;
  rows: ExposedPlace[];
}

interface Row {
  scope: string;
  /** Of the rule that bounds it. */
  mode: RuleMode;
  place: string;
  allowance: number;
  unanswered: number;
  price: number;
}

/**
 * @returns the countries that messages went to of late, the one where most can be lost first. A country that none went to has the allowance of first
 *   destinations, and they have theirs together: a row of its own, whose place is `first`.
 */
export async function readExposure(): Promise<ExposureReport> {
  const at = now();
  const rows = await db().$queryRaw<Row[]>`
    with known as (
      select 'country' as scope, place as subject from usual where place <> '' and place not like '%:%'
      union select scope, subject from exposure where scope in ('all', 'country', 'first')
      union values ('all', ''), ('first', '')
    ), one as (
      select k.scope, k.subject, x.exempt, coalesce(u.share, c.share, 0.5) as share, coalesce(u.most_confirmed, 0) as most_confirmed,
        e.slots, e.sent, e.confirmed, e.failed
      from known k cross join (values (false), (true)) x (exempt)
      left join exposure e on e.scope = k.scope and e.subject = k.subject and e.exempt = x.exempt
      left join usual c on k.scope = 'country' and c.place = k.subject
      left join usual u on k.scope in ('all', 'country') and u.place = k.subject
    )
    select one.scope, case one.scope when 'first' then 'first' else subject end as place,
      sum((a.day + a.failed) * rule.scale + a.in_flight)::int as allowance,
      sum(c.unanswered_day + c.in_flight)::int as unanswered,
      max(rule.mode) as mode,
      max(case when one.scope = 'country' then message_price(subject) else
        (select coalesce(max(price), message_price('')) from usual where place not like '%:%') end) as price
    from one, lateral exposure_counts(slots, sent, confirmed, failed, ${at}::timestamptz) c,
      lateral exposure_allowance(one.scope, share, most_confirmed, c.confirmed_hour, c.confirmed_day, c.confirmed_lately) a,
      lateral (select mode, case one.scope when 'first' then threshold / 20 else threshold end as scale from rule
        where name = case one.scope when 'first' then 'first_destination' else 'exposure' end) rule
    group by one.scope, subject`;
  const priced = rows
    .map((row) => ({ ...row, perDay: row.allowance * row.price }))
    .sort((a, b) => b.perDay - a.perDay || (a.place < b.place ? -1 : 1));
  const places = priced.filter(({ scope }) => scope !== "all");
  const all = priced.find(({ scope }) => scope === "all");
  const first = places.find(({ scope }) => scope === "first");
  // Where nothing bounds first destinations, there is always another one: then only everything together bounds.
  const sum =
    first?.mode === "enforce" || all?.mode !== "enforce"
      ? places.reduce((before, { perDay }) => before + perDay, 0)
      : Infinity;
  return {
    currency: "USD",
    mode: all?.mode ?? "off",
    perDay: Math.min(all?.perDay ?? Infinity, sum),
    rows: places.map(({ place, allowance, unanswered, price, perDay }) => ({
      place,
      allowance,
      unanswered,
      price,
      perDay,
    })),
  };
}

/**
 * The most of a day while a rule is enforced, in US dollars, whatever others do; null of those that know an attack by its looks, and bound nothing.
 */
export function boundOf({ name, threshold }: Rule, { perDay, rows }: ExposureReport): number | null {
  switch (name) {
    case "exposure":
      return perDay;
    case "first_destination":
      return rows.find(({ place }) => place === "first")?.perDay ?? null;
    case "spend_hour":
      return 24 * threshold;
    case "spend_day":
      return threshold;
    default:
      return null;
  }
}
