/**
 * A recount of the insights that shares nothing with what it checks: it reads the rows of messages, verifications and feedback
 * and counts them one by one, with no cell, no tally function, no Temporal and none of lib's formulas.
 */
import type pg from "pg";

export type Interval = "quarter-hour" | "hour" | "day" | "week" | "month";

export interface SeenMessage {
  id: string;
  verificationId: string;
  sid: string | null;
  country: string;
  network: string | null;
  block: string;
  action: string;
  sender: string;
  channel: string;
  locale: string | null;
  status: string | null;
  errorCode: number | null;
  requestedAt: Date;
  refusedAt: Date | null;
  acceptedAt: Date | null;
  deliveredAt: Date | null;
  confirmedAt: Date | null;
  late: boolean;
  /** Which message of its verification it is. */
  ordinal: number;
  /** As the database writes a decimal. */
  price: string | null;
  priceUnit: string | null;
  /** Whether Twilio has taken its feedback. */
  reported: boolean;
  /** Where its feedback stands, in the log's words, and why it failed; null without one. */
  feedback: string | null;
  feedbackError: string | null;
}

export interface SeenVerification {
  id: string;
  country: string;
  network: string | null;
  block: string;
  action: string;
  /** Its first message's. */
  sender: string;
  channel: string;
  locale: string | null;
  status: string;
  sends: number;
  createdAt: Date;
  acceptedAt: Date | null;
  deniedAt: Date | null;
}

export interface Seen {
  messages: SeenMessage[];
  verifications: SeenVerification[];
}

/** Reads everything; in one snapshot when the client is in a transaction that has one. */
export async function look(client: Pick<pg.Pool, "query">): Promise<Seen> {
  const messages = await client.query<SeenMessage>(
    `select m.id, verification_id as "verificationId", sid, country, network, block, action::text,
       sender, channel::text, locale, status::text, error_code as "errorCode", requested_at as "requestedAt", m.refused_at as "refusedAt", accepted_at as "acceptedAt",
       delivered_at as "deliveredAt", confirmed_at as "confirmedAt", late, attempt as ordinal, price, price_unit as "priceUnit",
       case when f.message_id is null then null when f.reported_at is not null then 'reported'
         when f.refused_at is not null then 'refused' when f.tries = 0 then 'pending' else 'retrying' end as feedback,
       f.error as "feedbackError",
       f.reported_at is not null as reported
     from message m left join feedback f on f.message_id = m.id`,
  );
  const verifications = await client.query<SeenVerification>(
    `select id, country, network, block, action::text, sender, channel::text, locale, status::text, sends, created_at as "createdAt",
       accepted_at as "acceptedAt", denied_at as "deniedAt"
     from verification`,
  );
  return { messages: messages.rows, verifications: verifications.rows };
}

/** What was there before and is gone: what retention has deleted stays in the reports. */
export function goneBetween(before: Seen, after: Seen): Seen {
  const messages = new Set(after.messages.map(({ id }) => id));
  const verifications = new Set(after.verifications.map(({ id }) => id));
  return {
    messages: before.messages.filter(({ id }) => !messages.has(id)),
    verifications: before.verifications.filter(({ id }) => !verifications.has(id)),
  };
}

export function together(a: Seen, b: Seen): Seen {
  return {
    messages: [...a.messages, ...b.messages],
    verifications: [...a.verifications, ...b.verifications],
  };
}

/** Filters as the query has them; `unknown` is the network that is not known. */
export type FilterValues = Partial<
  Record<
    `${"country" | "network" | "block" | "action" | "sender" | "channel" | "locale" | "status" | "errorCode"}${"" | "!"}`,
    string[]
  >
> &
  Partial<Record<Flag, "true" | "false">> & { feedback?: string[]; feedbackError?: string[] };

type Flag = "confirmed" | "failed" | "late" | "resent" | "unreported";

export interface Stretch {
  from: Date;
  to: Date;
}

type Place = Pick<SeenMessage, "country" | "network" | "block" | "action" | "sender" | "channel" | "locale">;

