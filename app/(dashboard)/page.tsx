import type { Metadata } from "next";
import { Closed } from "@/components/dashboard/closed";
import { DefinitionList } from "@/components/dashboard/definition-list";
import { DestinationsTable } from "@/components/dashboard/destinations-table";
import { Empty } from "@/components/dashboard/empty";
import { ReportRange } from "@/components/dashboard/report-range";
import { Tiles } from "@/components/dashboard/tiles";
import { mayReadDashboard } from "@/lib/account/access";
import { now, secondsAfter } from "@/lib/clock";
import { env, simulated } from "@/lib/env";
import { feedbackHealth } from "@/lib/feedback/due";
import { conversionByDestination } from "@/lib/insights/conversion-by-destination";
import { currentViewer } from "../session-cookie";
import { DEFINITIONS } from "./definitions";

export const metadata: Metadata = { title: "Overview · OTP Insights" };

const DAYS = 28;

export default async function OverviewPage() {
  const viewer = await currentViewer();
  if (!mayReadDashboard(viewer)) return <Closed signedIn={viewer !== null} />;
  const to = now();
  const from = secondsAfter(to, -DAYS * 86_400);
  const [report, feedback] = await Promise.all([conversionByDestination(from, to), feedbackHealth(from, to)]);
  return (
    <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <div>
        <h1 className="text-20 font-semibold tracking-tight">Conversion by destination</h1>
        <ReportRange days={DAYS} from={from} to={to} />
      </div>
      {report.rows.length === 0 ? (
        <Empty days={DAYS} baseUrl={env().PUBLIC_BASE_URL} withPhone={simulated()} />
      ) : (
        <>
          <Tiles totals={report.totals} feedback={feedback} definitions={DEFINITIONS} />
          <DestinationsTable report={report} definitions={DEFINITIONS} />
          <DefinitionList definitions={DEFINITIONS} />
        </>
      )}
    </div>
  );
}
