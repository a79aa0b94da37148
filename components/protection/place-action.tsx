"use client";

import { useId, useState } from "react";
import { MOST_REASON } from "@/lib/terms/limits";
import { SubmitButton } from "../ui/button";
import { ClosingDetails } from "../ui/closing-details";
import { Icon } from "../ui/icon";
import type { StateLine } from "../ui/place-badge";
import { Select } from "../ui/select";
import { useServerForm } from "../ui/use-server-form";
import {
  FIELD,
  FieldProblem,
  Labelled,
  TextArea,
  TAKE_BACK,
  TextField,
  UNTOUCHED,
  type PlaceFormState,
} from "./fields";

/** What would be said of a place, to begin with. */
export interface PlaceProposal {
  mode: "block" | "cap";
  perHour: number;
  reason: string;
  /** When it could end, in the order of the choice; the first is meant. */
  ends: readonly { value: string; words: string }[];
}

export interface PlaceActionProps {
  action: (state: PlaceFormState, form: FormData) => Promise<PlaceFormState>;
  /** Its place as it is now. */
  line: StateLine;
  proposal: PlaceProposal;
  /** Where its button stands: what it opens goes the other way. */
  side: "left" | "right";
  /** Whether its button has room for words. */
  worded?: boolean;
}

const SIDES = { left: "left-0", right: "right-0" } as const;

/** The button that acts on a finding: says of exactly its place that messages there are blocked or capped, or takes that back. */
export function PlaceAction({ action, line, proposal, side, worded = false }: PlaceActionProps) {
  const { state, pending, form } = useServerForm<PlaceFormState>(action, { ...UNTOUCHED, done: null });
  const id = useId();
  const { place, name, words, isSaid } = line;
  // Without scripts an answer is a new page, in which it is to be seen; with them what was pressed is open, until the view changes.
  const [isAnswer] = useState(state.done !== null || Object.keys(state.problems).length > 0);
  return (
    <ClosingDetails name="place-action" className="relative w-fit print:hidden" opened={isAnswer}>
      <summary
        title={worded ? undefined : `Block or cap ${name}`}
        className="flex h-7 w-fit list-none items-center gap-1.5 rounded-6 border border-edge px-1.5 text-13 font-medium hover:bg-wash [&::-webkit-details-marker]:hidden"
      >
        <Icon name="shield" />
        <span className={worded ? "pr-1" : "sr-only"}>
          Block or cap<span className="sr-only"> {name}</span>
        </span>
      </summary>
      <div
        className={`absolute top-full z-10 mt-1 flex w-72 flex-col gap-3 rounded-8 border border-edge bg-panel p-4 text-left text-13 font-normal whitespace-normal text-ink sm:w-84 ${SIDES[side]}`}
      >
        <div>
          <p className="font-semibold">{name}</p>
          <p className="wrap-anywhere text-ink-soft">{words}</p>
        </div>
        <p role="status" className="font-medium empty:hidden">
          {state.done}
        </p>
        {isSaid && (
          <form {...form}>
            <input type="hidden" name="place" value={place} />
            <input type="hidden" name="mode" value={TAKE_BACK} />
            <SubmitButton size="small" pending={pending} pendingLabel="Taking back …">
              Take back
            </SubmitButton>
          </form>
        )}
        <form
          {...form}
          key={state.times}
          className={`flex flex-col gap-3 ${isSaid ? "border-t border-line pt-3" : ""}`}
        >
          <input type="hidden" name="place" value={place} />
          <div className="flex flex-wrap gap-3">
            <Labelled
              id={`${id}-mode`}
              label="What"
              problem={state.problems["mode"] ?? null}
              className="grow"
            >
              <Select id={`${id}-mode`} name="mode" defaultValue={proposal.mode} className={FIELD}>
                <option value="block">Block it</option>
                <option value="cap">Cap it</option>
              </Select>
            </Labelled>
            <TextField
              id={`${id}-per-hour`}
              name="perHour"
              label="Cap, an hour"
              problem={state.problems["perHour"] ?? null}
              inputMode="numeric"
              defaultValue={proposal.perHour}
              width="w-24"
            />
            <Labelled
              id={`${id}-until`}
              label="How long"
              problem={state.problems["until"] ?? null}
              className="grow"
            >
              <Select id={`${id}-until`} name="until" className={FIELD}>
                {proposal.ends.map(({ value, words }) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
            </Labelled>
          </div>
          <TextArea
            id={`${id}-reason`}
            name="reason"
            label="Why"
            problem={state.problems["reason"] ?? null}
            required
            maxLength={MOST_REASON}
            rows={4}
            defaultValue={proposal.reason}
          />
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton size="small" look="primary" pending={pending} pendingLabel="Saving …">
              {isSaid ? "Say this instead" : "Do it"}
            </SubmitButton>
            <FieldProblem id={`${id}-form`} text={state.problems[""] ?? state.problems["place"] ?? null} />
          </div>
        </form>
      </div>
    </ClosingDetails>
  );
}