function holds(value: string, wanted: string[] = [], unwanted: string[] = []): boolean {
  return (wanted.length === 0 || wanted.includes(value)) && !unwanted.includes(value);
}

function passes(row: Place, filters: FilterValues): boolean {
  return (
    holds(row.country, filters.country, filters["country!"]) &&
    holds(
      (row.network ?? "unknown").toLowerCase(),
      filters.network?.map((name) => name.toLowerCase()),
      filters["network!"]?.map((name) => name.toLowerCase()),
    ) &&
    holds(row.block, filters.block, filters["block!"]) &&
    holds(row.action, filters.action, filters["action!"]) &&
    holds(row.sender, filters.sender, filters["sender!"]) &&
    holds(row.channel, filters.channel, filters["channel!"]) &&
    holds(row.locale ?? "unknown", filters.locale, filters["locale!"])
  );
}

/** Whether the filters by what became of it leave a message. */
function endedSo(row: SeenMessage, filters: FilterValues): boolean {
  const { status, errorCode } = row;
  return (
    holds(status ?? "none", filters.status, filters["status!"]) &&
    holds(String(errorCode ?? "none"), filters.errorCode, filters["errorCode!"]) &&
    holds(row.feedback ?? "none", filters.feedback) &&
    holds(row.feedbackError ?? "none", filters.feedbackError) &&
    FLAGS.every((flag) => filters[flag] === undefined || filters[flag] === String(saysOf(row)[flag]))
  );
}

function saysOf(row: SeenMessage): Record<Flag, boolean> {
  const came = row.confirmedAt !== null;
  return {
    confirmed: came,
    failed: row.sid === null ? row.refusedAt !== null : FAILED.includes(row.status ?? ""),
    late: came && row.late,
    resent: row.ordinal >= 2,
    unreported: came && row.sid !== null && !row.reported,
  };
}

const FLAGS: Flag[] = ["confirmed", "failed", "late", "resent", "unreported"];
const FATES = [
  "status",
  "status!",
  "errorCode",
  "errorCode!",
  "feedback",
  "feedbackError",
  ...FLAGS,
] as const;

const isWithin = (moment: Date, { from, to }: Stretch) => moment >= from && moment < to;

/** The part of it in a stretch of time that passes the filters. A verification ended as any of its messages did. */
export function partOf(seen: Seen, stretch: Stretch, filters: FilterValues = {}): Seen {
  const byFate = FATES.some((name) => (filters[name]?.length ?? 0) > 0);
  const chosen = seen.messages.filter((row) => endedSo(row, filters));
  const verifications = new Set(chosen.map(({ verificationId }) => verificationId));
  return {
    messages: chosen.filter((row) => isWithin(row.requestedAt, stretch) && passes(row, filters)),
    verifications: seen.verifications.filter(
      (row) =>
        isWithin(row.createdAt, stretch) && passes(row, filters) && (!byFate || verifications.has(row.id)),
    ),
  };
}

/** The parts it falls into by a key. */
export function partsBy(seen: Seen, keyOf: (row: Place) => string): Map<string, Seen> {
  const parts = new Map<string, Seen>();
  const partAt = (key: string) => {
    const part = parts.get(key) ?? { messages: [], verifications: [] };
    parts.set(key, part);
    return part;
  };
  for (const message of seen.messages) partAt(keyOf(message)).messages.push(message);
  for (const verification of seen.verifications) partAt(keyOf(verification)).verifications.push(verification);
  return parts;
}

const OK = ["sent", "delivered", "read"];
const FAILED = ["failed", "undelivered"];
const MOVING = ["accepted", "scheduled", "queued", "sending"];

const isOneOf = (list: string[]) => (row: SeenMessage) => list.includes(row.status ?? "");

