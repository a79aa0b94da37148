/** A day's figures in tables. */
import { at } from "../starvation/quantile";
import { timesOf } from "../support/measure";
import { duration, table } from "../support/table";
import { CALL_NAMES, type Done } from "./course";
import type { State } from "./state";

export interface Hour {
  hour: number;
  people: number;
  done: Done;
  /** As it was at the hour's end. */
  state: State;
}

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 2 : 0)} MB`;

/** So much of the day is told in a row, in hours. */
const HOURS_A_ROW = 3;

export function callsText(hours: readonly Hour[]): string {
  const rows: string[][] = [];
  for (let from = 0; from < hours.length; from += HOURS_A_ROW) {
    const part = hours.slice(from, from + HOURS_A_ROW);
    rows.push(rowOf(`${pad(from)}:00 – ${pad(from + part.length)}:00`, part));
  }
  rows.push(rowOf("the whole day", hours));
  return table([["", "verifications", "a second", ...CALL_NAMES.map((name) => `${name}, p95`)], ...rows]);
}

function pad(hour: number): string {
  return String(hour).padStart(2, "0");
}

function rowOf(name: string, hours: readonly Hour[]): string[] {
  const people = hours.reduce((sum, hour) => sum + hour.people, 0);
  const seconds = hours.reduce((sum, { done }) => sum + done.seconds, 0);
  const p95 = CALL_NAMES.map((call) => {
    const all = hours.flatMap(({ done }) => done.times[call]);
    return all.length ? duration(at(all, 0.95)) : "–";
  });
  return [name, String(people), (people / seconds).toFixed(0), ...p95];
}

/** Memory at the start, in the middle and at the end: of each the median of some hours, since collecting garbage comes and goes. */
export function memoryText(hours: readonly Hour[]): string {
  const names = Object.keys(hours[0]?.state.memory ?? {});
  const rows = names.map((name) => {
    const taken = hours.map(({ state }) => state.memory[name] ?? NaN);
    return [name, ...thirds(taken).map(megabytes), megabytes(Math.max(...taken))];
  });
  return table([["Resident memory", "start", "middle", "end", "most"], ...rows]);
}

/** Medians of the first, the middle and the last hours, without those in which everything is new. */
function thirds(figures: readonly number[]): number[] {
  const few = Math.max(1, Math.floor(figures.length / 8));
  const middle = Math.floor((figures.length - few) / 2);
  return [figures.slice(1, 1 + few), figures.slice(middle, middle + few), figures.slice(-few)].map(
    (some) => timesOf(some).median,
  );
}

/** Tables that grow by less than this of all growth are told together. */
const SMALL_SHARE = 0.02;

export function growthText(before: State, hours: readonly Hour[]): string {
  const after = hours.at(-1)?.state ?? before;
  const people = hours.reduce((sum, hour) => sum + hour.people, 0);
  const aMillion = (bytes: number) => `${(((bytes / people) * 1e6) / 1_073_741_824).toFixed(2)} GB`;
  const grown = Object.entries(after.tables)
    .map(([name, bytes]): [string, number] => [name, bytes - (before.tables[name] ?? 0)])
    .sort(([, a], [, b]) => b - a);
  const all = grown.reduce((sum, [, bytes]) => sum + bytes, 0);
  const large = grown.filter(([, bytes]) => bytes >= SMALL_SHARE * all);
  const others = grown
    .filter(([, bytes]) => bytes < SMALL_SHARE * all)
    .reduce((sum, [, bytes]) => sum + bytes, 0);
  return table([
    ["Growth", "in the day", "a million verifications"],
    ["WAL", megabytes(after.wal - before.wal), aMillion(after.wal - before.wal)],
    ["all tables, with their indexes", megabytes(all), aMillion(all)],
    ...large.map(([name, bytes]) => [`  ${name}`, megabytes(bytes), aMillion(bytes)]),
    ["  others", megabytes(others), aMillion(others)],
  ]);
}

export function vacuumText(hours: readonly Hour[]): string {
  const share = ({ state }: Hour) => state.dead / (state.live + state.dead);
  const told = (hour: Hour | undefined) => (hour ? `${(100 * share(hour)).toFixed(1)} %` : "–");
  const most = [...hours].sort((a, b) => share(b) - share(a))[0];
  const { vacuums = 0 } = hours.at(-1)?.state ?? {};
  return table([
    ["Dead rows, of all", "middle", "end", "most", "autovacuums"],
    ["", told(hours[Math.floor(hours.length / 2)]), told(hours.at(-1)), told(most), String(vacuums)],
  ]);
}

/** An app's memory stays under this, in bytes. */
const MOST_MEMORY = 400 * 1_048_576;

/** What comes and goes with the collecting of garbage is no growth. */
const GROWTH = 1.1;

export function verdictText(hours: readonly Hour[]): string {
  const rows = Object.keys(hours[0]?.state.memory ?? {}).flatMap((name) => {
    const taken = hours.map(({ state }) => state.memory[name] ?? NaN);
    const [, middle = NaN, end = NaN] = thirds(taken);
    const most = Math.max(...taken);
    return [
      [
        `${name}: memory at the end ÷ in the middle`,
        (end / middle).toFixed(2),
        `≤ ${GROWTH}`,
        met(end <= GROWTH * middle),
      ],
      [`${name}: most memory`, megabytes(most), `< ${megabytes(MOST_MEMORY)}`, met(most < MOST_MEMORY)],
    ];
  });
  return table([["Targets", "measured", "target", ""], ...rows]);
}

function met(is: boolean): string {
  return is ? "met" : "NOT MET";
}
