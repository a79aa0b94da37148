"use client";

import { DESTINATION_MODE_NAMES, DESTINATION_MODES, type DestinationMode } from "@/lib/terms/rules";
import { SubmitButton } from "../ui/button";
import { Select } from "../ui/select";
import { useServerForm } from "../ui/use-server-form";
import { FIELD, FieldProblem, Labelled, TextField, UNTOUCHED, type FormState } from "./fields";

const DESTINATION_WORDS: Record<DestinationMode, string> = {
  allow: "Allow",
  monitor: "Watch",
  block: "Block",
  cap: "Cap",
};

interface PlaceFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** The place, where the form is on that place's own page. */
  place?: string;
}

/** Says something of a destination. */
export function PlaceForm({ action, place }: PlaceFormProps) {
  const { state, pending, form } = useServerForm<FormState>(action, UNTOUCHED);
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
          defaultValue={place}
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
          maxLength={300}
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
