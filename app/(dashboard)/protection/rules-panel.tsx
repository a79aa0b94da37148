import { Panel } from "@/components/dashboard/panel";
import { RuleRow } from "@/components/protection/rule-row";
import { boundOf } from "@/lib/protection/exposure";
import { readRules } from "@/lib/protection/rules";
import { changeRuleByForm, rehearseByForm } from "./rule-actions";
import { exposureHere } from "./states-here";

const TITLE = "Rules";

export async function RulesPanel() {
  const [rules, exposure] = await Promise.all([readRules(), exposureHere()]);
  return (
    <Panel id="rules" title={TITLE} note="from the next message on" api="/api/protection/rules" flush>
      <ul aria-label={TITLE} className="flex flex-col">
        {rules.map((rule) => (
          <RuleRow
            key={`${rule.name} ${rule.mode} ${rule.threshold}`}
            name={rule.name}
            mode={rule.mode}
            threshold={rule.threshold}
            bound={boundOf(rule, exposure)}
            change={changeRuleByForm}
            rehearse={rehearseByForm}
          />
        ))}
      </ul>
    </Panel>
  );
}
