import { inZone } from "@/components/charts/times";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl } from "@/components/ui/view-url";
import { formatNumbersOf } from "@/components/ui/phone-number";
import { NewestMessages, type MessageLine } from "@/components/destination/newest-messages";
import { TextLink } from "@/components/ui/text-link";
import { readLogPage, type LoggedMessage } from "@/lib/insights/reports/messages";
import type { View } from "../../view";
import type { DestinationPanelProps } from "./destination-panel";

const NEWEST_ROWS = 10;

/** Its newest messages; all of them are in the log. */
export async function MessagesPanel({ view, country }: DestinationPanelProps) {
  const { range, filters } = view.query;
  const { rows } = await readLogPage({ range, filters, limit: NEWEST_ROWS });
  const change = { country, view: null, interval: null };
  return (
    <Panel
      id="messages"
      title="Newest messages"
      note={`times in ${range.tz}`}
      actions={<TextLink href={viewUrl("/messages", view.params, change)}>All messages</TextLink>}
      api={apiUrl("messages", view.params, {
        change: { country, compare: null, limit: String(NEWEST_ROWS) },
      })}
      flush
    >
      {rows.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-soft">No messages in this time.</p>
      ) : (
        <NewestMessages rows={rows.map((row) => lineOf(row, view))} matureUntil={view.matureUntil} />
      )}
    </Panel>
  );
}

function lineOf(row: LoggedMessage, { params, query }: View): MessageLine {
  const {
    id,
    block,
    network,
    attempt,
    outcome,
    requestedAt,
    errorWords,
    errorCode,
    acceptedAt,
    deliveredAt,
    confirmedAt,
  } = row;
  return {
    id,
    to: formatNumbersOf(block),
    network,
    attempt,
    outcome,
    requestedAt,
    errorWords,
    errorCode,
    acceptedAt,
    deliveredAt,
    confirmedAt,
    requested: inZone(requestedAt, query.range.tz, "moment"),
    href: viewUrl(`/messages/${id}`, params, { country: null, view: null, interval: null }),
  };
}
