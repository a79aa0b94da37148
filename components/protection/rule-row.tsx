"use client";

import { RULE_MODES, RULES, type RuleMode, type RuleName } from "@/lib/terms/rules";
import { SubmitButton } from "../ui/button";
import { formatCount, formatMoney } from "../ui/format";
import { Select } from "../ui/select";
import { useServerForm } from "../ui/use-server-form";
import { FIELD, FieldProblem, Labelled, TextField, UNTOUCHED, type FormState } from "./fields";

/** What a rule would have refused with some thresholds. */
export interface Rehearsed {
  threshold: number;
  refused: number;
  saved: number;
  falsePositives: number;
}

export interface RehearsalState {
  /** None before it was asked for. */
  rows: readonly Rehearsed[];
  problem: string | null;
}

export type RuleAction = (state: FormState, form: FormData) => Promise<FormState>;

interface RuleRowProps {
  name: RuleName;
  mode: RuleMode;
  threshold: number;
  /** The most of a day while it refuses, in US dollars; null where it bounds nothing. */
  bound: number | null;
  change: RuleAction;
  rehearse: (state: RehearsalState, form: FormData) => Promise<RehearsalState>;
}

const MODE_WORDS: Record<RuleMode, string> = {
  off: "Off",
  monitor: "Watches",
  enforce: "Refuses",
};

/** A rule: what it does, from which threshold on, and what others would have refused. */
export function RuleRow({ name, mode, threshold, bound, change, rehearse }: RuleRowProps) {
  const { words, explains, threshold: unit, least, most } = RULES[name];
  const { state, pending, form } = useServerForm<FormState>(change, UNTOUCHED);
  const problem = (field: string) => state.problems[field] ?? null;
  return (
    <li className="flex flex-col gap-2 border-line px-4 py-3 not-last:border-b">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-60 flex-1">
          <h3 className="font-medium">{words}</h3>
          <p className="max-w-[50rem] text-13 text-ink-soft">
            {explains}
            {bound !== null &&
              ` ${mode === "enforce" ? "So" : "If it refused,"} at most ${formatMoney(bound, "USD")} a day could be lost.`}
          </p>
        </div>
        <form
          {...form}
          className="grid w-full grid-cols-[6.5rem_minmax(0,1fr)_auto] items-end gap-3 sm:w-108 print:hidden"
        >
          <input type="hidden" name="name" value={name} />
          <Labelled id={`${name}-mode`} label="It" problem={problem("mode")}>
            <Select id={`${name}-mode`} name="mode" defaultValue={mode} className={FIELD}>
              {RULE_MODES.map((each) => (
                <option key={each} value={each}>
                  {MODE_WORDS[each].toLowerCase()}
                </option>
              ))}
            </Select>
          </Labelled>
          {least < most ? (
            <TextField
              id={`${name}-threshold`}
              name="threshold"
              label={`from, ${unit}`}
              problem={problem("threshold")}
              inputMode="decimal"
              defaultValue={threshold}
              width="w-28"
            />
          ) : (
            <span />
          )}
          <SubmitButton size="small" pending={pending} pendingLabel="Saving …">
            Save
          </SubmitButton>
          <FieldProblem id={`${name}-form`} text={problem("")} className="col-span-3" />
        </form>
      </div>
      <Rehearsal name={name} rehearse={rehearse} change={change} />
    </li>
  );
}

function Rehearsal({ name, rehearse, change }: Pick<RuleRowProps, "name" | "rehearse" | "change">) {
  const { state, pending, form } = useServerForm<RehearsalState>(rehearse, { rows: [], problem: null });
  const enforcing = useServerForm<FormState>(change, UNTOUCHED);
  const most = Math.max(1, ...state.rows.map(({ refused }) => refused));
  return (
    <div className="text-13">
      <form {...form} className="print:hidden">
        <input type="hidden" name="name" value={name} />
        <SubmitButton size="small" pending={pending} pendingLabel="Rehearsing …">
          What would it have refused in 30 days?
        </SubmitButton>
        <FieldProblem id={`${name}-rehearsal`} text={state.problem} />
      </form>
      {state.rows.length > 0 && (
        <form {...enforcing.form} className="mt-2 overflow-x-auto">
          <input type="hidden" name="name" value={name} />
          <input type="hidden" name="mode" value="enforce" />
          <table className="w-full max-w-[56rem]">
            <caption className="sr-only">What {RULES[name].words} would have refused, by threshold</caption>
            <thead>
              <tr className="text-left text-ink-soft">
                <th scope="col" className="py-1 pr-3 font-medium">
                  From
                </th>
                <th scope="col" className="w-full py-1 pr-3 font-medium sm:w-2/5">
                  Refused, and in red those confirmed after all
                </th>
                <th scope="col" className="py-1 pr-3 text-right font-medium">
                  Saved
                </th>
                <th scope="col" className="py-1" />
              </tr>
            </thead>
            <tbody>
              {state.rows.map(({ threshold, refused, saved, falsePositives }) => (
                <tr key={threshold}>
                  <th scope="row" className="py-1 pr-3 text-left font-normal tabular-nums">
                    {threshold}
                  </th>
                  <td className="py-1 pr-3">
                    <span className="flex flex-col gap-x-2 sm:flex-row sm:items-center">
                      <svg aria-hidden="true" height="12" className="w-full min-w-16 sm:w-auto sm:grow">
                        <rect width={`${(100 * refused) / most}%`} height="12" className="fill-edge" />
                        <rect width={`${(100 * falsePositives) / most}%`} height="12" className="fill-bad" />
                      </svg>
                      <span className="shrink-0 tabular-nums sm:w-40">
                        {formatCount(refused)}, {formatCount(falsePositives)} of them confirmed
                      </span>
                    </span>
                  </td>
                  <td className="py-1 pr-3 text-right tabular-nums">{formatMoney(saved, "USD")}</td>
                  <td className="py-1 text-right print:hidden">
                    <SubmitButton
                      size="small"
                      className="whitespace-nowrap"
                      name="threshold"
                      value={String(threshold)}
                      pending={enforcing.pending}
                      pendingLabel="Saving …"
                    >
                      Refuse from here
                    </SubmitButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </form>
      )}
    </div>
  );
}
