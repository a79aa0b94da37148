import { endsNow, type RangeName } from "@/lib/terms/ranges";
import type { Range } from "@/lib/insights/asking/range";
import type { ReportQuery } from "@/lib/insights/asking/report";
import { CompareChoices, CompareMenu } from "./view-bar/compare-menu";
import { FaultChips } from "./view-bar/fault-chips";
import type { ViewFault } from "./view-bar/faults";
import { FilterChips } from "./view-bar/filter-chips";
import { FilterMenu } from "./view-bar/filter-menu";
import { activeFilters } from "./view-bar/filters";
import { Keys } from "./view-bar/keys";
import { hereUrl, ViewLink } from "./view-bar/links";
import { Live } from "./view-bar/live";
import { LiveState } from "./view-bar/live-state";
import { RangeMenu } from "./view-bar/range-menu";
import { compareWords, offsetWords, rangeDates, rangeTitle } from "./view-bar/range-words";
import { MatureUntil } from "./view-bar/mature-until";
import { rangeAfter, rangeBefore } from "./view-bar/shift-range";
import { ZoneChoices, ZoneMenu } from "./view-bar/zone-menu";
import type { ViewParams } from "../ui/view-url";

interface ViewBarProps {
  view: {
    query: ReportQuery;
    rangeName: RangeName | null;
    live: boolean;
    /** When it was asked for. */
    at: Date;
    /** Rates are of what was requested before this. */
    matureUntil: Date;
    params: ViewParams;
    /** What of its address means nothing, and is left out. */
    faults: readonly ViewFault[];
  };
  /** What it is or would be compared with. */
  compared: Range;
  /** The networks of the country that is shown, to be proposed. */
  networks: readonly string[];
  /** Whether the page is of one country, which then is no filter. */
  ofCountry?: boolean;
  /** Whether the page shows anything that is compared. */
  compares?: boolean;
  /** What is to be known of all that is shown. */
  notice?: React.ReactNode;
}

/** What a page shows: its range, what that is compared with, its zone and its filters, all to be changed here. */
export function ViewBar(props: ViewBarProps) {
  const { view, compared, networks, ofCountry = false, compares = true, notice = null } = props;
  const { query, rangeName, at, matureUntil, params, faults } = view;
  const { range } = query;
  const compare = compares ? query.compare : "none";
  const comparing = { compare, compared, range, rangeName, params, faults };
  const live = view.live || rangeName === "1h";
  const before = hereUrl(params, rangeBefore(range, rangeName));
  const after = rangeAfter(range, rangeName, at);
  // The offset is of the range's end: in another season it is another.
  const zoneAt = range.to < at ? range.to : at;
  const newest = activeFilters(params).at(-1);
  const state = (
    <LiveState
      live={live}
      range={range}
      rangeName={rangeName && endsNow(rangeName) ? rangeName : null}
      at={at}
      params={params}
    />
  );
  const zone = { tz: range.tz, at: zoneAt, params, faults };
  return (
    <section
      aria-label="What is shown"
      className="sticky top-0 z-20 border-b border-line bg-ground sm:top-13 print:static [@media(max-height:600px)]:static"
    >
      <p className="px-4 py-2 text-13 not-print:sr-only">
        {rangeTitle(range, rangeName)} · {rangeDates(range, at)} · {offsetWords(range.tz, zoneAt)}
        {compare !== "none" && ` · compared with ${compareWords(compare, range, rangeName)}`}
      </p>
      <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-2 gap-y-1.5 px-4 py-2 sm:px-6">
        <div className="flex print:hidden">
          <Step href={before} label="The range before" sign="‹" />
          <RangeMenu range={range} rangeName={rangeName} at={at} params={params} faults={faults} />
          <Step href={after && hereUrl(params, after)} label="The range after" sign="›" />
        </div>
        <div className="contents max-sm:hidden print:hidden">
          {compares && <CompareMenu {...comparing} />}
          <ZoneMenu {...zone} />
        </div>
        <FilterChips params={params} className="max-sm:hidden print:flex" />
        <FaultChips faults={faults} params={params} />
        <div className="max-sm:ml-auto print:hidden">
          <FilterMenu params={params} faults={faults} ofCountry={ofCountry} networks={networks}>
            <FilterChips params={params} />
            {compares && (
              <Group title="Compared with">
                <CompareChoices {...comparing} id="compare-days-sheet" />
              </Group>
            )}
            <details>
              <summary className="px-2 py-1.5">Time zone: {offsetWords(range.tz, zoneAt)}</summary>
              <ZoneChoices {...zone} id="zone-sheet" />
            </details>
            <div className="flex flex-wrap justify-between px-2">
              {state}
              <MatureUntil at={matureUntil} tz={range.tz} />
            </div>
          </FilterMenu>
        </div>
        <div className="flex items-center gap-2 sm:ml-auto">
          {notice}
          <div className="contents max-sm:hidden">
            {state}
            <MatureUntil at={matureUntil} tz={range.tz} />
          </div>
        </div>
      </div>
      {live && <Live />}
      <Keys
        before={before}
        after={after && hereUrl(params, after)}
        withoutNewest={newest ? hereUrl(params, newest.without) : null}
      />
    </section>
  );
}

function Step({ href, label, sign }: { href: string | null; label: string; sign: string }) {
  const look = "flex size-8 items-center justify-center rounded-6 text-16";
  if (href === null) {
    return (
      <span aria-hidden="true" className={`${look} text-ink-mute`}>
        {sign}
      </span>
    );
  }
  return (
    <ViewLink href={href} aria-label={label} className={`${look} hover:bg-wash`}>
      {sign}
    </ViewLink>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <p className="px-2 text-12 text-ink-soft">{title}</p>
      {children}
    </div>
  );
}
