import { Panel } from "@/components/dashboard/panel";
import { TargetActions } from "@/components/protection/target-actions";
import { TargetForm } from "@/components/protection/target-form";
import { Targets, type TargetLine } from "@/components/protection/targets";
import { env } from "@/lib/env";
import { readDeliveries } from "@/lib/notifications/due";
import { readTargets } from "@/lib/notifications/targets";
import { TARGET_KINDS } from "@/lib/terms/events";
import { addTargetByForm, removeTargetByForm, renewSecretByForm, tryOutTarget } from "./actions";

/** More are in the log that the API gives. */
const MOST_TOLD = 20;

/** Who is told of what; for operators, since an address may be all that it takes to write there. */
export async function TargetsPanel() {
  const targets = await readTargets();
  const lines = await Promise.all(
    targets.map(async (target): Promise<TargetLine> => ({
      ...target,
      log: (await readDeliveries(target.id)).slice(0, MOST_TOLD),
      actions: (
        <TargetActions
          id={target.id}
          tryOut={tryOutTarget}
          renew={target.kind === "webhook" ? renewSecretByForm : null}
          remove={removeTargetByForm}
        />
      ),
    })),
  );
  const { SMTP_URL, ALERTS_FROM } = env();
  return (
    <Panel id="targets" title="Who is told" note="each step once, tried for three days" flush>
      {lines.length > 0 ? (
        <Targets lines={lines} />
      ) : (
        <p className="px-4 pb-4">Nobody is. What goes wrong stands on this page only.</p>
      )}
      <details className="border-t border-line px-4 py-3 print:hidden">
        <summary className="w-fit text-13 font-medium text-ink-soft hover:text-ink">
          Have somebody told
        </summary>
        <div className="mt-3">
          <TargetForm
            action={addTargetByForm}
            kinds={TARGET_KINDS.filter((kind) => kind !== "email" || (SMTP_URL && ALERTS_FROM))}
            tz="UTC"
          />
        </div>
      </details>
    </Panel>
  );
}
