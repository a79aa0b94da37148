"use client";

import type { MessageKey } from "@/lib/insights/reports/found-messages";
import type { LoggedMessage } from "@/lib/insights/reports/messages";
import type { ViewParams } from "../ui/view-url";
import { SubmitButton } from "../ui/button";
import { ProblemText, type Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";
import { MessageTable } from "./message-table";

/** What a search found: with masked numbers only, and without what was searched for. */
export interface FoundMessages {
  /** Null before the first search, and when there was none for a problem. */
  rows: LoggedMessage[] | null;
  /** What kind of thing was searched for. */
  by: MessageKey["by"] | null;
  /** When it was searched. */
  at: Date;
  problem: Problem | null;
}

interface MessageSearchProps {
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

/** Finds messages by a number, a SID or a verification. It goes in the form's body, so that no address, history or log has it. */
export function MessageSearch({ action, tz, at, matureUntil, params, keptDays, most }: MessageSearchProps) {
  const { state, pending, form } = useServerForm<FoundMessages>(action, {
    rows: null,
    by: null,
    at,
    problem: null,
  });
  const { rows, problem } = state;
  return (
    <search className="rounded-8 border border-line bg-panel print:hidden">
      <form {...form} className="flex flex-wrap items-end gap-x-3 gap-y-2 px-4 py-3">
        <div className="flex min-w-0 grow flex-col gap-1 sm:max-w-112">
          <label htmlFor="search" className="font-semibold">
            Find a number’s messages, a Message SID, or a verification
          </label>
          <input
            id="search"
            name="key"
            // Of one's own numbers none is meant.
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="+44 7700 900123, SM…, or an id"
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
          A whole number with + and the country’s code, a SID as Twilio’s log has it, or a verification’s id.
          It is not put into the address. Messages older than {keptDays} days have lost their last digits:
          filter by their block.
        </p>
        <div id="search-problem" aria-live="polite" className="basis-full empty:hidden">
          {problem && <ProblemText {...problem} />}
        </div>
      </form>
      <div aria-live="polite">
        {rows && (
          <p className="border-t border-line px-4 py-3 font-medium">
            {foundWords(rows.length, state.by ?? "number", most)}
          </p>
        )}
      </div>
      {rows && rows.length > 0 && (
        <MessageTable
          rows={rows}
          caption={CAPTIONS[state.by ?? "number"]}
          tz={tz}
          at={state.at}
          matureUntil={matureUntil}
          params={params}
        />
      )}
    </search>
  );
}

const CAPTIONS: Record<MessageKey["by"], string> = {
  number: "Messages to the number searched for",
  sid: "The message searched for",
  id: "Messages of the verification searched for",
};

function foundWords(found: number, by: MessageKey["by"], most: number): string {
  if (by === "sid") return found === 0 ? "No message with this SID is known." : "The message with this SID";
  if (by === "id")
    return found === 0
      ? "No verification and no message has this id."
      : `${found} ${found === 1 ? "message" : "messages"} of this id`;
  if (found === 0) return "No message to this number is known.";
  if (found >= most) return `The newest ${most} messages to this number`;
  return `${found} ${found === 1 ? "message" : "messages"} to this number, of all time`;
}