function countsOf({ messages, verifications }: Seen) {
  const attempted = messages.filter((row) => row.sid !== null);
  const confirmed = attempted.filter((row) => row.confirmedAt !== null);
  const started = verifications.filter((row) => row.acceptedAt !== null && row.status !== "canceled");
  const resent = started.filter((row) => row.sends > 1);
  const isApproved = (row: SeenVerification) => row.status === "approved";
  const without = messages.filter((row) => row.sid === null);
  return {
    attempted: attempted.length,
    statusOk: attempted.filter(isOneOf(OK)).length,
    errors: attempted.filter(isOneOf(FAILED)).length,
    inFlight: attempted.filter(isOneOf(MOVING)).length,
    canceled: attempted.filter(isOneOf(["canceled"])).length,
    refused: without.filter((row) => row.refusedAt !== null).length,
    unknown: without.filter((row) => row.refusedAt === null).length,
    delivered: attempted.filter((row) => row.deliveredAt !== null || row.confirmedAt !== null).length,
    confirmed: confirmed.length,
    late: confirmed.filter((row) => row.late).length,
    contradicted: confirmed.filter((row) => !isOneOf(OK)(row)).length,
    reported: messages.filter((row) => row.reported).length,
    verifications: started.length,
    approved: started.filter(isApproved).length,
    resent: resent.length,
    recovered: resent.filter(isApproved).length,
    denied: verifications.filter((row) => row.deniedAt !== null).length,
  };
}

export type RecountedCounts = ReturnType<typeof countsOf>;

export interface RecountedSpend {
  currency: string;
  priced: number;
  amount: number;
  costPerConversion: number | null;
  wasted: number;
}

export interface Recounted {
  counts: RecountedCounts;
  mature: RecountedCounts;
  rates: Record<string, number | null>;
  lowSample: boolean;
  /** Seconds, of the mature ones, ascending. */
  timeToConfirm: number[];
  deliveryLatency: number[];
  spend: RecountedSpend[];
}

const QUARTER = 15 * 60_000;

/** The start of the quarter-hour a moment is in. */
const quarterOf = (moment: Date) => moment.getTime() - (moment.getTime() % QUARTER);

/** Whether a moment's quarter-hour ended longer ago than a secret's lifetime and five minutes. */
function isMature(moment: Date, now: Date, lifetimeSeconds = 600): boolean {
  return now.getTime() - (quarterOf(moment) + QUARTER) >= (lifetimeSeconds + 300) * 1000;
}

/** All figures of a row. */
export function recount(seen: Seen, now: Date): Recounted {
  const settled = {
    messages: seen.messages.filter((row) => isMature(row.requestedAt, now)),
    verifications: seen.verifications.filter((row) => isMature(row.createdAt, now)),
  };
  const counts = countsOf(seen);
  const mature = countsOf(settled);
  const attempted = settled.messages.filter((row) => row.sid !== null);
  const arrived = attempted.filter((row) => row.confirmedAt !== null || isOneOf(OK)(row)).length;
  const bounds = scoreInterval(mature.confirmed, mature.attempted);
  const seconds = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1000;
  const accepted = attempted.filter((row) => row.acceptedAt !== null);
  return {
    counts,
    mature,
    rates: {
      conversion: over(mature.confirmed, mature.attempted),
      conversionLow: bounds?.[0] ?? null,
      conversionHigh: bounds?.[1] ?? null,
      inTimeConversion: over(mature.confirmed - mature.late, mature.attempted),
      deliveredConversion: over(mature.confirmed, arrived),
      successRate: over(mature.approved, mature.verifications),
      resendRate: over(mature.resent, mature.verifications),
      recoveryRate: over(mature.recovered, mature.resent),
      priceCoverage: over(attempted.filter(isPriced).length, mature.attempted),
      feedbackCoverage: over(counts.reported, counts.confirmed),
    },
    lowSample: mature.attempted < 30,
    timeToConfirm: accepted
      .flatMap((row) => (row.confirmedAt && !row.late ? [seconds(row.acceptedAt!, row.confirmedAt)] : []))
      .sort((a, b) => a - b),
    deliveryLatency: accepted
      .flatMap((row) => (row.deliveredAt ? [seconds(row.acceptedAt!, row.deliveredAt)] : []))
      .sort((a, b) => a - b),
    spend: spendOf(seen, settled, mature.confirmed),
  };
}

