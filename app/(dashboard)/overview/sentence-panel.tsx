import { Sentence } from "@/components/dashboard/sentence";
import { viewUrl } from "@/components/dashboard/view-url";
import { lastDay } from "@/lib/insights/last-day";
import { destinationsOf } from "../reports";
import type { View } from "../view";
import { findingLine, findingsOf } from "./findings";

const HOUR_MS = 3_600_000;

/** What is going on, in a sentence. */
export async function SentencePanel({ view }: { view: View }) {
  const { query, params, at } = view;
  const [found, { rows, totals }] = await Promise.all([findingsOf(view), destinationsOf(view)]);
  const open = found.filter((finding) => finding.open);
  const endsNow = query.range.to.getTime() > at.getTime() - HOUR_MS;
  const pumped = open.filter(({ kind }) => kind === "pumping").map(({ country }) => country);
  const today = endsNow && open.length > pumped.length ? await lastDay(query, pumped) : null;
  const attempted = rows.filter((row) => row.attempted > 0);
  return (
    <Sentence
      lastDay={today}
      findings={found.map((finding) => findingLine(finding, view))}
      destinations={attempted.filter((row) => !row.lowSample).length}
      lowSamples={attempted.filter((row) => row.lowSample).length}
      attempted={totals.attempted}
      settled={totals.mature.attempted}
      lastDayHref={viewUrl("/", params, { range: "24h", from: null, to: null })}
    />
  );
}
