/** The counters of protection in this process: what the functions exposure_with, exposure_counts and exposure_allowance of the database do. */
import { DAY, HOUR, MINUTE } from "@/lib/terms/durations";

export type Scope = "all" | "country" | "first" | "network" | "block" | "address";

/** So many messages of a slot of time, which is what it begins with. */
interface Slot {
  slot: number;
  sent: number;
  confirmed: number;
  failed: number;
}

/** A row of the table exposure. */
export interface Counter {
  slots: Slot[];
  /** Of an address: the countries of which nothing came back. */
  countries: string[];
  touchedAt: number;
  /** Null where it is closed. */
  breaker: Breaker | null;
}

/** What `breaker_opened` and `breaker_answered` of the database keep. */
interface Breaker {
  openedAt: number;
  room: number;
  tries: number;
  answered: number;
  needed: number;
  nextTryAt: number;
}

const FIRST_TRY = 10 * MINUTE;

export function open(counter: Counter, at: number, allowedHour: number): void {
  counter.breaker ??= {
    openedAt: at,
    room: 0,
    tries: 0,
    answered: 0,
    needed: Math.max(2, allowedHour),
    nextTryAt: at + FIRST_TRY,
  };
}

/** Of a message that is sent while it is not closed. */
export function takeRoom(counter: Counter, at: number): void {
  const { breaker } = counter;
  if (!breaker) return;
  if (breaker.room < 1) {
    breaker.nextTryAt = at + Math.min(HOUR, FIRST_TRY * 2 ** Math.min(breaker.tries, 4));
    breaker.tries += 1;
  } else breaker.room -= 1;
}

/** Of a message that is confirmed while it is not closed. */
export function giveRoom(counter: Counter): void {
  const { breaker } = counter;
  if (!breaker) return;
  breaker.room += 2;
  breaker.answered += 1;
  breaker.tries = Math.max(breaker.tries, 1);
  if (breaker.answered >= breaker.needed) counter.breaker = null;
}

export type More = Omit<Slot, "slot">;

const floorTo = (length: number, at: number) => Math.floor(at / length) * length;

export const minuteOf = (at: number) => floorTo(MINUTE, at);

function slotSeen(slot: number, at: number): number {
  if (floorTo(HOUR, slot) <= at - 2 * HOUR) return floorTo(HOUR, slot);
  return floorTo(5 * MINUTE, slot) <= at - 9 * MINUTE ? floorTo(5 * MINUTE, slot) : minuteOf(slot);
}

/** Adds to a slot, puts older slots together and leaves out what is older than a day. */
export function add(counter: Counter, at: number, slot: number, more: More): void {
  const merged = new Map<number, Slot>();
  for (const each of [...counter.slots, { slot, ...more }]) {
    if (each.slot <= at - 25 * HOUR) continue;
    const seen = slotSeen(each.slot, at);
    const before = merged.get(seen) ?? { slot: seen, sent: 0, confirmed: 0, failed: 0 };
    before.sent += each.sent;
    before.confirmed += each.confirmed;
    before.failed += each.failed;
    merged.set(seen, before);
  }
  counter.slots = [...merged.values()];
}

export interface Counts {
  sentDay: number;
  unansweredHour: number;
  unansweredDay: number;
  failedDay: number;
  inFlight: number;
  confirmedHour: number;
  confirmedDay: number;
  confirmedLately: number;
}

export function countsOf(counter: Counter | undefined, at: number): Counts {
  const counts: Counts = {
    sentDay: 0,
    unansweredHour: 0,
    unansweredDay: 0,
    failedDay: 0,
    inFlight: 0,
    confirmedHour: 0,
    confirmedDay: 0,
    confirmedLately: 0,
  };
  for (const { slot, sent, confirmed, failed } of counter?.slots ?? []) {
    if (slot <= at - 25 * HOUR) continue;
    const unanswered = Math.max(0, sent - confirmed - failed);
    counts.sentDay += sent;
    const isInHour = slot > at - 65 * MINUTE;
    if (slot > at - 4 * MINUTE) counts.inFlight += unanswered;
    else {
      counts.unansweredDay += unanswered;
      if (isInHour) counts.unansweredHour += unanswered;
    }
    counts.failedDay += failed;
    counts.confirmedDay += confirmed;
    if (isInHour) counts.confirmedHour += confirmed;
    if (slot > at - 5 * MINUTE) counts.confirmedLately += confirmed;
  }
  return counts;
}

/** Least values: of what is allowed in an hour, in a day and in flight, and of what is unusual in an hour and in a day. */
const LEAST: Readonly<Record<Scope, readonly [number, number, number, number, number]>> = {
  all: [30, 60, 100, 15, 60],
  country: [10, 20, 40, 3, 20],
  first: [10, 20, 40, 3, 20],
  network: [9, 15, 30, 3, 15],
  block: [8, 10, 10, 3, 10],
  address: [8, 12, 20, 5, 10],
};

export interface Allowance {
  hour: number;
  day: number;
  inFlight: number;
  failed: number;
}

export function allowanceOf(scope: Scope, share: number, most: number, counts: Counts): Allowance {
  const { confirmedHour, confirmedDay, confirmedLately } = counts;
  const [hour, day, inFlight, unusualHour, unusualDay] = LEAST[scope];
  // Of few people, so many more may be unlucky.
  const luck = scope === "all" || scope === "first" ? 0 : 3;
  const unlucky = (confirmed: number) => share * confirmed + luck * Math.sqrt(share * confirmed);
  const recent = scope === "address" ? (0.2 * confirmedDay) / 6 : 0.2 * confirmedHour;
  return {
    hour: Math.floor(
      Math.max(hour, unusualHour, (0.2 * most) / 6, recent, (share * most) / 6, unlucky(confirmedHour)),
    ),
    day: Math.floor(
      Math.max(day, unusualDay, 0.3 * most, 0.3 * confirmedDay, share * most, unlucky(confirmedDay)),
    ),
    inFlight: Math.floor(Math.max(inFlight, 2 * share * confirmedLately)),
    failed: Math.floor(Math.max(20, 0.6 * most, 0.6 * confirmedDay)),
  };
}

/** Rows not touched for longer than this are forgotten, see lib/protection/forget.ts. */
export const FORGOTTEN_AFTER = DAY + 2 * HOUR;
