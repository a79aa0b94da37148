/** Destinations whose messages are confirmed by chance, the same for the same seed. */
import { DAY, HOUR, QUARTER } from "@/lib/terms/durations";
import type { History } from "@/lib/insights/statistics/counted";

export const QUARTERS_A_DAY = DAY / QUARTER;
const QUARTERS_AN_HOUR = HOUR / QUARTER;

/** A Monday. */
const START = new Date("2026-05-04T00:00:00Z");

export interface World {
  days: number;
  seed: number;
  /** On average; three times as many by day as by night. */
  messagesAnHour: number;
  /** Of messages, by quarter-hour. */
  conversionAt: (quarter: number) => number;
  /** How likely somebody whose message did not come asks for the next one, up to three times: those come no better. */
  resending: number;
}

/** Numbers that look random from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const MOST_RESENDS = 3;

/** Who asks gets in with the first message, or with none, however often they ask again. */
export function historyOf({ days, seed, messagesAnHour, conversionAt, resending }: World): History {
  const random = randomOf(seed);
  const length = days * QUARTERS_A_DAY;
  const counts = () => new Int32Array(length);
  const [attempted, confirmed, asked, gotIn] = [counts(), counts(), counts(), counts()];
  let sentToUnlucky = 1;
  for (let i = 1, part = resending; i <= MOST_RESENDS; i += 1, part *= resending) sentToUnlucky += part;
  for (let quarter = 0; quarter < length; quarter += 1) {
    const conversion = conversionAt(quarter);
    // So many of the people have no luck that so many of the messages are confirmed.
    const unlucky = (1 - conversion) / (1 - conversion + sentToUnlucky * conversion);
    const messagesAPerson = 1 - unlucky + unlucky * sentToUnlucky;
    const mean = (messagesAnHour * shareAt(quarter)) / QUARTERS_AN_HOUR / messagesAPerson;
    const people = poisson(mean, random);
    let [messages, lucky] = [people, people];
    for (let person = 0; person < people; person += 1) {
      if (random() >= unlucky) continue;
      lucky -= 1;
      for (let resend = 0; resend < MOST_RESENDS && random() < resending; resend += 1) messages += 1;
    }
    [attempted[quarter], confirmed[quarter], asked[quarter], gotIn[quarter]] = [
      messages,
      lucky,
      people,
      lucky,
    ];
  }
  return { start: START, attempted, confirmed, people: { asked, gotIn } };
}

/** How much busier than on average a time of day is: from a half at 3 to one and a half at 15 o'clock. */
function shareAt(quarter: number): number {
  const day = (quarter % QUARTERS_A_DAY) / QUARTERS_A_DAY;
  return 1 - 0.5 * Math.cos(2 * Math.PI * (day - 0.125));
}

/** By multiplying, up to a mean of 30; above, the normal distribution is near enough. */
function poisson(mean: number, random: () => number): number {
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let [count, product] = [0, random()];
  while (product > limit) {
    count += 1;
    product *= random();
  }
  return count;
}
