/**
 * Unverified pressure: how many messages nobody came back with, against how many people usually do. High where messages are sent to
 * be billed, not read. The thresholds are those that protection starts from, too: the database's function `unverified_threshold`.
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

interface Threshold {
  hour: number;
  day: number;
}

export async function pressureFrom(
  answers: readonly Tally[][],
  addresses: AddressPressure[],
): Promise<Pressure> {
  const [days = [], last = []] = answers;
  const greatestVerified = Math.max(0, ...days.map(({ all }) => all.counts.confirmed));
  const countsOf = (period: number) => last.find((tally) => tally.period === period)?.all.counts;
  const [day, hour] = [countsOf(0), countsOf(1)];
  const [threshold] = await read<[Threshold]>`
    select hour, day from unverified_threshold('country', ${greatestVerified}::int, ${hour?.confirmed ?? 0}::int, ${day?.confirmed ?? 0}::int)`;
  return {
    ...pressed(day, threshold.day),
    greatestVerified,
    hour: pressed(hour, threshold.hour),
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

interface AddressCounts extends Threshold {
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
    select address, attempted, confirmed, "hourAttempted", "hourConfirmed", t.hour, t.day from (
      select v.client_ip as address, count(*)::int as attempted, count(m.confirmed_at)::int as confirmed,
        count(*) filter (where in_hour)::int as "hourAttempted",
        count(m.confirmed_at) filter (where in_hour)::int as "hourConfirmed"
      from message m join verification v on v.id = m.verification_id,
        lateral (select m.requested_at >= ${hour.from}::timestamptz as in_hour) h
      where m.requested_at >= ${day.from}::timestamptz and m.requested_at < ${day.to}::timestamptz
        and m.sid is not null and v.client_ip is not null ${messageFilters(filters)}
      group by 1
    ) counted, unverified_threshold('address', 0, "hourConfirmed", confirmed) t
    order by attempted - confirmed desc, address limit 100`;
  return rows
    .map(
      ({ address, attempted, confirmed, hourAttempted, hourConfirmed, ...threshold }): AddressPressure => ({
        address,
        ...pressed({ attempted, confirmed }, threshold.day),
        hour: pressed({ attempted: hourAttempted, confirmed: hourConfirmed }, threshold.hour),
      }),
    )
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
