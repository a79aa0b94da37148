import { MatchingSentence, PartSentence } from "@/components/dashboard/matching-sentence";
import { Sentence } from "@/components/dashboard/sentence/sentence";
import type { Fall, Movements } from "@/components/dashboard/sentence/movements";
import { viewUrl } from "@/components/ui/view-url";
import { asksByFate, asksOfNetworks, asksOfParts } from "@/lib/insights/asking/filters";
import type { Destination } from "@/lib/insights/reports/destinations";
import type { Finding } from "@/lib/insights/reports/findings";
import { readLastDay } from "@/lib/insights/reports/last-day";
import { readEvidence } from "@/lib/insights/reports/evidence";
import { ratio } from "@/lib/insights/asking/metrics";
import { destinationsOf, findingsOf, summaryOf } from "../reports";
import { beforeWords } from "../panels/series-panel";
import type { View } from "../view";
import { findingLine } from "./findings";
import { HOUR } from "@/lib/terms/durations";

/** What is going on, in a sentence. */
export async function SentencePanel({ view }: { view: View }) {
  const { query, params, at } = view;
  if (asksByFate(query.filters)) return <MatchingSentence {...await matchesOf(view)} />;
  if (asksOfParts(query.filters)) {
    const [summary, told] = await Promise.all([summaryOf(view), findingsOf(view)]);
    const findings = told.map((finding) => findingLine(finding, view));
    return (
      <PartSentence
        {...summary}
        before={beforeWords(view)}
        findings={findings}
        ofNetworks={asksOfNetworks(query.filters)}
      />
    );
  }
  const [found, evidence, { rows }] = await Promise.all([
    findingsOf(view),
    readEvidence(query),
    destinationsOf(view),
  ]);
  const open = found.filter((finding) => finding.open);
  const endsNow = query.range.to.getTime() > at.getTime() - HOUR;
  const pumped = open.filter(({ kind }) => kind === "pumping");
  const wholes = pumped.flatMap(({ country, network }) => (network === null ? [country] : []));
  const today = endsNow && open.length > pumped.length ? await readLastDay(query, wholes) : null;
  return (
    <Sentence
      evidence={evidence}
      movements={movementsOf(rows, found, view)}
      before={beforeWords(view)}
      lastDay={today}
      endsNow={endsNow}
      findings={found.map((finding) => findingLine(finding, view))}
      lastDayHref={viewUrl("/", params, { range: "24h", from: null, to: null })}
    />
  );
}

/** How the destinations moved of which no finding speaks: what the table shows beyond noise, the sentence does not call usual. */
function movementsOf(rows: readonly Destination[], found: readonly Finding[], view: View): Movements {
  const spokenOf = new Set(found.map(({ country }) => country));
  const others = rows.filter(({ country, lowSample }) => !lowSample && !spokenOf.has(country));
  const falls = others.flatMap(({ country, change }): Fall[] =>
    change?.beyondNoise && change.conversion !== null && change.conversion < 0
      ? [
          {
            country,
            points: -change.conversion,
            lost: change.lost ?? 0,
            href: viewUrl(`/destinations/${country}`, view.params, {
              country: null,
              "country!": null,
              q: null,
            }),
          },
        ]
      : [],
  );
  const compared = others.filter(({ change }) => change !== null && change.conversion !== null);
  return {
    falls: falls.sort((a, b) => b.lost - a.lost),
    rises: compared.filter(({ change }) => change?.beyondNoise).length - falls.length,
    within: compared.filter(({ change }) => !change?.beyondNoise).length,
    // Where nothing is compared, it need not be said of each.
    uncompared: view.query.compare === "none" ? 0 : others.length - compared.length,
  };
}

const MOST_NAMED_DESTINATIONS = 3;

/** Where the messages went that the filters leave: of messages chosen by what became of them no conversion is to be told. */
async function matchesOf(view: View) {
  const { rows } = await destinationsOf(view);
  const requested = ({ attempted, refused, unknown }: (typeof rows)[number]) => attempted + refused + unknown;
  const all = rows.reduce((sum, row) => sum + requested(row), 0);
  return {
    messages: all,
    destinations: rows.length,
    most: [...rows]
      .sort((a, b) => requested(b) - requested(a))
      .slice(0, MOST_NAMED_DESTINATIONS)
      .map((row) => ({
        country: row.country,
        share: ratio(requested(row), all),
        href: viewUrl("/", view.params, { country: row.country, "country!": null, q: null }),
      })),
  };
}
