import { Panel } from "@/components/dashboard/panel";
import { activeFilters, withoutFilters } from "@/components/dashboard/view-bar/filters";
import { apiUrl, valuesOf, viewUrl, type ViewParams } from "@/components/ui/view-url";
import { LogFilters } from "@/components/messages/log-filters";
import { MessageTable } from "@/components/messages/message-table";
import { ButtonLink } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import {
  countMatches,
  placeIn,
  readLogPage,
  type Matches,
  type MessageLog,
} from "@/lib/insights/reports/messages";
import { MESSAGE_STATUS_NAMES } from "@/lib/terms/statuses";
import { errorsOf } from "../reports";
import { readStateLines, toldOf } from "../states";
import type { View } from "../view";

const ROWS_OF_PAGE = 50;

/** A page of the log, newest first. */
export async function LogPanel({ view }: { view: View }) {
  const { params } = view;
  const [log, errors, matches] = await Promise.all([read(view), errorCodes(view), matchesOf(view)]);
  const states = await readStateLines(log.rows, toldOf(view));
  const api = apiUrl("messages", params, {
    takes: ["cursor"],
    without: ["compare"],
  });
  return (
    <Panel id="messages" title="Messages" note={noteOf(matches, params)} api={api} flush>
      <LogFilters params={params} statuses={MESSAGE_STATUS_NAMES} errors={errors} />
      {log.rows.length === 0 ? (
        <Nothing params={params} more={log.nextCursor !== null} />
      ) : (
        <MessageTable
          rows={log.rows}
          states={states}
          caption="Messages, newest first"
          tz={view.query.range.tz}
          at={view.at}
          matureUntil={view.matureUntil}
          params={withoutCursor(params)}
        />
      )}
      <Pages params={params} next={log.nextCursor} />
    </Panel>
  );
}

/** The cursor is looked at here: it is of no page but this one. */
function read({ query, params }: View): Promise<Omit<MessageLog, "matches">> {
  const [cursor] = valuesOf(params, "cursor");
  return readLogPage({
    ...query,
    cursor: cursor !== undefined && placeIn(cursor) ? cursor : undefined,
    limit: ROWS_OF_PAGE,
  });
}

/** How many there are; not known where there are too many to look at, nor when they cannot be counted now. */
function matchesOf({ query }: View): Promise<Matches | null> {
  return countMatches(query).catch(() => null);
}

function noteOf(matches: Matches | null, params: ViewParams): string {
  const order = `newest first, ${ROWS_OF_PAGE} a page`;
  if (matches === null) return `${order}; too many to count: take a shorter range`;
  const { all, attempted } = matches;
  const one = all === 1;
  const verb = activeFilters(params).length === 0 ? "" : one ? " matches" : " match";
  // Said where it is another number: every figure that leads here is of the attempted ones.
  const taken = attempted === all || attempted === 0 ? "" : `, ${formatCount(attempted)} of them attempted`;
  const counted = `${formatCount(all)} ${one ? "message" : "messages"}${verb}${taken}`;
  return all === 0 ? counted : `${counted}, ${order}`;
}

/** The codes there are in the view, to choose from; none when they cannot be read, which is no reason to show no log. */
async function errorCodes(view: View): Promise<{ code: number; words: string }[]> {
  const { rows } = await errorsOf(view).catch(() => ({ rows: [] }));
  return rows.flatMap(({ code, words }) => (code === null ? [] : [{ code, words }]));
}

function withoutCursor({ cursor: _, ...params }: ViewParams): ViewParams {
  return params;
}

function Pages({ params, next }: { params: ViewParams; next: string | null }) {
  const later = params["cursor"] !== undefined;
  if (!later && next === null) return null;
  return (
    <nav aria-label="Pages of the log" className="flex justify-between gap-4 px-4 py-3 print:hidden">
      {later ? (
        <ButtonLink size="small" href={viewUrl("/messages", params)}>
          Newest
        </ButtonLink>
      ) : (
        <span />
      )}
      {next !== null && (
        <ButtonLink size="small" href={viewUrl("/messages", params, { cursor: next })}>
          Older
        </ButtonLink>
      )}
    </nav>
  );
}

interface NothingProps {
  params: ViewParams;
  /** Whether there are older messages that have not been looked at. */
  more: boolean;
}

/** Says why there may be none, and what to do. */
function Nothing({ params, more }: NothingProps) {
  if (more) {
    return (
      <p className="px-4 py-8 text-16 font-semibold">
        None of the messages looked at so far matches; older ones are a page on.
      </p>
    );
  }
  const filtered = activeFilters(params).length > 0;
  return (
    <div className="flex flex-col items-start gap-3 px-4 py-8">
      <p className="text-16 font-semibold">
        {filtered ? "No message in this range matches the filters" : "No message in this range"}
      </p>
      {filtered ? (
        <ButtonLink size="small" href={viewUrl("/messages", params, withoutFilters(params))}>
          Clear all filters
        </ButtonLink>
      ) : (
        <ButtonLink size="small" href="/login">
          Send a test code
        </ButtonLink>
      )}
    </div>
  );
}
