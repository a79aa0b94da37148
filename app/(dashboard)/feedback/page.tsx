import type { Metadata } from "next";
import { Suspense } from "react";
import { BadViewNotice } from "@/components/dashboard/bad-view-notice";
import { Closed } from "@/components/dashboard/closed";
import { PanelSkeleton } from "@/components/dashboard/panel";
import { PanelBoundary } from "@/components/dashboard/panel-boundary";
import { ViewBar } from "@/components/dashboard/view-bar";
import { viewUrl } from "@/components/ui/view-url";
import { isOperator, mayReadDashboard } from "@/lib/account/access";
import { currentViewer } from "@/app/cookies/session";
import { isBad, reportViewOf } from "../view";
import { CoveragePanel } from "./coverage-panel";
import { HealthPanel } from "./health-panel";
import { RefusalsPanel } from "./refusals-panel";

export const metadata: Metadata = { title: "Feedback · OTP Insights" };

export default async function FeedbackPage({ searchParams }: PageProps<"/feedback">) {
  const viewer = await currentViewer();
  if (!mayReadDashboard(viewer)) return <Closed signedIn={viewer !== null} />;
  const view = await reportViewOf(await searchParams);
  if (isBad(view)) {
    const repaired = viewUrl(
      "/feedback",
      view.params,
      Object.fromEntries(view.faults.map(({ field }) => [field, null])),
    );
    return <BadViewNotice faults={view.faults} repaired={repaired} reset="/feedback" />;
  }
  const reader = { signedIn: viewer !== null, operator: isOperator(viewer) };
  return (
    <>
      <ViewBar view={view} />
      <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6">
        <h1 className="sr-only">Feedback to Twilio</h1>
        <PanelBoundary title="Feedback">
          <Suspense fallback={<PanelSkeleton title="Feedback" className="h-56 max-sm:h-96" />}>
            <HealthPanel view={view} reader={reader} />
          </Suspense>
        </PanelBoundary>
        <PanelBoundary title="Coverage">
          <Suspense fallback={<PanelSkeleton title="Coverage" className="h-72" />}>
            <CoveragePanel view={view} />
          </Suspense>
        </PanelBoundary>
        <PanelBoundary title="Refusals">
          <Suspense fallback={<PanelSkeleton title="Refusals" className="h-40" />}>
            <RefusalsPanel view={view} reader={reader} />
          </Suspense>
        </PanelBoundary>
      </div>
    </>
  );
}
