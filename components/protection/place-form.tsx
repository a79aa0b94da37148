"use client";

import { DESTINATION_MODE_NAMES, DESTINATION_MODES, type DestinationMode } from "@/lib/terms/rules";
import { MOST_REASON } from "@/lib/terms/limits";
import { SubmitButton } from "../ui/button";
import { Select } from "../ui/select";
import { useServerForm } from "../ui/use-server-form";
import { FIELD, FieldProblem, Labelled, TextField, UNTOUCHED, type PlaceFormState } from "./fields";

const DESTINATION_WORDS: Record<DestinationMode, string> = {
  allow: "Allow",
  monitor: "Watch",
  block: "Block",
  cap: "Cap",
};

interface PlaceFormProps {
  action: (state: PlaceFormState, form: FormData) => Promise<PlaceFormState>;
}

/** Says something of a destination. */
export function PlaceForm({ action }: PlaceFormProps) {
  const { state, pending, form } = useServerForm<PlaceFormState>(action, { ...UNTOUCHED, done: null });
  const problem = (field: string) => state.problems[field] ?? null;
  return (
    <form {...form} key={state.times} className="flex flex-col gap-3 print:hidden">
      <div className="flex flex-wrap gap-3">
        <TextField
          id="place"
          name="place"
          label="Where"
          problem={problem("place")}
          required
          placeholder="BR, BR:Claro or +5511987654"
          width="w-64"
        />
        <Labelled id="place-mode" label="What" problem={problem("mode")}>
          <Select id="place-mode" name="mode" defaultValue="block" className={FIELD}>
            {DESTINATION_MODE_NAMES.map((mode) => (
              <option key={mode} value={mode}>
                {DESTINATION_WORDS[mode]}
              </option>
            ))}
          </Select>
        </Labelled>
        <TextField
          id="perHour"
          name="perHour"
          label="Messages an hour, of a cap"
          problem={problem("perHour")}
          inputMode="numeric"
          width="w-40"
        />
        <TextField
          id="until"
          name="until"
          label="Until, in UTC, if it ends"
          problem={problem("until")}
          type="datetime-local"
          width=""
        />
        <TextField
          id="place-reason"
          name="reason"
          label="Why"
          problem={problem("reason")}
          required
          maxLength={MOST_REASON}
        />
      </div>
      <ul className="text-13 text-ink-soft">
        {DESTINATION_MODE_NAMES.map((mode) => (
          <li key={mode}>
            <span className="font-medium text-ink">{DESTINATION_WORDS[mode]}</span>: {DESTINATION_MODES[mode]}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending} pendingLabel="Saving …">
          Say so
        </SubmitButton>
        <FieldProblem id="place-form" text={problem("")} />
      </div>
    </form>
  );
}
