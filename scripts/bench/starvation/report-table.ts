/** How long each report takes under each filter, over the whole history, one request at a time. */
import type { Client } from "pg";
import { DIMENSION_NAMES, DIMENSIONS, isFlag } from "@/lib/terms/dimensions";
import { timesOf } from "../support/measure";
import { duration, table } from "../support/table";
import { load } from "./siege";
import { get, type Target } from "./target";

/** Each is asked for so often; the median is told. */
const REPETITIONS = 3;

/** What takes longer is not asked for again. */
const SLOW_MS = 3_000;

/** Where a request is given up, which is later than any client would. */
const GIVE_UP_MS = 40_000;

/** @returns a row for each filter, with a column for each report */
export async function reportTable(
  client: Client,
  target: Target,
  onProgress: (line: string) => void,
): Promise<string> {
  const filters = await filtersToTry(client);
  const country = await commonest(client, "country");
  const rows: string[][] = [];
  for (const [name, filter] of filters) {
    onProgress(`each report, ${name}`);
    const row = [name];
    for (const { path, part } of reports(country))
      row.push(await timeOf(target, `${path}range=90d&${filter}`, part));
    row.push(load());
    rows.push(row);
  }
  const names = [...reports(country).map(({ name }) => name), "load"];
  return [
    `Each report over 90 days, the median of ${REPETITIONS}; "–" is a filter that it does not take.`,
    table([["", ...names], ...rows]),
  ].join("\n");
}

interface Report {
  name: string;
  path: string;
  /** Until its first byte, or until its last. */
  part?: "first" | "ms";
}

function reports(country: string): Report[] {
  const insights = (path: string) => `/api/insights/${path}`;
  return [
    { name: "summary", path: insights("summary?") },
    { name: "by day", path: insights("timeseries?") },
    { name: "countries", path: insights("destinations?") },
    { name: "networks", path: insights("destinations?by=network&") },
    { name: "one country", path: insights(`destinations/${country}?`) },
    { name: "errors", path: insights("errors?") },
    { name: "changes", path: insights("changes?") },
    { name: "blocks", path: insights("blocks?") },
    { name: "messages", path: insights("messages?") },
    { name: "feedback", path: insights("feedback?") },
    { name: "alerts", path: insights("alerts?") },
    { name: "page's first byte", path: "/?", part: "first" },
    { name: "page", path: "/?" },
  ];
}

/** Each dimension with the value that most messages have, and without it; the two sides of each flag; and nothing at all. */
async function filtersToTry(client: Client): Promise<[name: string, query: string][]> {
  const filters: [string, string][] = [
    ["none", ""],
    ["none, compared", "compare=previous"],
  ];
  for (const name of DIMENSION_NAMES) {
    if (isFlag(name)) {
      for (const side of ["true", "false"]) filters.push([`${name}=${side}`, `${name}=${side}`]);
      continue;
    }
    const { column } = DIMENSIONS[name];
    if (column === null) continue;
    const value = encodeURIComponent(await commonest(client, column));
    filters.push([`${name}=`, `${name}=${value}`], [`${name}!=`, `${name}!=${value}`]);
  }
  filters.push(["confirmed, compared", "confirmed=true&compare=previous"]);
  filters.push(["status, compared", "status=delivered&compare=previous"]);
  return filters;
}

async function commonest(client: Client, column: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>(
    `SELECT ${column}::text AS value FROM message WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
  );
  return rows[0]?.value ?? "";
}

async function timeOf(target: Target, path: string, part: Report["part"] = "ms"): Promise<string> {
  const taken: number[] = [];
  while (taken.length < REPETITIONS) {
    const answer = await get(target, path, AbortSignal.timeout(GIVE_UP_MS));
    const { status, ms } = answer;
    if (status === 422) return "–";
    if (status !== 200) return `${status || "none"} after ${duration(ms)}`;
    taken.push(answer[part]);
    if (ms > SLOW_MS) break;
  }
  return duration(timesOf(taken).median);
}
