/** What sign-ins are measured beside. */
import { DAY, QUARTER } from "@/lib/terms/durations";

/** Slow reports are asked for so often, a second. */
export const REPORTS_A_SECOND = 50;

/** What whoever asks is told, as JSON in a variable of this name. */
export interface Order {
  origin: string;
  key: string;
  /** Its name. */
  siege: string;
  seconds: number;
}
export const ORDER_VARIABLE = "OTP_INSIGHTS_SIEGE";

/** What is asked for, all over some 90 days: counted from messages, and as long as they come. */
export const SIEGES: readonly Siege[] = [
  { name: "confirmed=true", path: () => "/api/insights/summary?range=90d&confirmed=true", abort: false },
  {
    name: "the same, each of another range",
    path: (n) =>
      `/api/insights/summary?from=${new Date(Date.now() - 90 * DAY + n * QUARTER).toISOString()}&confirmed=true`,
    abort: false,
  },
  { name: "its page", path: () => "/?range=90d&confirmed=true", abort: false },
  {
    name: "the same, given up after 0.4 s",
    path: () => "/api/insights/summary?range=90d&confirmed=true",
    abort: true,
  },
  {
    name: "series of many buckets",
    path: () => "/api/insights/timeseries?range=90d&interval=hour",
    abort: false,
  },
  { name: "files of all messages", path: () => "/api/insights/messages?range=90d&format=csv", abort: false },
];

export interface Siege {
  name: string;
  /** @param n which of its requests it is */
  path: (n: number) => string;
  /** Whether its clients give up at once. */
  abort: boolean;
}
