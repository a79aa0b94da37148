/**
 * Unverified pressure: how many messages nobody came back with, against how many people usually do. High where messages are sent to
 * be billed, not read. The thresholds are those of Authgear's protection against SMS pumping (docs/specs/fraud-protection.md of
 * authgear-server): a fifth of what is verified, and never less than a few.
 */
import { secondsAfter } from "../../clock";
import { DAY_SECONDS, HOUR_SECONDS } from "../../terms/durations";
import { messageFilters, type Filters } from "../asking/filters";
import { ceiling, floor, type Period } from "../counting/spans";
import { read } from "../asking/read";
import type { Question } from "../asking/question";
import type { Tally } from "../asking/tallies";

/** Messages of a window of time that were not confirmed, against those that were. */
export interface Pressed {
  /** Unverified ÷ threshold; above 1 is unusual. */
  value: number;
  unverified: number;
  verified: number;
}

export interface Pressure extends Pressed {
  /** The greatest number of confirmed messages in one of the 14 days before. */
  greatestVerified: number;
  /** Of the last hour; `value` and the others are of the last 24. */
  hour: Pressed;
  /** Of client addresses, the highest first; none for whoever is not to know them. */
  addresses: AddressPressure[];
}

export interface AddressPressure extends Pressed {
  /** As IPv4 or IPv6. */
  address: string;
  hour: Pressed;
}

const DAYS = 14;

/** A fifth of what is verified may stay unverified. */
const UNVERIFIED_SHARE = 0.2;

/** What may stay unverified at least: of a country in a day and an hour, of an address in a day and an hour. */
const LEAST_THRESHOLD = { day: 20, hour: 3, addressDay: 10, addressHour: 5 } as const;

/** An hour's part of a day's threshold. */
const HOURS_PART = 6;

/** The questions whose answers `pressureFrom` takes: of the days before, and of the last day and hour. */
export function pressureQuestions(to: Date, filters: Filters): Question[] {
  const [lastDay, lastHour] = windowsBefore(to);
  const hourOf = (daysBefore: number) => floor("hour", secondsAfter(lastDay.from, -daysBefore * DAY_SECONDS));
  const starts = Array.from({ length: DAYS }, (_, i) => hourOf(DAYS - i));
  return [
    {
      periods: [{ from: hourOf(DAYS), to: hourOf(0) }],
      filters,
      buckets: { starts, longest: "hour" },
      only: ["attempted", "confirmed"],
    },
    { periods: [lastDay, lastHour], filters, only: ["attempted", "confirmed"] },
  ];
}

/** The last 24 hours and the last hour, to the end of the quarter-hour. */
function windowsBefore(to: Date): [Period, Period] {
  const end = ceiling("quarter", to);
  return [
    { from: secondsAfter(end, -DAY_SECONDS), to: end },
    { from: secondsAfter(end, -HOUR_SECONDS), to: end },
  ];
}

export function pressureFrom(answers: readonly Tally[][], addresses: AddressPressure[]): Pressure {
  const [days = [], last = []] = answers;
  const greatestVerified = Math.max(0, ...days.map(({ all }) => all.counts.confirmed));
  const countsOf = (period: number) => last.find((tally) => tally.period === period)?.all.counts;
  const [day, hour] = [countsOf(0), countsOf(1)];
  const threshold = Math.max(
    LEAST_THRESHOLD.day,
    UNVERIFIED_SHARE * greatestVerified,
    UNVERIFIED_SHARE * (day?.confirmed ?? 0),
  );
  return {
    ...pressed(day, threshold),
    greatestVerified,
    hour: pressed(
      hour,
      Math.max(LEAST_THRESHOLD.hour, threshold / HOURS_PART, UNVERIFIED_SHARE * (hour?.confirmed ?? 0)),
    ),
    addresses,
  };
}

function pressed(counts: { attempted: number; confirmed: number } | undefined, threshold: number): Pressed {
  const { attempted = 0, confirmed = 0 } = counts ?? {};
  return {
    value: (attempted - confirmed) / threshold,
    unverified: attempted - confirmed,
    verified: confirmed,
  };
}

const ADDRESSES_SHOWN = 5;

interface AddressCounts {
  address: string;
  attempted: number;
  confirmed: number;
  hourAttempted: number;
  hourConfirmed: number;
}

/** The addresses under the highest pressure, in a day or an hour; read from a day's messages, by index. */
export async function readAddressPressure(to: Date, filters: Filters): Promise<AddressPressure[]> {
  const [day, hour] = windowsBefore(to);
  const rows = await read<AddressCounts[]>`
    select address, attempted, confirmed, "hourAttempted", "hourConfirmed" from (
      select v.client_ip as address, count(*)::int as attempted, count(m.confirmed_at)::int as confirmed,
        count(*) filter (where in_hour)::int as "hourAttempted",
        count(m.confirmed_at) filter (where in_hour)::int as "hourConfirmed"
      from message m join verification v on v.id = m.verification_id,
        lateral (select m.requested_at >= ${hour.from}::timestamptz as in_hour) h
      where m.requested_at >= ${day.from}::timestamptz and m.requested_at < ${day.to}::timestamptz
        and m.sid is not null and v.client_ip is not null ${messageFilters(filters)}
      group by 1
    ) counted
    order by attempted - confirmed desc, address limit 100`;
  return rows
    .map(({ address, attempted, confirmed, hourAttempted, hourConfirmed }): AddressPressure => {
      const threshold = (least: number, verified: number) => Math.max(least, UNVERIFIED_SHARE * verified);
      return {
        address,
        ...pressed({ attempted, confirmed }, threshold(LEAST_THRESHOLD.addressDay, confirmed)),
        hour: pressed(
          { attempted: hourAttempted, confirmed: hourConfirmed },
          threshold(LEAST_THRESHOLD.addressHour, confirmed / HOURS_PART),
        ),
      };
    })
    .sort((a, b) => Math.max(b.value, b.hour.value) - Math.max(a.value, a.hour.value))
    .slice(0, ADDRESSES_SHOWN);
}

/** The same as rows, for a file: of the country and of each address, in a day and an hour. */
export function pressureRows(pressure: Pressure): (Pressed & { of: string; window: "24h" | "1h" })[] {
  return [{ address: "country", ...pressure }, ...pressure.addresses].flatMap(
    ({ address: of, value, unverified, verified, hour }) => [
      { of, window: "24h" as const, value, unverified, verified },
      { of, window: "1h" as const, ...hour },
    ],
  );
}
