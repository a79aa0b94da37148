/** The traffic that is there every day: what each destination has in a day, and how much of it gets in. */
import { Random } from "@/demo/world/random";
import { busyness } from "@/demo/world/rhythm";
import { placeOf, type Phone } from "@/demo/world/world";
import { DAY, HOUR } from "@/lib/terms/durations";
import { person } from "./people";
import { BEGINNING, type Asker, type Receipt } from "./programme";

/** People a day on average, and how many of them get in: from the poorest route to the best. */
export const DESTINATIONS: Readonly<Record<string, readonly [aDay: number, conversion: number]>> = {
  ID: [300, 0.78],
  US: [160, 0.9],
  IN: [150, 0.8],
  GB: [100, 0.92],
  DE: [90, 0.91],
  BR: [70, 0.84],
  MX: [40, 0.82],
  FR: [40, 0.89],
  NG: [40, 0.66],
  PK: [30, 0.62],
  PL: [24, 0.9],
  ZA: [16, 0.8],
  KE: [7, 0.74],
  NO: [4, 0.92],
};

interface Stretch {
  /** In milliseconds from the scenario's beginning. */
  from: number;
  to: number;
  /** How many times as many people come. */
  times?: number;
  /** What a carrier does, where not as always. */
  carrier?: (at: number, phone: Phone) => Receipt | null;
}

/** How many days a history has. */
export const HISTORY_DAYS = 14;

/** What was sent before any scenario, the same for all. */
export function history(seed: string): Asker[] {
  return ordinary(`${seed}, history`, { from: -HISTORY_DAYS * DAY, to: 0 });
}

/** Those who come in any case, in the order of time: as busy as each hour is where they live. */
export function ordinary(seed: string, { from, to, times = 1, carrier }: Stretch): Asker[] {
  const random = new Random(`${seed}, ordinary`);
  const people: Asker[] = [];
  for (const [country, [aDay, conversion]] of Object.entries(DESTINATIONS)) {
    const { zone } = placeOf(country);
    const usual = usualBusyness(zone);
    for (let hour = from; hour < to; hour += HOUR) {
      const length = Math.min(HOUR, to - hour);
      const mean = (times * aDay * length * busyness(zone, BEGINNING + hour)) / (usual * DAY);
      const comers = random.poisson(mean);
      for (let i = 0; i < comers; i += 1) {
        const at = Math.round(hour + random.next() * length);
        people.push(person(random, { part: "ordinary", at, country, conversion, carrier }));
      }
    }
  }
  return inOrder(people);
}

/** How busy a zone is on average over a week. */
function usualBusyness(zone: string): number {
  const hours = Array.from({ length: (7 * DAY) / HOUR }, (_, hour) =>
    busyness(zone, BEGINNING + hour * HOUR),
  );
  return hours.reduce((sum, each) => sum + each, 0) / hours.length;
}

export function inOrder(askers: readonly Asker[]): Asker[] {
  const first = ({ tries }: Asker) => tries[0]?.at ?? 0;
  return [...askers].sort((one, other) => first(one) - first(other));
}
