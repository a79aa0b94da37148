import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BadViewNotice } from "@/components/dashboard/bad-view-notice";
import { Closed } from "@/components/dashboard/closed";
import { Empty } from "@/components/dashboard/empty";
import { Hatch } from "@/components/dashboard/sparkline";
import { ViewBar } from "@/components/dashboard/view-bar";
import { rangeTitle } from "@/components/dashboard/view-bar/range-words";
import { FILTERS, valuesOf, viewUrl } from "@/components/ui/view-url";
import { COUNTRY_CODES } from "@/components/ui/country-codes";
import { Flag } from "@/components/ui/flag";
import { countryName } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { mayReadDashboard } from "@/lib/account/access";
import { env, simulated } from "@/lib/env";
import { currentViewer } from "@/app/cookies/session";
import { Place, PlaceWithPage } from "../../panels/place";
import { SamplePanel } from "../../panels/sample-panel";
import { TILES_HEIGHT, TilesPanel } from "../../panels/tiles-panel";
import { isEmpty } from "../../reports";
import { isBad, reportViewOf, type View } from "../../view";
import { BlocksPanel } from "./blocks-panel";
import { countryChange, countryView } from "./country-view";
import { ErrorsPanel } from "./errors-panel";
import { FunnelPanel } from "./funnel-panel";
import { MessagesPanel } from "./messages-panel";
import { NetworksPanel } from "./networks-panel";
import { PressurePanel } from "./pressure-panel";
import { DestinationSeries } from "./series";
import { SentencePanel } from "./sentence-panel";
import { TimePanel } from "./time-panel";

export async function generateMetadata({ params }: PageProps<"/destinations/[country]">): Promise<Metadata> {
  const { country } = await params;
  const name = COUNTRY_CODES.includes(country) ? countryName(country) : "Not found";
  return { title: `${name} · OTP Insights` };
}

export default async function DestinationPage({
  params,
  searchParams,
}: PageProps<"/destinations/[country]">) {
  const viewer = await currentViewer();
  if (!mayReadDashboard(viewer)) return <Closed signedIn={viewer !== null} />;
  const { country } = await params;
  if (!COUNTRY_CODES.includes(country)) notFound();
  // The page is of one country: a filter by another would be without effect.
  const { country: _, "country!": __, ...ofPage } = await searchParams;
  const view = await reportViewOf(ofPage, (all) => countryView(all, country));
  const path = `/destinations/${country}`;
  if (isBad(view)) {
    const without = Object.fromEntries(view.faults.map(({ field }) => [field, null]));
    return <BadViewNotice faults={view.faults} repaired={viewUrl(path, view.params, without)} reset={path} />;
  }
  return (
    <>
      <ViewBar view={view} ofCountry />
      <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6">
        <div>
          <nav aria-label="Breadcrumb" className="text-13 text-ink-soft print:hidden">
            <TextLink href={viewUrl("/", view.params, { country: null })}>Overview</TextLink>
            <span aria-hidden="true"> › </span>
            {countryName(country)}
          </nav>
          <h1 className="mt-2 flex items-center gap-3 text-28 font-semibold tracking-tight">
            <span className="scale-125 pl-1">
              <Flag country={country} />
            </span>
            {countryName(country)}
          </h1>
        </div>
        <PlaceWithPage title="Sample data" panel={() => SamplePanel({ view })} />
        {(await isEmpty(countryView(view, country))) ? (
          <EmptyDestination view={view} country={country} />
        ) : (
          <Panels view={view} country={country} />
        )}
      </div>
    </>
  );
}

/** Where and since when stand before why: an outage must be on the first screen. */
function Panels({ view, country }: { view: View; country: string }) {
  const of = { view, country };
  return (
    <>
      <Hatch />
      <Place title="What is going on" className="h-20">
        <SentencePanel {...of} />
      </Place>
      <Place title="Key figures" className={TILES_HEIGHT}>
        <TilesPanel view={countryView(view, country)} change={countryChange(country)} />
      </Place>
      <Place title="Conversion and volume" className="h-[28rem]">
        <DestinationSeries {...of} />
      </Place>
      <Place title="Networks" className="h-72">
        <NetworksPanel {...of} />
      </Place>
      <Place title="1k blocks" className="h-72">
        <BlocksPanel {...of} />
      </Place>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="flex flex-col gap-6">
          <Place title="Where messages are lost" className="h-96">
            <FunnelPanel {...of} />
          </Place>
          <Place title="Time to confirm" className="h-80">
            <TimePanel {...of} />
          </Place>
        </div>
        <div className="flex flex-col gap-6">
          <Place title="Errors" className="h-96">
            <ErrorsPanel {...of} />
          </Place>
          <Place title="Resends and pressure" className="h-80">
            <PressurePanel {...of} />
          </Place>
        </div>
      </div>
      <Place title="Newest messages" className="h-96">
        <MessagesPanel {...of} />
      </Place>
    </>
  );
}

function EmptyDestination({ view, country }: { view: View; country: string }) {
  const { params, query, rangeName } = view;
  const path = `/destinations/${country}`;
  const filters = FILTERS.flatMap((name) => [name, `${name}!`]);
  const filtered = filters.some((name) => valuesOf(params, name).length > 0);
  const title = rangeTitle(query.range, rangeName);
  return (
    <Empty
      range={`to ${countryName(country)} ${rangeName ? `in the ${title.toLowerCase()}` : `in these ${title}`}`}
      withoutFilters={
        filtered ? viewUrl(path, params, Object.fromEntries(filters.map((name) => [name, null]))) : null
      }
      wider={rangeName === "90d" ? null : viewUrl(path, params, { range: "90d", from: null, to: null })}
      baseUrl={env().PUBLIC_BASE_URL}
      withPhone={simulated()}
    />
  );
}
