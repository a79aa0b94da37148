import { DestinationsTable } from "@/components/dashboard/table/destinations-table";
import type { DestinationRowData } from "@/components/dashboard/table/destination-row";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl, onlyAndWithout, valuesOf, viewUrl, type ViewParams } from "@/components/ui/view-url";
import { rangeTitle } from "@/components/dashboard/view-bar/range-words";
import { countryName, formatCount } from "@/components/ui/format";
import type { Destination } from "@/lib/insights/reports/destinations";
import { DEFINITIONS } from "../definitions";
import { destinationsOf, findingsOf, sparklinesOf, summaryOf } from "../reports";
import { FindingAction } from "../protection/place-action";
import { overviewStatesOf } from "../states";
import type { View } from "../view";
import { findingLine, flagsOf } from "./findings";
import { sumOf } from "./sum";

/** The others are folded, but those with findings: on a phone, where each is a card, all the sooner. */
const MOST_ROWS = 20;
const MOST_CARDS = 10;

/** A fold of fewer hides less than it costs. */
const LEAST_ROWS_FOLDED = 4;

/** The heart of the overview: each destination in a row. */
export async function DestinationsPanel({ view }: { view: View }) {
  const { params, sort, search, query, rangeName } = view;
  const [{ rows, totals, count }, { byCountry }, found, { change, previous }, flags, states] =
    await Promise.all([
      destinationsOf(view),
      sparklinesOf(view),
      findingsOf(view),
      summaryOf(view),
      flagsOf(view),
      overviewStatesOf(view),
    ]);
  const matching = inOrder(rows, view).filter((row) => isCalled(row, search));
  const data = matching.map((row): DestinationRowData => ({
    row,
    spark: byCountry.get(row.country),
    findings: found
      .filter(({ country }) => country === row.country)
      .map((finding) => ({
        ...findingLine(finding, view),
        act: <FindingAction finding={finding} view={view} states={states} side="right" />,
      })),
    state: states({ country: row.country }),
    links: linksOf(row.country, view),
  }));
  const all = params["view"] === "all";
  const { shown, onlyWide, rest, lowSamples } = parted(data, all || search !== "");
  const folded = (rows: readonly DestinationRowData[]) => ({
    rows,
    totals: sumOf(rows.map(({ row }) => row)),
  });
  return (
    <Panel
      id="destinations"
      title="Destinations"
      note={`${formatCount(count)}${search ? `, ${formatCount(matching.length)} found` : ""}`}
      api={apiUrl("destinations", params, { takes: ["sort"] })}
      flush
    >
      <DestinationsTable
        rows={{
          shown,
          onlyWide,
          rest: folded(rest),
          restOfCards: folded([...onlyWide, ...rest]),
          moreUrl: viewUrl("/", params, { view: "all" }),
          lessUrl: all ? viewUrl("/", params, { view: null }) : null,
          lowSamples,
        }}
        all={{
          row: totals,
          change,
          baseline: previous?.conversion ?? null,
          openFindings: found.filter(({ open }) => open).length,
        }}
        search={{ text: search, hidden: hiddenFields(params), clearUrl: viewUrl("/", params, { q: null }) }}
        order={{
          sort: `${sort.descending ? "-" : ""}${sort.key}`,
          sortUrl: (next) => viewUrl("/", params, { sort: next }),
        }}
        flags={flags}
        lineName={rangeTitle(query.range, rangeName)}
        definitions={DEFINITIONS}
      />
    </Panel>
  );
}

/** What the table's forms keep of the view. */
function hiddenFields(params: ViewParams): [name: string, value: string][] {
  return Object.keys(params)
    .filter((name) => !["q", "sort", "cursor"].includes(name))
    .flatMap((name) => valuesOf(params, name).map((value): [string, string] => [name, value]));
}

/** As the report orders them; by country, people expect the order of the names rather than of the codes. */
function inOrder(rows: readonly Destination[], { sort }: View): readonly Destination[] {
  if (sort.key !== "country") return rows;
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * countryName(a.country).localeCompare(countryName(b.country), "en"));
}

/** Its name or code begins with, or its name has, what is searched for: whatever the case and the accents. */
function isCalled({ country }: Destination, search: string): boolean {
  const wanted = plain(search.trim());
  return plain(countryName(country)).includes(wanted) || country.toLowerCase() === wanted;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

function linksOf(country: string, { params }: View): DestinationRowData["links"] {
  return {
    page: viewUrl(`/destinations/${country}`, params, {
      country: null,
      "country!": null,
      sort: null,
      q: null,
    }),
    ...onlyAndWithout("/", params, "country", country, { q: null }),
  };
}

/** What is shown at once, what of it not on a phone, what is folded, and low samples, which are not ranked. */
function parted(data: readonly DestinationRowData[], unfolded: boolean) {
  const isOpen = ({ findings }: DestinationRowData) => findings.some(({ finding }) => finding.open);
  const ranked = data.filter((item) => !item.row.lowSample || isOpen(item));
  const lowSamples = data.filter((item) => !ranked.includes(item));
  const beyond = (most: number) => {
    const quiet = ranked.filter((item, i) => i >= most && !isOpen(item));
    return unfolded || quiet.length < LEAST_ROWS_FOLDED ? [] : quiet;
  };
  const rest = beyond(MOST_ROWS);
  return {
    shown: ranked.filter((item) => !rest.includes(item)),
    onlyWide: beyond(MOST_CARDS).filter((item) => !rest.includes(item)),
    rest,
    lowSamples,
  };
}
