/** The figures in tables. */
import { timesOf, type Times } from "../support/measure";
import { duration, table, times } from "../support/table";
import type { Reading, Readings } from "./meter";

/** What was measured, in the order in which it is told. */
const NAMES = [
  "start: ours",
  "start: ours, two processes",
  "start: ours, PgBouncer",
  "start: ours, in process",
  "start: our statements",
  "start: better-auth",
  "start: better-auth, two processes",
  "start: better-auth, PgBouncer",
  "check: ours",
  "check: ours, two processes",
  "check: ours, PgBouncer",
  "check: ours, in process",
  "check: our statements",
  ...["", ", two processes", ", PgBouncer"].flatMap((mode) =>
    ["", ", with a session", ", without a user"].map((way) => `check: better-auth${mode}${way}`),
  ),
  "node:http, SELECT 1",
  "Next, empty",
  "Next, SELECT 1",
];

const HEAD = [
  "calls a second",
  "p10 – p90",
  "p50",
  "p95",
  "statements",
  "CPU: app",
  "database",
  "load, Twilio",
  "settled after",
];

export function readingsText(readings: Readings, connections: number): string {
  const rows = NAMES.flatMap((name) => {
    const all = readings.of(name, connections);
    return all.length ? [[name, ...cells(all)]] : [];
  });
  return table([[`${connections} at a time`, ...HEAD], ...rows]);
}

function cells(all: readonly Reading[]): string[] {
  const of = (figure: (reading: Reading) => number): Times => timesOf(all.map(figure));
  const rate = of((reading) => reading.rate);
  const spent = (part: keyof Reading["cpu"]) => duration(of(({ cpu }) => cpu[part]).median);
  return [
    rate.median.toFixed(0),
    `${rate.low.toFixed(0)} – ${rate.high.toFixed(0)}`,
    duration(of(({ p50 }) => p50).median),
    duration(of(({ p95 }) => p95).median),
    of(({ statements }) => statements).median.toFixed(2),
    spent("app"),
    spent("database"),
    spent("beside"),
    duration(1000 * of(({ settled }) => settled).median),
  ];
}

/** A statement that comes more seldom than this in a call is none of the call's. */
const SELDOM = 0.02;

/** What a call has PostgreSQL do, by the statements' names. */
export function statementsText(readings: Readings, connections: number): string {
  const told = [
    "start: ours",
    "check: ours",
    "start: better-auth",
    "check: better-auth",
    "check: better-auth, with a session",
  ];
  return told
    .flatMap((name) => {
      const named =
        readings
          .of(name, connections)
          .at(-1)
          ?.named.filter((each) => each.times >= SELDOM) ?? [];
      if (named.length === 0) return [];
      const rows = named.map((each) => [each.name, each.times.toFixed(2), duration(each.ms)]);
      return [table([[name, "times", "planning, executing"], ...rows])];
    })
    .join("\n\n");
}

interface Target {
  what: string;
  /** The side whose figure is divided by the other's. */
  over: [string, string];
  figure: (reading: Reading) => number;
  least?: number;
  most?: number;
}

const rate = ({ rate: each }: Reading) => each;
const p95 = ({ p95: each }: Reading) => each;

const TARGETS: Target[] = [
  { what: "start ÷ better-auth's send", over: ["start: ours", "start: better-auth"], figure: rate, least: 1 },
  {
    what: "check ÷ better-auth's verify, without a session",
    over: ["check: ours", "check: better-auth"],
    figure: rate,
    least: 4,
  },
  { what: "check ÷ Next's SELECT 1", over: ["check: ours", "Next, SELECT 1"], figure: rate, least: 1.3 },
  {
    what: "p95 of a start ÷ of better-auth's send",
    over: ["start: ours", "start: better-auth"],
    figure: p95,
    most: 1,
  },
  {
    what: "p95 of a check ÷ of better-auth's verify",
    over: ["check: ours", "check: better-auth"],
    figure: p95,
    most: 1,
  },
  {
    what: "check ÷ better-auth's verify, with a session",
    over: ["check: ours", "check: better-auth, with a session"],
    figure: rate,
  },
  {
    what: "check ÷ better-auth's, without a user",
    over: ["check: ours", "check: better-auth, without a user"],
    figure: rate,
  },
  { what: "start ÷ our statements alone", over: ["start: ours", "start: our statements"], figure: rate },
  { what: "check ÷ our statements alone", over: ["check: ours", "check: our statements"], figure: rate },
  {
    what: "start ÷ better-auth's send, two processes each",
    over: ["start: ours, two processes", "start: better-auth, two processes"],
    figure: rate,
  },
  {
    what: "check ÷ better-auth's verify, two processes each",
    over: ["check: ours, two processes", "check: better-auth, two processes"],
    figure: rate,
  },
  {
    what: "start ÷ better-auth's send, PgBouncer",
    over: ["start: ours, PgBouncer", "start: better-auth, PgBouncer"],
    figure: rate,
  },
  {
    what: "check ÷ better-auth's verify, PgBouncer",
    over: ["check: ours, PgBouncer", "check: better-auth, PgBouncer"],
    figure: rate,
  },
];

export interface Ratio {
  what: string;
  /** By the number of connections: the median of the rounds' ratios. */
  measured: Record<number, number>;
  target: string;
  /** At the number of connections that counts; null where there is no target. */
  met: boolean | null;
}

/** @param counts at how many connections the targets are meant */
export function ratios(readings: Readings, levels: readonly number[], counts: number): Ratio[] {
  return TARGETS.flatMap(({ what, over: [one, other], figure, least, most }) => {
    const measured: Record<number, number> = {};
    for (const level of levels) {
      const others = readings.of(other, level);
      const each = readings.of(one, level).flatMap((reading, round) => {
        const against = others[round];
        return against ? [figure(reading) / figure(against)] : [];
      });
      if (each.length) measured[level] = timesOf(each).median;
    }
    const found = measured[counts];
    if (found === undefined) return [];
    const met = least !== undefined ? found >= least : most !== undefined ? found <= most : null;
    const target = least !== undefined ? `≥ ${least}` : most !== undefined ? `≤ ${most}` : "";
    return [{ what, measured, target, met }];
  });
}

export function ratiosText(found: readonly Ratio[], levels: readonly number[], counts: number): string {
  const rows = found.map(({ what, measured, target, met }) => [
    what,
    ...levels.map((level) => (measured[level] === undefined ? "" : times(measured[level]))),
    target,
    met === null ? "" : met ? "met" : "NOT MET",
  ]);
  return table([
    ["Ratios", ...levels.map((level) => `${level} at a time`), `target at ${counts}`, ""],
    ...rows,
  ]);
}
