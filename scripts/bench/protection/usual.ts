/** What is usual by the benchmark's history, as lib/insights/counting/usual.ts works it out of the cells. */
import { DAY } from "@/lib/terms/durations";
import type { Usual } from "./model";
import { history, HISTORY_DAYS } from "./ordinary";
import { dollarsOf } from "./prices";
import { BEGINNING } from "./programme";

interface Day {
  attempted: number;
  errors: number;
  confirmed: number;
  cost: number;
}

export function usualOf(seed: string): Usual {
  const places = new Map<string, Map<number, Day>>();
  const today = Math.floor(BEGINNING / DAY);
  for (const { phone, tries } of history(seed)) {
    const { country } = phone.place;
    const names = ["", country, ...(phone.network === null ? [] : [`${country}:${phone.network}`])];
    const cost = dollarsOf(phone.number);
    for (const { at, receipt, confirmsAfter } of tries) {
      const day = Math.floor((BEGINNING + at) / DAY);
      if (day < today - HISTORY_DAYS || day >= today) continue;
      for (const name of names) {
        const days = places.get(name) ?? new Map<number, Day>();
        const sum = days.get(day) ?? { attempted: 0, errors: 0, confirmed: 0, cost: 0 };
        sum.attempted += 1;
        if (receipt === "undelivered") sum.errors += 1;
        if (confirmsAfter !== null) sum.confirmed += 1;
        sum.cost += cost;
        places.set(name, days.set(day, sum));
      }
    }
  }
  return new Map([...places].map(([name, days]) => [name, usualOfDays([...days.values()])]));
}

function usualOfDays(days: readonly Day[]) {
  const attempted = days.reduce((sum, day) => sum + day.attempted, 0);
  const parts = days
    .filter((day) => day.attempted >= 10)
    .map((day) => Math.max(0, day.attempted - day.errors - day.confirmed) / Math.max(1, day.confirmed))
    .sort((one, other) => one - other);
  const middle = parts.length
    ? ((parts[Math.floor((parts.length - 1) / 2)] ?? 0) + (parts[Math.ceil((parts.length - 1) / 2)] ?? 0)) / 2
    : 0.25;
  return {
    mostConfirmed: Math.max(...days.map(({ confirmed }) => confirmed)),
    share: attempted < 100 ? 0.5 : Math.min(1, Math.max(0.3, 2 * middle)),
    price: days.reduce((sum, day) => sum + day.cost, 0) / attempted,
  };
}
