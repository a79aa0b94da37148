/**
 * The model that the search asks: the product's own rules, in this process and without a database, amid what is usual by the benchmark's
 * history. Nobody else's messages are counted beside an attack's: it has everything to itself.
 *
 * The bound is what GET /api/protection/exposure states (lib/protection/exposure.ts), of the destinations that the attack goes to: what may be unanswered in
 * a day, what may be in flight and what may fail, of strangers and of exempt numbers, times a message's price; countries that nobody
 * confirmed in are all within the row of first destinations; and in all no more than everything together may have. It is stated anew for each 24
 * hours that the attack has begun, and each part of it is the greatest that it was within these: it grows by what the attack confirms itself.
 */
import { DAY, HOUR } from "@/lib/terms/durations";
import type { Allowance, Scope } from "./counters";
import { Model, type Destination, type Sent, type Usual } from "./model";
import { BEGINNING } from "./programme";
import type { Spend } from "./search";
import { usualOf } from "./usual";

/** @returns the model by what is usual in a seed's history */
export function spendBy(seed: string): Spend {
  const usual = usualOf(seed);
  return (requests) => {
    const model = new Model(usual);
    const bound = new Bound(model, usual);
    const waiting: { at: number; sent: Sent; is: "confirmed" | "failed" }[] = [];
    let spent = 0;
    let hour = 0;
    const answerUntil = (at: number) => {
      for (let first = waiting[0]; first && first.at <= at; first = waiting[0]) {
        if (first.is === "confirmed") model.confirm(first.sent, first.at);
        else model.fail(first.sent, first.at);
        waiting.shift();
      }
    };
    for (const { at: since, phone, address, confirmsAfter, failsAfter, cost } of requests) {
      const at = BEGINNING + since;
      answerUntil(at);
      if (at >= hour + HOUR) {
        model.forget(at);
        hour = at;
      }
      const to = {
        number: phone.number,
        country: phone.place.country,
        network: phone.network,
        block: phone.block,
        address,
      };
      const { isRefused, exempt } = model.decide(to, at);
      bound.look(to, at, Math.floor(since / DAY), cost);
      if (isRefused) continue;
      const sent = model.count(to, at, exempt);
      if (confirmsAfter === null) spent += cost;
      const after = confirmsAfter ?? failsAfter;
      if (after === null) continue;
      const due = at + after;
      const later = waiting.findIndex((other) => other.at > due);
      waiting.splice(later < 0 ? waiting.length : later, 0, {
        at: due,
        sent,
        is: confirmsAfter === null ? "failed" : "confirmed",
      });
    }
    return { spent, bound: bound.sum() };
  };
}

/** The greatest of each part of what is stated, day by day. */
class Bound {
  private readonly days = new Map<number, Map<string, { price: number; parts: Allowance[] }>>();
  private readonly dearest: number;

  constructor(
    private readonly model: Model,
    private readonly usual: Usual,
  ) {
    this.dearest = Math.max(...[...usual.values()].map(({ price }) => price));
  }

  look({ country }: Destination, at: number, day: number, cost: number): void {
    const rows = this.days.get(day) ?? new Map<string, { price: number; parts: Allowance[] }>();
    this.days.set(day, rows);
    const place: [Scope, string] = this.model.isFirst(country) ? ["first", ""] : ["country", country];
    for (const [scope, subject] of [["all", ""], place] satisfies [Scope, string][]) {
      const key = scope === "country" ? subject : scope;
      const price = scope === "country" ? (this.usual.get(country)?.price ?? cost) : this.dearest;
      const before = rows.get(key)?.parts;
      const parts = [false, true].map((exempt, i) =>
        greatest(before?.[i], this.model.allowance(scope, subject, country, exempt, at)),
      );
      rows.set(key, { price, parts });
    }
  }

  sum(): number {
    let sum = 0;
    for (const rows of this.days.values()) {
      let places = 0;
      let together = Infinity;
      for (const [key, { price, parts }] of rows) {
        const messages = parts.reduce((all, { day, inFlight, failed }) => all + day + inFlight + failed, 0);
        if (key === "all") together = messages * price;
        else places += messages * price;
      }
      sum += Math.min(places, together);
    }
    return sum;
  }
}

function greatest(one: Allowance | undefined, other: Allowance): Allowance {
  if (!one) return other;
  return {
    hour: Math.max(one.hour, other.hour),
    day: Math.max(one.day, other.day),
    inFlight: Math.max(one.inFlight, other.inFlight),
    failed: Math.max(one.failed, other.failed),
  };
}
