import { Panel } from "@/components/dashboard/panel";
import { RuleRow } from "@/components/protection/rule-row";
import { readRules } from "@/lib/protection/rules";
import type { Reader } from "../dashboard-page";
import { forOperators } from "./for-operators";
import { changeRuleByForm, rehearseByForm } from "./rule-actions";

const TITLE = "Rules";

export async function RulesPanel({ reader }: { reader: Reader }) {
  const closed = forOperators(reader, "rules", TITLE);
  if (closed) return closed;
  return (
    <Panel id="rules" title={TITLE} note="from the next message on" api="/api/protection/rules" flush>
      <ul aria-label={TITLE} className="flex flex-col">
        {(await readRules()).map(({ name, mode, threshold }) => (
          <RuleRow
            key={`${name} ${mode} ${threshold}`}
            {...{ name, mode, threshold }}
            change={changeRuleByForm}
            rehearse={rehearseByForm}
          />
        ))}
      </ul>
    </Panel>
  );
}
