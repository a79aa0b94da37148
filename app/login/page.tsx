import type { ReactElement } from "react";
import { env, simulated } from "@/lib/env";
import type { Verification } from "@/lib/verification/verification";
import { currentViewer } from "@/app/cookies/session";
import { currentVerification, finishedVerification } from "@/app/cookies/sign-in";
import { CodeStep } from "./steps/code-step";
import { DoneStep } from "./steps/done-step";
import { EndedStep } from "./steps/ended-step";
import { FinishStep } from "./steps/finish-step";
import { LinkStep } from "./steps/link-step";
import { NumberStep } from "./steps/number-step";

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const [verification, viewer, { step }] = await Promise.all([
    currentVerification(),
    currentViewer(),
    searchParams,
  ]);
  if (step === "number") return <NumberStep verification={verification} viewer={viewer} />;
  if (verification) return <OpenStep verification={verification} />;
  const finished = await finishedVerification();
  if (finished && viewer) return <DoneStep verification={finished} viewer={viewer} />;
  return <NumberStep verification={null} viewer={viewer} />;
}

/** The step of a sign-in that has not led to a session yet. An element in any case, so that the compiler misses an action without one. */
function OpenStep({ verification }: { verification: Verification }): ReactElement {
  const { status, action, checksLeft } = verification;
  const props = { verification, demo: simulated(), maxChecks: env().MAX_CHECKS };
  if (status === "approved") return <FinishStep {...props} />;
  if (status !== "pending" || checksLeft === 0) return <EndedStep {...props} />;
  switch (action) {
    case "code":
      return <CodeStep {...props} />;
    case "link":
      return <LinkStep {...props} />;
    // Waited for on pages of their own.
    case "temporary_password":
    case "reply":
      return <NumberStep verification={null} viewer={null} />;
  }
}
