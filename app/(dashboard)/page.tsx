import type { Metadata } from "next";
import { BadViewNotice } from "@/components/dashboard/bad-view-notice";
import { Closed } from "@/components/dashboard/closed";
import { Empty } from "@/components/dashboard/empty";
import { ViewBar } from "@/components/dashboard/view-bar";
import { rangeTitle } from "@/components/dashboard/view-bar/range-words";
import { FILTERS, valuesOf, viewUrl } from "@/components/ui/view-url";
import { mayReadDashboard } from "@/lib/account/access";
import { env, simulated } from "@/lib/env";
import { currentViewer } from "@/app/cookies/session";
import { OverviewPanels } from "./overview/panels";
import { PlaceWithPage } from "./panels/place";
import { SamplePanel } from "./panels/sample-panel";
import { alertsOf, isEmpty } from "./reports";
import { isBad, reportViewOf, type View } from "./view";

export const metadata: Metadata = { title: "Overview · OTP Insights" };

export default async function OverviewPage({ searchParams }: PageProps<"/">) {
  const viewer = await currentViewer();
  if (!mayReadDashboard(viewer)) return <Closed signedIn={viewer !== null} />;
  const view = await reportViewOf(await searchParams);
  if (isBad(view)) {
    const { faults, params } = view;
    const repaired = viewUrl("/", params, Object.fromEntries(faults.map(({ field }) => [field, null])));
    return <BadViewNotice faults={faults} repaired={repaired} reset="/" />;
  }
  return (
    <>
      <ViewBar view={view} />
      <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6">
        <h1 className="sr-only">Overview: conversion by destination</h1>
        <PlaceWithPage title="Sample data" panel={() => SamplePanel({ view })} />
        {(await isEmpty(view)) ? (
          <EmptyView view={view} />
        ) : (
          <OverviewPanels view={view} findings={await findingCount(view)} />
        )}
      </div>
    </>
  );
}

/** Unknown is none: the panel itself says what could not be read. */
async function findingCount(view: View): Promise<number> {
  const { rows } = await alertsOf(view).catch(() => ({ rows: [] }));
  return rows.length;
}

function EmptyView({ view }: { view: View }) {
  const { params, query, rangeName } = view;
  const filters = FILTERS.flatMap((name) => [name, `${name}!`]);
  const filtered = filters.some((name) => valuesOf(params, name).length > 0);
  const title = rangeTitle(query.range, rangeName);
  return (
    <Empty
      range={rangeName ? `in the ${title.toLowerCase()}` : `in these ${title}`}
      withoutFilters={
        filtered ? viewUrl("/", params, Object.fromEntries(filters.map((name) => [name, null]))) : null
      }
      wider={rangeName === "90d" ? null : viewUrl("/", params, { range: "90d", from: null, to: null })}
      baseUrl={env().PUBLIC_BASE_URL}
      withPhone={simulated()}
    />
  );
}