const isPriced = (row: SeenMessage) => row.sid !== null && row.price !== null && row.priceUnit !== null;

function spendOf(seen: Seen, settled: Seen, confirmed: number): RecountedSpend[] {
  const currencies = [...new Set(seen.messages.filter(isPriced).map((row) => row.priceUnit!))].sort();
  return currencies.map((currency) => {
    const priced = (of: Seen) => of.messages.filter((row) => isPriced(row) && row.priceUnit === currency);
    const sum = (rows: SeenMessage[]) => rows.reduce((all, row) => all + Math.abs(Number(row.price)), 0);
    return {
      currency,
      priced: priced(seen).length,
      amount: sum(priced(seen)),
      costPerConversion: over(sum(priced(settled)), confirmed),
      wasted: sum(priced(settled).filter((row) => row.confirmedAt === null)),
    };
  });
}

const over = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/**
 * Wilson's interval as what it is: the two rates p that lie just 1.96 of their own standard errors from the observed one, that is
 * the roots of (n + z²) p² − (2k + z²) p + k²/n = 0.
 */
function scoreInterval(k: number, n: number): [number, number] | null {
  if (n === 0) return null;
  const z2 = 1.959963984540054 ** 2;
  const [a, b, c] = [n + z2, -(2 * k + z2), (k * k) / n];
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}

/** Of ascending values, the one that a share of all does not exceed (the nearest rank). */
export function exactPercentile(ascending: readonly number[], share: number): number | null {
  if (ascending.length === 0) return null;
  // 0.9 × 70 is 63.000000000000007 in floating point.
  const rank = Math.ceil(share * ascending.length - 1e-9);
  return ascending[Math.max(1, rank) - 1]!;
}

/** Messages by kind of failure and Twilio's code: `error 30003`, `refusal null`. */
export function failuresOf({ messages }: Seen): Map<string, number> {
  const failures = new Map<string, number>();
  for (const row of messages) {
    const failed = row.sid !== null && isOneOf(FAILED)(row);
    const refused = row.sid === null && row.refusedAt !== null;
    if (!failed && !refused) continue;
    const key = `${failed ? "error" : "refusal"} ${row.errorCode}`;
    failures.set(key, (failures.get(key) ?? 0) + 1);
  }
  return failures;
}

/** The buckets of a range in a zone, found by looking at the clock on the wall every quarter of an hour. */
export function localBuckets({ from, to }: Stretch, tz: string, interval: Interval): Stretch[] {
  const clockAt = wallClock(tz);
  const starts = [from];
  let before = clockAt(from.getTime());
  for (let time = from.getTime() + QUARTER; time < to.getTime(); time += QUARTER) {
    const now = clockAt(time);
    if (BEGINS[interval](now, before)) starts.push(new Date(time));
    before = now;
  }
  return starts.map((start, i) => ({ from: start, to: starts[i + 1] ?? to }));
}

interface WallClock {
  date: string;
  weekday: string;
  day: string;
  hour: string;
  minute: string;
}

const BEGINS: Record<Interval, (now: WallClock, before: WallClock) => boolean> = {
  "quarter-hour": () => true,
  hour: (now, before) => now.minute === "00" || now.hour !== before.hour,
  day: (now, before) => now.date !== before.date,
  week: (now, before) => now.date !== before.date && now.weekday === "Mon",
  month: (now, before) => now.date !== before.date && now.day === "01",
};

const clocks = new Map<string, (time: number) => WallClock>();

function wallClock(tz: string): (time: number) => WallClock {
  const known = clocks.get(tz);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    calendar: "gregory",
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const read = new Map<number, WallClock>();
  const clock = (time: number) => {
    const earlier = read.get(time);
    if (earlier) return earlier;
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const { year, month, day = "", weekday = "", hour = "", minute = "" } = parts;
    const shown = { date: `${year}-${month}-${day}`, weekday, day, hour, minute };
    read.set(time, shown);
    return shown;
  };
  clocks.set(tz, clock);
  return clock;
}
