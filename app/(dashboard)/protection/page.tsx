import type { Metadata } from "next";
import { Panel } from "@/components/dashboard/panel";
import { forReaders, WholeWithoutScripts, type Reader } from "../dashboard-page";
import { Place } from "../panels/place";
import { askForWholePage } from "../whole";
import { BreakersPanel } from "./breakers-panel";
import { DecisionsPanel } from "./decisions-panel";
import { ExposurePanel } from "./exposure-panel";
import { IncidentsPanel } from "./incidents-panel";
import { RulesPanel } from "./rules-panel";
import { PlacesPanel, SafePanel } from "./said-panels";
import { TargetsPanel } from "./targets-panel";

export const metadata: Metadata = { title: "Protection · OTP Insights" };

/** What is wrong, what could be lost, what is refused, and who is told of it. */
export default function ProtectionPage({ searchParams }: PageProps<"/protection">) {
  return forReaders(async (reader) => {
    if ((await searchParams)["whole"] !== undefined) askForWholePage();
    return (
      <>
        <WholeWithoutScripts page="/protection" />
        <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-6 px-4 py-6 sm:px-6">
          <h1 className="text-20 font-semibold tracking-tight">Protection</h1>
          <Place title="What is wrong" className="h-40" soon panel={() => IncidentsPanel({ reader })} />
          {reader.operator ? <OperatorsPanels /> : <ForOperators signedIn={reader.signedIn} />}
        </div>
      </>
    );
  });
}

/** What could be lost is what an attacker would like to know, and who is told is nobody else's business. */
function OperatorsPanels() {
  return (
    <>
      <Place title="What could be lost" className="h-64" panel={ExposurePanel} />
      <Place title="Refused now" className="h-40" panel={BreakersPanel} />
      <Place title="Rules" className="h-96" panel={RulesPanel} />
      <Place title="Destinations" className="h-64" panel={PlacesPanel} />
      <Place title="Safe list" className="h-40" panel={SafePanel} />
      <Place title="Decisions" className="h-64" panel={DecisionsPanel} />
      <Place title="Who is told" className="h-64" panel={TargetsPanel} />
    </>
  );
}

function ForOperators({ signedIn }: Pick<Reader, "signedIn">) {
  return (
    <Panel id="operators" title="For operators">
      <p className="max-w-prose text-ink-soft">
        What could be lost, what is refused now and why, the rules with their rehearsal, what people have said
        of destinations and numbers, and who is told.{" "}
        {signedIn
          ? "This number is none of them: OPERATORS has theirs."
          : "Sign in with one of the numbers in OPERATORS."}
      </p>
    </Panel>
  );
}
