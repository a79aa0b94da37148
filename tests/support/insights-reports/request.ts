/**
 * Reports asked for as programs ask, as JSON and as files.
 */
import { API_KEY } from "../product";
import { dispatch } from "../routes";

/* oxlint-disable @typescript-eslint/no-explicit-any -- JSON of answers under test */

export type Params = Record<string, string | string[] | undefined>;

const ORIGIN = "http://reports.test";

/** What a program sends. */
export const AS_PROGRAM = { authorization: `Bearer ${API_KEY}` };

export function reportRequest(path: string, params: Params = {}, headers?: Record<string, string>): Request {
  const url = new URL(`/api/insights/${path}`, ORIGIN);
  for (const [name, values] of Object.entries(params)) {
    for (const value of [values ?? []].flat()) url.searchParams.append(name, value);
  }
  return new Request(url, { headers });
}

/** A row of a report, as JSON has it. */
export type Row = any;

/** A report as JSON has it; which lists it has depends on the report. */
export interface Body {
  rows: Row[];
  gains: Row[];
  networks: Row[];
  actions: Row[];
  [name: string]: any;
}

/** A report as JSON. @throws {Error} with the problem when it is not answered */
export async function report(path: string, params: Params = {}): Promise<Body> {
  const response = await dispatch(reportRequest(path, params, AS_PROGRAM));
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} ${JSON.stringify(params)}: ${text}`);
  return JSON.parse(text) as Body;
}

/** A report as a file, a record per line by the header's names. */
export async function reportFile(path: string, params: Params = {}): Promise<Record<string, string>[]> {
  const response = await dispatch(reportRequest(path, { ...params, format: "csv" }, AS_PROGRAM));
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} ${JSON.stringify(params)}: ${text}`);
  return csvRecords(text);
}

/** A small reader of RFC 4180: one character after the other. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[(i += 1)]!;
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ",") {
      line.push(cell);
      cell = "";
    } else if (char === "\r" && text[i + 1] === "\n") {
      lines.push([...line, cell]);
      line = [];
      cell = "";
      i += 1;
    } else cell += char;
  }
  if (cell !== "" || line.length > 0) throw new Error("the last line of a file ends with CRLF");
  return lines;
}

export function csvRecords(text: string): Record<string, string>[] {
  const [header = [], ...lines] = parseCsv(text);
  return lines.map((line) => {
    if (line.length !== header.length) throw new Error(`a line has ${line.length} cells: ${line.join()}`);
    return Object.fromEntries(header.map((name, i) => [name, line[i]!]));
  });
}
