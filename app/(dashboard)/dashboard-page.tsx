/** What all pages of the dashboard have: for whom they are, the view they show, and what stands there when they cannot. */
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { BadViewNotice } from "@/components/dashboard/bad-view-notice";
import { Closed } from "@/components/dashboard/closed";
import { PrintLine } from "@/components/dashboard/print-line";
import { ViewBar } from "@/components/dashboard/view-bar";
import { viewUrl, type ViewParams } from "@/components/ui/view-url";
import { isOperator, mayReadDashboard } from "@/lib/account/access";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { countryOf } from "@/lib/terms/countries";
import { forEverybody } from "@/lib/insights/asking/filters";
import { comparisonRange, type Range } from "@/lib/insights/asking/range";
import { networksOf } from "@/lib/verification/networks";
import { currentViewer } from "@/app/cookies/session";
import { notThere } from "@/app/not-there";
import { SampleNotice } from "./panels/sample-notice";
import { SoonOrLater } from "./panels/soon-or-later";
import { askForWholePage, isWhole } from "./whole";
import { beyondReach, viewOf, type BadView, type View } from "./view";

/** Who looks at a page, as far as that changes it. */
export interface Reader {
  signedIn: boolean;
  /** Whether they may have feedback tried again. */
  operator: boolean;
}

/** A page for whoever may read the dashboard; the others are told so, and not one figure. */
export async function forReaders(page: (reader: Reader) => Promise<ReactNode>): Promise<ReactNode> {
  const viewer = await currentViewer();
  const signedIn = viewer !== null;
  if (!mayReadDashboard(viewer)) return <Closed signedIn={signedIn} />;
  return (
    <>
      <PrintLine baseUrl={env().PUBLIC_BASE_URL} at={now()} />
      {await page({ signedIn, operator: isOperator(viewer) })}
    </>
  );
}

interface DashboardPage {
  /** Its address without parameters. */
  path: string;
  searchParams: Promise<ViewParams>;
  /** The country that the page is of, whatever countries its parameters name; not found when there is none of that code. */
  country?: string;
  /** Whether it lists messages, of which there may be any number; other pages count them, and cannot count too many one by one. */
  listsMessages?: boolean;
  /** Whether anything of it is compared with another time; what lists messages has nothing that is. */
  compares?: boolean;
  /** What is its own. */
  content: (view: View, reader: Reader) => ReactNode;
}

/** A page of the dashboard: the bar with its view, and below it what is its own; or why the address cannot be shown. */
export function dashboardPage(page: DashboardPage) {
  const { path, searchParams, country, listsMessages = false, compares = !listsMessages, content } = page;
  return forReaders(async (reader) => {
    const { whole, ...params } = await searchParams;
    if (whole !== undefined) askForWholePage();
    if (country !== undefined) {
      const meant = countryOf(country);
      if (meant === null) return notThere();
      // One address for one page: UK and gb lead to GB.
      if (meant !== country) redirect(viewUrl(path.replace(/[^/]*$/, meant), params));
    }
    const understood = viewOf(params, country);
    const view = reader.operator ? understood : { ...understood, query: forEverybody(understood.query) };
    return (
      <>
        <WholeWithoutScripts page={viewUrl(path, params)} />
        <ViewBar
          view={view}
          compared={comparedOf(view)}
          networks={networksOfView(view)}
          ofCountry={country !== undefined}
          compares={compares}
          notice={
            <SoonOrLater asked={SampleNotice({ view }).catch(() => null)} waiting={null}>
              {(chip) => chip}
            </SoonOrLater>
          }
        />
        <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6">
          {listsMessages ? (
            content(view, reader)
          ) : (
            <SoonOrLater asked={beyondReach(view)}>
              {(bad) => (bad ? <Unseen {...bad} path={path} /> : content(view, reader))}
            </SoonOrLater>
          )}
        </div>
      </>
    );
  });
}

/** Sends a browser without scripts to where it gets a page whole: what is streamed into it only scripts put into its place. */
export async function WholeWithoutScripts({ page }: { page: string }) {
  if (await isWhole()) return null;
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0; url=/whole?of=${encodeURIComponent(page)}`} />
    </noscript>
  );
}

/** What a view is compared with, or would be. */
function comparedOf({ query: { range, compare } }: View): Range {
  return comparisonRange(range, compare === "none" ? "previous" : compare) ?? range;
}

/** To be proposed: those of the one country that is shown. */
function networksOfView({ query }: View): readonly string[] {
  const [country, ...others] = query.filters.country?.in ?? [];
  return country === undefined || others.length > 0 ? [] : networksOf(country);
}

/** Why a view cannot be shown, and the ways on. */
function Unseen({ faults, params, path }: BadView & { path: string }) {
  const repaired = Object.fromEntries(faults.map(({ field }) => [field, null]));
  return <BadViewNotice faults={faults} repaired={viewUrl(path, params, repaired)} reset={path} />;
}
