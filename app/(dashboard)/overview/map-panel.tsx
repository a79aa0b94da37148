import {
  ConversionMap,
  MapLegend,
  type MapCountry,
  type MapFinding,
} from "@/components/charts/conversion-map";
import { dotOf, markOf, OUTLINES } from "@/components/charts/world";
import { FINDINGS } from "@/lib/terms/findings";
import { SETTLED } from "@/lib/terms/maturity";
import { apiUrl, toggled, valuesOf, viewUrl } from "@/components/ui/view-url";
import { costWords, placeWords, rateWords, usualWords } from "@/components/dashboard/finding-figures";
import { Panel } from "@/components/dashboard/panel";
import { countryName, formatCount, formatRate } from "@/components/ui/format";
import type { Finding } from "@/lib/insights/reports/findings";
import type { Destination } from "@/lib/insights/reports/destinations";
import { destinationsOf, findingsOf } from "../reports";
import type { View } from "../view";

/** Where conversion is high and low: each country a filter. */
export async function MapPanel({ view }: { view: View }) {
  const [{ rows }, found] = await Promise.all([destinationsOf(view), findingsOf(view)]);
  const { params } = view;
  const selected = valuesOf(params, "country");
  const countries = rows.map((row): MapCountry => {
    const { country, lowSample, conversion, attempted } = row;
    const figures = lowSample ? `too few ${SETTLED} messages` : formatRate(conversion);
    return {
      country,
      words: `${countryName(country)} ${figures}, ${formatCount(attempted)} attempted`,
      rate: lowSample ? null : conversion,
      href: viewUrl("/", params, toggled(params, "country", country)),
      selected: selected.includes(country),
      dot: dotOf(country) ?? null,
    };
  });
  // The same country may have had several: the newest stands, and open ones are drawn last, on top.
  const findings = [
    ...new Map([...found].sort(olderFirst).map((finding) => [finding.country, finding])).values(),
  ]
    .sort((a, b) => Number(a.open) - Number(b.open))
    .map((finding) => ({
      kind: finding.kind,
      country: finding.country,
      words: findingWords(finding),
      href: viewUrl(`/destinations/${finding.country}`, params, { country: null }),
      open: finding.open,
      place: markOf(finding.country),
    }))
    .filter((finding): finding is MapFinding => finding.place !== undefined);
  // Of a country without outline or dot, which is none of this map, only the table knows.
  const outlines = new Set(OUTLINES);
  const drawn = countries.filter(({ country, dot }) => dot !== null || outlines.has(country));
  const known = new Set(countries.map(({ country }) => country));
  return (
    <Panel
      id="map"
      title="Map"
      note="conversion by country"
      api={apiUrl("destinations", params, { takes: ["sort"] })}
    >
      <figure>
        <ConversionMap
          countries={drawn}
          findings={findings}
          others={OUTLINES.filter((name) => !known.has(name))}
          label="Map of conversion by country, each a filter"
        />
        <MapLegend findings={legendOf(findings)} />
        <figcaption className="mt-3 text-13 text-ink-soft">{caption(rows, found)}</figcaption>
      </figure>
    </Panel>
  );
}

/** A kind that is drawn only hollow is explained by a hollow mark. */
function legendOf(drawn: readonly MapFinding[]) {
  const kinds = [...new Set(drawn.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind,
    open: drawn.some((finding) => finding.kind === kind && finding.open),
  }));
}

function olderFirst(a: Finding, b: Finding): number {
  return a.since.getTime() - b.since.getTime();
}

function findingWords(finding: Finding): string {
  const { kind, open } = finding;
  const fall = `${rateWords(finding)} in time, ${usualWords(finding)}${costWords(finding)}`;
  return `${placeWords(finding)} ${open ? FINDINGS[kind].is : FINDINGS[kind].was}: ${fall}`;
}

function caption(rows: readonly Destination[], findings: readonly Finding[]): string {
  const ranked = rows
    .flatMap(({ country, conversion, lowSample }) =>
      lowSample || conversion === null ? [] : [{ country, conversion }],
    )
    .sort((a, b) => a.conversion - b.conversion);
  const [lowest, highest] = [ranked[0], ranked.at(-1)];
  if (!lowest || !highest) return `No country has enough ${SETTLED} messages for a colour.`;
  const at = ({ country, conversion }: { country: string; conversion: number }) =>
    `${formatRate(conversion)} in ${countryName(country)}`;
  const open = [...new Set(findings.filter((finding) => finding.open).map(placeWords))];
  return [
    lowest === highest ? `Conversion was ${at(lowest)}.` : `From ${at(lowest)} to ${at(highest)}.`,
    ...(rows.length > 1 ? [`${ranked.length} of ${rows.length} countries have enough messages to say.`] : []),
    ...(open.length > 0 ? [`There is an open finding in ${new Intl.ListFormat("en-GB").format(open)}.`] : []),
  ].join(" ");
}
