"use client";

import {
  EVENT_NAMES,
  EVENTS,
  isForPrograms,
  SEVERITIES,
  TARGET_KINDS,
  type EventName,
  type TargetKind,
} from "@/lib/terms/events";
import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";
import { eventField } from "./event-field";
import { FIELD, FieldProblem, Labelled, TextField, UNTOUCHED, type FormState } from "./fields";
import { ShownSecret } from "./shown-secret";
import { KIND_WORDS, LEAST_WORDS } from "./targets";
import { Select } from "../ui/select";

export interface TargetState extends FormState {
  /** What a webhook that was just made is signed with. */
  secret: string | null;
}

interface TargetFormProps {
  action: (state: TargetState, form: FormData) => Promise<TargetState>;
  /** Those that can be told. */
  kinds: readonly TargetKind[];
  /** Of the quiet hours to begin with. */
  tz: string;
}

/** Has somebody told. */
export function TargetForm({ action, kinds, tz }: TargetFormProps) {
  const { state, pending, form } = useServerForm<TargetState>(action, { ...UNTOUCHED, secret: null });
  const { problems, secret } = state;
  const problem = (field: string) => problems[field] ?? null;
  return (
    <form {...form} key={state.times} className="flex flex-col gap-4">
      {secret !== null && (
        <ShownSecret secret={secret}>
          Its webhooks are signed with this secret, which is shown only now:
        </ShownSecret>
      )}
      <div className="flex flex-wrap gap-4">
        <Labelled id="kind" label="By" problem={problem("kind")}>
          <Select
            id="kind"
            name="kind"
            className={FIELD}
            aria-invalid={problem("kind") !== null || undefined}
          >
            {TARGET_KINDS.map((kind) => (
              <option key={kind} value={kind} disabled={!kinds.includes(kind)}>
                {KIND_WORDS[kind]}
                {!kinds.includes(kind) && " (set SMTP_URL and ALERTS_FROM)"}
              </option>
            ))}
          </Select>
        </Labelled>
        <TextField
          id="target"
          name="target"
          label="To"
          problem={problem("target")}
          required
          placeholder="https://example.com/otp, or an e-mail address"
        />
      </div>
      <fieldset>
        <legend className="text-13 text-ink-soft">Of</legend>
        <Events names={EVENT_NAMES.filter((event) => !isForPrograms(event))} chosen />
        <FieldProblem id="events" text={problem("events")} />
      </fieldset>
      <details className="text-13">
        <summary className="w-fit font-medium text-ink-soft hover:text-ink">
          What programs may want to know, by webhook
        </summary>
        <Events names={EVENT_NAMES.filter(isForPrograms)} chosen={false} />
      </details>
      <div className="flex flex-wrap gap-4">
        <Labelled id="minSeverity" label="How much of it" problem={problem("minSeverity")}>
          <Select id="minSeverity" name="minSeverity" defaultValue="warning" className={FIELD}>
            {SEVERITIES.map((severity) => (
              <option key={severity} value={severity}>
                {LEAST_WORDS[severity]}
              </option>
            ))}
          </Select>
        </Labelled>
        <TextField
          id="quietFrom"
          name="quietFrom"
          label="Quiet from"
          problem={problem("quiet.from") ?? problem("quiet")}
          type="time"
          width=""
        />
        <TextField
          id="quietTo"
          name="quietTo"
          label="to"
          problem={problem("quiet.to")}
          type="time"
          width=""
        />
        <TextField
          id="quietTz"
          name="quietTz"
          label="by the clock of"
          problem={problem("quiet.tz")}
          defaultValue={tz}
          width=""
        />
      </div>
      <p className="text-13 text-ink-soft">
        In quiet hours only what is critical is told; the rest comes after.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending} pendingLabel="Adding …">
          Have them told
        </SubmitButton>
        <FieldProblem id="form" text={problem("")} />
      </div>
    </form>
  );
}

function Events({ names, chosen }: { names: readonly EventName[]; chosen: boolean }) {
  return (
    <div className="mt-1 flex flex-col gap-1.5">
      {names.map((event) => (
        <label key={event} className="flex items-baseline gap-2">
          <input
            type="checkbox"
            name={eventField(event)}
            value="on"
            defaultChecked={chosen}
            className="accent-accent"
          />
          <span>{EVENTS[event].words}</span>
        </label>
      ))}
    </div>
  );
}
