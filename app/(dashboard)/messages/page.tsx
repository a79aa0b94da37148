import type { Metadata } from "next";
import { Suspense } from "react";
import { BadViewNotice } from "@/components/dashboard/bad-view-notice";
import { Closed } from "@/components/dashboard/closed";
import { PanelSkeleton } from "@/components/dashboard/panel";
import { PanelBoundary } from "@/components/dashboard/panel-boundary";
import { ViewBar } from "@/components/dashboard/view-bar";
import { viewUrl } from "@/components/ui/view-url";
import { NumberSearch } from "@/components/messages/number-search";
import { mayReadDashboard } from "@/lib/account/access";
import { env } from "@/lib/env";
import { currentViewer } from "@/app/cookies/session";
import { isBad, viewOf } from "../view";
import { findMessages } from "./actions";
import { LogPanel } from "./log-panel";
import { MOST_FOUND } from "./most-found";

export const metadata: Metadata = { title: "Messages · OTP Insights" };

export default async function MessagesPage({ searchParams }: PageProps<"/messages">) {
  const viewer = await currentViewer();
  if (!mayReadDashboard(viewer)) return <Closed signedIn={viewer !== null} />;
  const view = viewOf(await searchParams);
  if (isBad(view)) {
    const repaired = viewUrl(
      "/messages",
      view.params,
      Object.fromEntries(view.faults.map(({ field }) => [field, null])),
    );
    return <BadViewNotice faults={view.faults} repaired={repaired} reset="/messages" />;
  }
  return (
    <>
      <ViewBar view={view} />
      <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6">
        <h1 className="sr-only">Messages</h1>
        <NumberSearch
          action={findMessages}
          tz={view.query.range.tz}
          at={view.at}
          settled={view.settled}
          params={view.params}
          keptDays={env().REDACT_AFTER_DAYS}
          most={MOST_FOUND}
        />
        <PanelBoundary title="Messages">
          <Suspense fallback={<PanelSkeleton title="Messages" className="h-[60rem]" />}>
            <LogPanel view={view} />
          </Suspense>
        </PanelBoundary>
      </div>
    </>
  );
}
