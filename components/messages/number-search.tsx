"use client";

import type { LoggedMessage } from "@/lib/insights/reports/messages";
import type { ViewParams } from "../ui/view-url";
import { SubmitButton } from "../ui/button";
import { ProblemText, type Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";
import { MessageTable } from "./message-table";

/** What a search found: with masked numbers only, and without the one that was searched for. */
export interface FoundMessages {
  /** Null before the first search, and when there was none for a problem. */
  rows: LoggedMessage[] | null;
  /** When it was searched. */
  at: Date;
  problem: Problem | null;
}

interface NumberSearchProps {
  action: (found: FoundMessages, form: FormData) => Promise<FoundMessages>;
  tz: string;
  at: Date;
  /** What was requested before this can no longer be confirmed in time. */
  matureUntil: Date;
  params: ViewParams;
  /** After this many days messages are known by their block only. */
  keptDays: number;
  /** No more than these are shown. */
  most: number;
}

/** Finds a number's messages. It goes in the form's body, so that no address, history or log has it. */
export function NumberSearch({ action, tz, at, matureUntil, params, keptDays, most }: NumberSearchProps) {
  const { state, pending, form } = useServerForm<FoundMessages>(action, { rows: null, at, problem: null });
  const { rows, problem } = state;
  return (
    <search className="rounded-8 border border-line bg-panel print:hidden">
      <form {...form} className="flex flex-wrap items-end gap-x-3 gap-y-2 px-4 py-3">
        <div className="flex min-w-0 grow flex-col gap-1 sm:max-w-80">
          <label htmlFor="search" className="font-semibold">
            Find a number’s messages
          </label>
          <input
            id="search"
            name="number"
            type="tel"
            // Of one's own numbers none is meant.
            autoComplete="off"
            placeholder="+44 7700 900123"
            required
            aria-describedby="search-hint search-problem"
            aria-invalid={problem ? true : undefined}
            className="h-9 rounded-6 border border-edge bg-panel px-3 placeholder:text-ink-mute aria-invalid:border-bad"
          />
        </div>
        <SubmitButton size="small" pending={pending} pendingLabel="Searching…" className="h-9">
          Find
        </SubmitButton>
        <p id="search-hint" className="basis-full text-12 text-ink-soft">
          The whole number, with + and the country’s code. It is not put into the address. Messages older than{" "}
          {keptDays} days have lost their last digits: filter by their block.
        </p>
        <div id="search-problem" aria-live="polite" className="basis-full empty:hidden">
          {problem && <ProblemText {...problem} />}
        </div>
      </form>
      <div aria-live="polite">
        {rows && (
          <p className="border-t border-line px-4 py-3 font-medium">
            {rows.length === 0
              ? "No message to this number is known."
              : rows.length >= most
                ? `The newest ${most} messages to this number`
                : `${rows.length} ${rows.length === 1 ? "message" : "messages"} to this number, of all time`}
          </p>
        )}
      </div>
      {rows && rows.length > 0 && (
        <MessageTable
          rows={rows}
          caption="Messages to the number searched for"
          tz={tz}
          at={state.at}
          matureUntil={matureUntil}
          params={params}
        />
      )}
    </search>
  );
}
