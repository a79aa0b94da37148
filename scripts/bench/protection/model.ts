/** The rules `exposure` and `first_destination`, enforced with the thresholds that they come with: what `protect` of the database decides. */
import { DAY, HOUR } from "@/lib/terms/durations";
import {
  add,
  allowanceOf,
  countsOf,
  FORGOTTEN_AFTER,
  minuteOf,
  giveRoom,
  open,
  takeRoom,
  type Allowance,
  type Counter,
  type More,
  type Scope,
} from "./counters";

/** What is usual of a place, by country, by country:network and, of everything, by the empty name. */
export type Usual = ReadonlyMap<string, { mostConfirmed: number; share: number; price: number }>;

export interface Destination {
  number: string;
  country: string;
  network: string | null;
  block: string;
  address: string;
}

/** A message that was sent, as its row has it. */
export interface Sent extends Destination {
  at: number;
  exempt: boolean;
}

export interface Decided {
  isRefused: boolean;
  exempt: boolean;
  figures: { exposure: number; first?: number };
}

const UNKNOWN_SHARE = 0.5;
const FIRST_THRESHOLD = 20;
const EXEMPT_FOR = 90 * DAY;
const ANSWERED_BY_NONE = 3;
const BROKEN: ReadonlySet<Scope> = new Set<Scope>(["country", "network", "block"]);

export class Model {
  private readonly counters = new Map<string, Counter>();
  private readonly approved = new Map<string, number>();

  constructor(private readonly usual: Usual) {}

  isFirst(country: string): boolean {
    return (this.usual.get(country)?.mostConfirmed ?? 0) === 0;
  }

  decide(to: Destination, at: number): Decided {
    const approved = this.approved.get(to.number);
    const exempt = approved !== undefined && approved > at - EXEMPT_FOR;
    const figures: Decided["figures"] = { exposure: 0 };
    const broken: [Counter, allowedHour: number][] = [];
    let isHeld = false;
    for (const [scope, subject] of this.scopesOf(to)) {
      const counter = this.counter(scope, subject, exempt, at);
      const counts = countsOf(counter, at);
      const allowed = this.allowance(scope, subject, to.country, exempt, at);
      const over = Math.max(0, counts.inFlight + 1 - allowed.inFlight);
      const figure = Math.max(
        (counts.unansweredHour + over) / allowed.hour,
        (counts.unansweredDay + over) / allowed.day,
        (counts.failedDay + 1) / allowed.failed,
        scope === "address" && !counter.countries.includes(to.country)
          ? (counter.countries.length + 1) / Math.max(ANSWERED_BY_NONE, 0.3 * counts.confirmedDay)
          : 0,
      );
      if (scope === "first") figures.first = figure * FIRST_THRESHOLD;
      else figures.exposure = Math.max(figures.exposure, figure);
      if (exempt || !BROKEN.has(scope)) continue;
      const { breaker } = counter;
      if (!breaker) {
        if (figure > 1) broken.push([counter, allowed.hour]);
      } else if (breaker.openedAt <= at - 25 * HOUR && counts.sentDay === 0) counter.breaker = null;
      else if (figure <= 1 && breaker.room < 1 && breaker.nextTryAt > at) isHeld = true;
    }
    const isRefused = isHeld || figures.exposure > 1 || (figures.first ?? 0) > FIRST_THRESHOLD;
    if (isRefused) for (const [counter, allowedHour] of broken) open(counter, at, allowedHour);
    return { isRefused, exempt, figures };
  }

  /** As count_sent: only what is sent after all. */
  count(to: Destination, at: number, exempt: boolean): Sent {
    for (const [scope, subject] of this.scopesOf(to)) {
      const counter = this.counter(scope, subject, exempt, at);
      add(counter, at, minuteOf(at), { sent: 1, confirmed: 0, failed: 0 });
      if (scope === "address") {
        if (counter.touchedAt <= at - DAY) counter.countries = [to.country];
        else if (!counter.countries.includes(to.country)) counter.countries.push(to.country);
      }
      counter.touchedAt = at;
      takeRoom(counter, at);
    }
    return { ...to, at, exempt };
  }

  confirm(sent: Sent, at: number): void {
    this.approved.set(sent.number, at);
    this.change(sent, at, { sent: 0, confirmed: 1, failed: 0 });
  }

  /** The carrier gave it up. */
  fail(sent: Sent, at: number): void {
    this.change(sent, at, { sent: 0, confirmed: 0, failed: 1 });
  }

  forget(at: number): void {
    for (const [key, { touchedAt }] of this.counters)
      if (touchedAt < at - FORGOTTEN_AFTER) this.counters.delete(key);
  }

  /** What a row may have. @param country of the message, whose share counts where the scope has none of its own */
  allowance(scope: Scope, subject: string, country: string, exempt: boolean, at: number): Allowance {
    const hasOwn = scope === "all" || scope === "country" || scope === "network";
    const own = hasOwn ? this.usual.get(subject) : undefined;
    const share = own?.share ?? this.usual.get(country)?.share ?? UNKNOWN_SHARE;
    const counts = countsOf(this.counters.get(keyOf(scope, subject, exempt)), at);
    return allowanceOf(scope, share, own?.mostConfirmed ?? 0, counts);
  }

  private change(sent: Sent, at: number, more: More): void {
    for (const [scope, subject] of this.scopesOf(sent)) {
      const counter = this.counters.get(keyOf(scope, subject, sent.exempt));
      if (!counter) continue;
      add(counter, Math.max(at, counter.touchedAt), minuteOf(sent.at), more);
      if (more.confirmed === 0) continue;
      counter.countries = counter.countries.filter((each) => each !== sent.country);
      giveRoom(counter);
    }
  }

  private counter(scope: Scope, subject: string, exempt: boolean, at: number): Counter {
    const key = keyOf(scope, subject, exempt);
    const counter = this.counters.get(key) ?? { slots: [], countries: [], touchedAt: at, breaker: null };
    this.counters.set(key, counter);
    return counter;
  }

  private scopesOf({ country, network, block, address }: Destination): [Scope, string][] {
    return [
      ["all", ""],
      ["country", country],
      ...(this.isFirst(country) ? [["first", ""] satisfies [Scope, string]] : []),
      ...(network === null ? [] : [["network", `${country}:${network}`] satisfies [Scope, string]]),
      ["block", block],
      ["address", address],
    ];
  }
}

const keyOf = (scope: Scope, subject: string, exempt: boolean) => `${scope} ${exempt} ${subject}`;
