/**
 * All reports, asked for as programs ask, next to a recount: where they differ, and where they contradict themselves.
 */
import { partOf, recount, together, type Recounted, type Seen } from "../insights-recount";
import { blockDifferences } from "./blocks";
import { changeDifferences } from "./changes";
import { paramsOf, stretchOf, asksMessages, filtersBy, type Choice } from "./choice";
import { countryDifferences } from "./country";
import { destinationDifferences } from "./destinations";
import { errorDifferences } from "./errors";
import { logDifferences } from "./log";
import { report, reportFile } from "./request";
import { rowDifferences, difference, contradictions, fileDifferences } from "./row";
import { seriesDifferences } from "./series";

/** The reports that are compared beside the summary; `country` is one country's. */
export const REPORTS = [
  "timeseries",
  "destinations",
  "errors",
  "country",
  "blocks",
  "messages",
  "feedback",
  "changes",
] as const;

type ReportName = (typeof REPORTS)[number];

/**
 * Compares the reports of a choice with the recount.
 *
 * @param kept what retention has deleted: it stays in everything that is not counted by blocks
 * @param reports those to compare beside the summary: all unless given
 * @returns a line for each difference
 */
export async function reportDifferences(
  choice: Choice,
  live: Seen,
  kept: Seen,
  now: Date,
  reports: readonly ReportName[] = REPORTS,
): Promise<string[]> {
  const byBlock = asksMessages(choice);
  const byNetwork = filtersBy("network", choice);
  const seen = byBlock ? live : together(live, kept);
  const found: string[] = [];
  const note = (about: string, lines: string[]) => found.push(...lines.map((line) => `${about}: ${line}`));
  const params = paramsOf(choice);
  const all = partOf(seen, choice, choice.filters);
  const withLatencies = byBlock || !byNetwork;
  const expected = recount(all, now);

  const summary = await report("summary", params);
  note("summary", rowDifferences(summary["current"], expected, withLatencies));
  note("summary", contradictions(summary["current"]));
  if (summary["previous"]) {
    const earlier = partOf(seen, stretchOf(summary["previousRange"]), choice.filters);
    const before = recount(earlier, now);
    note("previous", rowDifferences(summary["previous"], before, withLatencies));
    const [a, b] = [expected.rates["conversion"] ?? null, before.rates["conversion"] ?? null];
    // Against too few there is no change.
    const few = before.mature.attempted < 30;
    const change = a === null || b === null || few ? null : a - b;
    note("change", difference("conversion", summary["change"].conversion, change));
    const lost = change === null ? null : -change * expected.mature.attempted;
    note("change", difference("lost", summary["change"].lost, lost));
  }
  const summaryFile = await reportFile("summary", params);
  note(
    "summary file",
    fileDifferences([summary["current"], summary["previous"]].filter(Boolean), summaryFile),
  );

  const inBlocks = partOf(live, choice, choice.filters);
  const country = choice.filters.country?.[0] ?? all.messages[0]?.country;
  const compare: Record<ReportName, () => Promise<string[]>> = {
    timeseries: () => seriesDifferences(choice, seen, now, withLatencies, summary["current"]),
    destinations: () => destinationDifferences(choice, all, expected, now, byBlock),
    errors: () => errorDifferences(params, all, seen, choice.filters),
    country: async () =>
      country ? countryDifferences(country, choice, seen, now, withLatencies, byBlock) : [],
    blocks: async () =>
      blockDifferences(
        await report("blocks", { ...params, compare: undefined, limit: "1000" }),
        inBlocks,
        now,
      ),
    messages: () => logDifferences(params, inBlocks),
    feedback: () => feedbackDifferences(params, expected),
    changes: () => changeDifferences(choice, all, seen, now),
  };
  for (const name of reports) note(name, await compare[name]());
  return found;
}

async function feedbackDifferences(
  { compare: _, ...params }: ReturnType<typeof paramsOf>,
  { counts }: Recounted,
): Promise<string[]> {
  const feedback = await report("feedback", params);
  return [
    ...difference("confirmed", feedback["confirmed"], counts.confirmed),
    ...difference("reported", feedback["reported"], counts.reported),
  ];
}
