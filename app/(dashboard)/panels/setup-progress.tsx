import { SetupChecklist } from "@/components/dashboard/setup-checklist";
import { Live } from "@/components/dashboard/view-bar/live";
import { env, simulated } from "@/lib/env";
import { isSetUp, type SetupSteps } from "@/lib/setup/steps";

/** Often enough to be seen to follow what somebody does meanwhile. */
const LOOK_EVERY_MS = 2_000;

/** How far the set-up has come, read anew until all of it is there. */
export function SetupProgress({ steps }: { steps: SetupSteps }) {
  return (
    <>
      <SetupChecklist steps={steps} baseUrl={env().PUBLIC_BASE_URL} withPhone={simulated()} />
      {!isSetUp(steps) && <Live pauseMs={LOOK_EVERY_MS} />}
    </>
  );
}
