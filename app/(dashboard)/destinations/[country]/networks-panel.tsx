import { Panel } from "@/components/dashboard/panel";
import { apiUrl, onlyAndWithout, toggled, valuesOf, viewUrl } from "@/components/ui/view-url";
import { headOrder } from "@/components/dashboard/order";
import { DEFAULT_SORT } from "@/components/dashboard/table/columns";
import { RATE_ORDERS, type RateHeads, type RateOrderName } from "@/components/destination/rate-columns";
import { fallenWords, type RateRow, type SinceRow } from "@/components/destination/rate-row";
import { RateRows } from "@/components/destination/rate-rows";
import { formatPoints } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { Destination } from "@/lib/insights/reports/destinations";
import type { Finding } from "@/lib/insights/reports/findings";
import { differenceBeyondNoise, wilson } from "@/lib/insights/statistics/wilson";
import { namesOf, tableOf } from "@/lib/terms/names";
import { destinationOf, openNetworkFindingsOf } from "../../reports";
import { findingAction } from "../../protection/place-action";
import { destinationStatesOf } from "../../states";
import type { View } from "../../view";
import { figuresOf } from "./row-figures";
import { sinceOf, type Since } from "./since";
import { sinceWords, type DestinationPanelProps } from "./destination-panel";

/** Its networks; each a filter for the whole page. */
export async function NetworksPanel({ view, country }: DestinationPanelProps) {
  const since = await sinceOf(view);
  const [{ networks }, own, states, lately, usual] = await Promise.all([
    destinationOf(view, country),
    openNetworkFindingsOf(view),
    destinationStatesOf(view, country),
    since ? destinationOf(since.view, country) : null,
    since ? destinationOf(since.before, country) : null,
  ]);
  const { params } = view;
  const path = `/destinations/${country}`;
  const chosen = valuesOf(params, "network");
  const rows = networks.map((row): RateRow => {
    const value = row.network ?? "unknown";
    const finding = own.find(({ network }) => network === row.network);
    const recent = lately?.networks.find(({ network }) => network === row.network);
    return {
      id: value,
      title: nameOf(row),
      name: nameOf(row),
      href: viewUrl(path, params, toggled(params, "network", value)),
      ...onlyAndWithout(path, params, "network", value),
      action: chosen.includes(value) ? "take this filter out" : "show only this network",
      ...figuresOf(row),
      state: states({ country, network: row.network }),
      act: finding && findingAction(finding, view, states),
      since: finding
        ? ownRow(finding, sinceWords({ finding }, view))
        : since && recent
          ? sinceRow(
              { recent, usual: usual?.networks.find(({ network }) => network === row.network) },
              since,
              sinceWords(since, view),
            )
          : undefined,
    };
  });
  return (
    <Panel
      id="networks"
      title="Networks"
      note={
        chosen.length > 0 ? (
          <>
            filtered · <TextLink href={viewUrl(path, params, { network: null })}>Show all networks</TextLink>
          </>
        ) : (
          `${networks.length}`
        )
      }
      api={apiUrl("destinations", params, { takes: ["sort"], change: { country, by: "network" } })}
      flush
    >
      <p className="px-4 pb-2 text-13 text-ink-soft">{caption(networks, rows)}</p>
      <RateRows label="Networks" head="Network" rows={rows} heads={headsOf(view, path)} />
    </Panel>
  );
}

/** Each column's order in this view, and the way to the next. */
function headsOf({ sort, params }: View, path: string): RateHeads {
  const current = `${sort.descending ? "-" : ""}${sort.key}`;
  const head = (name: RateOrderName) => {
    const { direction, next } = headOrder(RATE_ORDERS[name].first, current);
    return { direction, href: viewUrl(path, params, { sort: next === DEFAULT_SORT ? null : next }) };
  };
  return tableOf(namesOf(RATE_ORDERS), head);
}

function nameOf({ network }: Pick<Destination, "network">): string {
  return network ?? "Unknown network";
}

/** A network has a row of its own for the finding's time when it is much of it. */
const NOTABLE_FALL = 0.05;

/** In time and against the 14 days before, as the finding's own figures. */
function sinceRow(
  { recent, usual }: { recent: Destination; usual: Destination | undefined },
  { finding }: Since,
  words: string,
): SinceRow | undefined {
  if (finding.network !== null && finding.network === recent.network) return ownRow(finding, words);
  if (!usual || recent.lowSample || usual.lowSample) return undefined;
  const [current, before] = [inTime(recent), inTime(usual)];
  const [rate, baseline] = [current.successes / current.n, before.successes / before.n];
  if (baseline - rate < NOTABLE_FALL || !differenceBeyondNoise(current, before)) return undefined;
  const interval = wilson(current.successes, current.n);
  return {
    kind: finding.kind,
    open: finding.open,
    words,
    attempted: current.n,
    rate,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    lowSample: false,
    baseline,
    change: { conversion: rate - baseline, beyondNoise: true },
  };
}

/** Of the network that the finding is of: the finding's own figures, the same wherever it is shown. */
function ownRow(finding: Finding, words: string): SinceRow {
  const { kind, open, attempted, conversion, conversionLow, conversionHigh, baseline, size } = finding;
  return {
    kind,
    open,
    words,
    attempted,
    rate: conversion,
    low: conversionLow,
    high: conversionHigh,
    lowSample: false,
    baseline,
    change: size === null ? null : { conversion: -size, beyondNoise: true },
  };
}

function inTime({ mature }: Destination) {
  return { successes: mature.confirmed - mature.late, n: mature.attempted };
}

function caption(networks: readonly Destination[], rows: readonly RateRow[]): string {
  const fallen = fallenWords(rows);
  if (fallen !== null) return fallen;
  const [changed] = networks
    .flatMap((row) => (row.change?.beyondNoise && !row.lowSample ? [{ row, change: row.change }] : []))
    .sort((a, b) => Math.abs(b.change.lost ?? 0) - Math.abs(a.change.lost ?? 0));
  if (!changed) return "No network is off its usual range.";
  return `${nameOf(changed.row)} changed most: ${formatPoints(changed.change.conversion)} against before.`;
}
