/**
 * All reports, asked for as programs ask, next to a recount: where they differ, and where they contradict themselves.
 */
import { partOf, recount, together, type Seen } from "../insights-recount";
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

/**
 * Compares every report of a choice with the recount.
 *
 * @param kept what retention has deleted: it stays in everything that is not counted by blocks
 * @returns a line for each difference
 */
export async function reportDifferences(
  choice: Choice,
  live: Seen,
  kept: Seen,
  now: Date,
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
    const change = a === null || b === null ? null : a - b;
    note("change", difference("conversion", summary["change"].conversion, change));
    const lost = change === null ? null : -change * expected.mature.attempted;
    note("change", difference("lost", summary["change"].lost, lost));
  }
  const summaryFile = await reportFile("summary", params);
  note(
    "summary file",
    fileDifferences([summary["current"], summary["previous"]].filter(Boolean), summaryFile),
  );

  note("timeseries", await seriesDifferences(choice, seen, now, withLatencies, summary["current"]));
  note("destinations", await destinationDifferences(choice, all, expected, now, byBlock));
  note("errors", await errorDifferences(params, all, seen, choice.filters));

  const country = choice.filters.country?.[0] ?? all.messages[0]?.country;
  if (country) note(country, await countryDifferences(country, choice, seen, now, withLatencies, byBlock));
  const blocks = await report("blocks", { ...params, compare: undefined, limit: "1000" });
  note("blocks", blockDifferences(blocks, partOf(live, choice, choice.filters), now));
  note("messages", await logDifferences(params, partOf(live, choice, choice.filters)));
  const { compare: _, ...uncompared } = params;
  const feedback = await report("feedback", uncompared);
  note("feedback", difference("confirmed", feedback["confirmed"], expected.counts.confirmed));
  note("feedback", difference("reported", feedback["reported"], expected.counts.reported));
  note("changes", await changeDifferences(choice, all, seen, now));
  return found;
}
