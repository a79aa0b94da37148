/**
 * The state of places: what becomes of the next message there, by what people said of it and by how much is unanswered.
 *
 * As `protect` decides it (prisma/structure.sql), but of many places at once, and nothing is locked or counted.
 */
import { now } from "../clock";
import { readReport, sql } from "../db";
import { servedRequest } from "../served";
import type { DestinationMode, RuleMode } from "../terms/rules";
import { EVERYWHERE, FIRST_DESTINATIONS, type PlaceStateName, type StateCause } from "../terms/place-states";
import { isRefusedCountry } from "./destinations";
import { placesOf, type Spot } from "./place";

export interface PlaceState {
  is: PlaceStateName;
  /** Null of what is open. */
  by: StateCause | null;
  /** Of which place that is so: its own, or one that it is a part of; null of what is open. */
  of: string | null;
  /** Of a cap. */
  perHour: number | null;
  /** Of what people said. */
  reason: string | null;
  /** When that ends; null where it does not. */
  until: Date | null;
}

const OPEN: PlaceState = { is: "open", by: null, of: null, perHour: null, reason: null, until: null };

/** The states of spots, each by its most particular place. */
export type PlaceStates = (spot: Spot) => PlaceState;

/**
 * Reads the states of all that an answer shows, in one statement.
 *
 * @param forEverybody whether whoever asks may be neither an operator nor a program: then only that it is so, and nothing that helps around it
 */
export async function readStates(
  spots: readonly Spot[],
  { forEverybody = false }: { forEverybody?: boolean } = {},
): Promise<PlaceStates> {
  const countryOf = new Map(spots.flatMap((spot) => placesOf(spot).map((place) => [place, spot.country])));
  const facts = spots.length === 0 ? [] : await readFacts(countryOf);
  const byPlace = new Map(facts.map((fact) => [fact.place, fact]));
  return (spot) => {
    const { is, by, of, ...told } = stateOf(spot, byPlace);
    return forEverybody ? { ...OPEN, is, by, of } : { is, by, of, ...told };
  };
}

/** What is known of a place. */
interface Fact {
  place: string;
  mode: DestinationMode | null;
  perHour: number | null;
  reason: string | null;
  until: Date | null;
  /** Messages of the last hour, which caps count. */
  sentHour: number;
  /** What the rule does that bounds what is unanswered there. */
  rule: RuleMode;
  /** Whether it would refuse the next message. */
  isFull: boolean;
  /** Whether it was refused and is not open yet, and whether that refuses the next message. */
  isBroken: boolean;
  isShut: boolean;
  /** Of a country: whether it is one of those that are new. */
  isFirst: boolean;
}

/** The scopes are those of exposure_scopes, and when one is full is as in protect. */
function readFacts(countryOf: ReadonlyMap<string, string>): Promise<Fact[]> {
  const at = sql`${now()}::timestamptz`;
  const [places, countries] = [[...countryOf.keys()], [...countryOf.values()]];
  return readReport<Fact>(
    sql`
    with asked as (
      select place, country, case when place like '+%' then 'block' when place = country then 'country' else 'network' end as scope,
        place as subject
      from unnest(${places}::text[], ${countries}::text[]) as p (place, country)
      union all values (${EVERYWHERE}, '', 'all', ''), (${FIRST_DESTINATIONS}, '', 'first', '')
    )
    select a.place, d.mode, d.per_hour as "perHour", d.reason, d.until, c.sent_hour as "sentHour", r.mode as rule,
      a.scope = 'country' and coalesce(own.most_confirmed, 0) = 0 as "isFirst",
      r.mode <> 'off' and case a.scope when 'first' then 20 else 1 end * greatest(
        (c.unanswered_hour + greatest(0, c.in_flight + 1 - w.in_flight))::float8 / w.hour,
        (c.unanswered_day + greatest(0, c.in_flight + 1 - w.in_flight))::float8 / w.day,
        (c.failed_day + 1)::float8 / w.failed) > r.threshold as "isFull",
      b.is_broken as "isBroken", b.is_broken and e.room < 1 and coalesce(e.next_try_at > ${at}, false) as "isShut"
    from asked a
    join rule r on r.name = case a.scope when 'first' then 'first_destination' else 'exposure' end
    left join destination_rule d on d.place = a.place and (d.until is null or d.until > ${at})
    left join exposure e on e.scope = a.scope and e.subject = a.subject and not e.exempt
    left join usual own on own.place = a.subject and a.scope in ('all', 'country', 'network')
    left join usual around on around.place = a.country and a.country <> '',
    lateral exposure_counts(e.slots, e.sent, e.confirmed, e.failed, ${at}) c,
    lateral exposure_allowance(a.scope, coalesce(own.share, around.share, 0.5), coalesce(own.most_confirmed, 0),
      c.confirmed_hour, c.confirmed_day, c.confirmed_lately) w,
    -- After a day without a message the next one closes it.
    lateral (select r.mode = 'enforce' and e.opened_at is not null and (c.sent_day > 0 or e.opened_at > ${at} - interval '25 hours') as is_broken) b`,
    servedRequest()?.signal,
  );
}

function stateOf(spot: Spot, facts: ReadonlyMap<string, Fact>): PlaceState {
  const { country } = spot;
  if (isRefusedCountry(country)) return { ...OPEN, is: "blocked", by: "countries", of: country };
  const own = placesOf(spot).flatMap((place) => facts.get(place) ?? []);
  const said = own.find(({ mode }) => mode !== null);
  if (said?.mode === "block") return saidState("blocked", said);
  if (said?.mode === "allow") return saidState("allowed", said);
  const first = own.some(({ isFirst }) => isFirst) ? facts.get(FIRST_DESTINATIONS) : undefined;
  const counted = [...own, first, facts.get(EVERYWHERE)].filter((fact) => fact !== undefined);
  const refusing = counted.find(({ isShut, isFull, rule }) => isShut || (isFull && rule === "enforce"));
  if (refusing) {
    return { ...OPEN, is: "refusing", by: refusing.isBroken ? "breaker" : "exposure", of: refusing.place };
  }
  const isUsedUp = said?.mode === "cap" && said.sentHour >= (said.perHour ?? Infinity);
  if (said && isUsedUp) return saidState("refusing", said);
  const broken = own.find(({ isBroken }) => isBroken);
  if (broken) return { ...OPEN, is: "opening", by: "breaker", of: broken.place };
  if (said?.mode === "cap") return saidState("capped", said);
  if (said?.mode === "monitor") return saidState("monitored", said);
  const noted = counted.find(({ isFull }) => isFull);
  return noted ? { ...OPEN, is: "full", by: "exposure", of: noted.place } : OPEN;
}

function saidState(is: PlaceStateName, { place, perHour, reason, until }: Fact): PlaceState {
  return { is, by: "said", of: place, perHour, reason, until };
}
