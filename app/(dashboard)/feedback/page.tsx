import type { Metadata } from "next";
import { dashboardPage } from "../dashboard-page";
import { Place } from "../panels/place";
import { CoveragePanel } from "./coverage-panel";
import { HealthPanel } from "./health-panel";
import { RefusalsPanel } from "./refusals-panel";

export const metadata: Metadata = { title: "Feedback · OTP Insights" };

export default function FeedbackPage({ searchParams }: PageProps<"/feedback">) {
  return dashboardPage({
    path: "/feedback",
    searchParams,
    compares: false,
    content: (view, reader) => (
      <>
        <h1 className="sr-only">Feedback to Twilio</h1>
        <Place
          title="Feedback"
          className="h-56 max-sm:h-96"
          soon
          panel={() => HealthPanel({ view, reader })}
        />
        <Place title="Coverage" className="h-72" panel={() => CoveragePanel({ view })} />
        <Place title="Refusals" className="h-40" panel={() => RefusalsPanel({ view, reader })} />
      </>
    ),
  });
}
