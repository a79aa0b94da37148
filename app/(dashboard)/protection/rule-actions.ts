"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/protection/fields";
import type { RehearsalState } from "@/components/protection/rule-row";
import { textField } from "@/components/ui/text-field";
import { thresholdFault } from "@/lib/api/protection/rules";
import { now, secondsAfter } from "@/lib/clock";
import { rehearse } from "@/lib/insights/reports/rehearsal";
import { DECISION_DAYS } from "@/lib/protection/partitions";
import { changeRule, readRules } from "@/lib/protection/rules";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { RULE_MODES, RULE_NAMES, RULES } from "@/lib/terms/rules";
import { FOR_OPERATORS, operatorHere, refused } from "./form-answers";

const Change = z.object({
  name: z.enum(RULE_NAMES),
  mode: z.enum(RULE_MODES),
  threshold: z.number().optional(),
});

/** What a rule does from now on. */
export async function changeRuleByForm(state: FormState, form: FormData): Promise<FormState> {
  const operator = await operatorHere();
  if (!operator) return refused(state, { "": FOR_OPERATORS });
  const threshold = textField(form, "threshold");
  const read = Change.safeParse({
    name: textField(form, "name"),
    mode: textField(form, "mode"),
    threshold: threshold === "" ? undefined : Number(threshold),
  });
  if (!read.success) return refused(state, { threshold: "It must be a number." });
  const fault =
    read.data.threshold === undefined ? null : thresholdFault(read.data.name, read.data.threshold);
  if (fault) return refused(state, { threshold: `It ${fault}.` });
  await changeRule({ ...read.data, author: operator.number });
  refresh();
  return { times: state.times + 1, problems: {} };
}

/** Parts of the threshold at hand, and multiples of it. */
const LADDER = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5];

/** What a rule would have refused, from lower to higher thresholds than it has. */
export async function rehearseByForm(_: RehearsalState, form: FormData): Promise<RehearsalState> {
  if (!(await operatorHere())) return { rows: [], problem: FOR_OPERATORS };
  const name = textField(form, "name");
  const rule = (await readRules()).find((each) => each.name === name);
  if (!rule) return { rows: [], problem: "There is no such rule." };
  const { least, most } = RULES[rule.name];
  const within = LADDER.map((part) =>
    Math.min(most, Math.max(least, Number((part * rule.threshold).toPrecision(3)))),
  );
  const to = now();
  const rows = await rehearse({
    rule: rule.name,
    thresholds: [...new Set(within)],
    from: secondsAfter(to, -DECISION_DAYS * DAY_SECONDS),
    to,
  });
  return { rows, problem: null };
}
