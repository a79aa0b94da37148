import { ErrorsList } from "@/components/dashboard/errors-list";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl, toggled, valuesOf, viewUrl } from "@/components/ui/view-url";
import { formatCount, formatRate } from "@/components/ui/format";
import { ratio } from "@/lib/insights/asking/metrics";
import { countsDiffer } from "@/lib/insights/asking/noise";
import type { ErrorRow } from "@/lib/insights/reports/errors";
import { errorsOf } from "../reports";
import type { View } from "../view";

/** The API has all. */
const MOST_CODES = 10;

/** Why messages did not arrive, in words. */
export async function ErrorsPanel({ view }: { view: View }) {
  const { params } = view;
  const { rows: all, totals } = await errorsOf(view);
  // What there was only before has no message to look at: the API has it.
  const rows = all.filter(({ messages }) => messages > 0);
  const { errors, refused, attempted } = totals;
  const note = `${formatCount(errors)}, ${formatRate(ratio(errors, attempted))} of attempted${refused > 0 ? `; ${formatCount(refused)} refused` : ""}`;
  return (
    <Panel id="errors" title="Errors" note={note} api={apiUrl("errors", params)} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className="text-13 text-ink-soft">Every message was taken, and none failed.</p>
      ) : (
        <ErrorsList
          lines={rows.slice(0, MOST_CODES).map((row) => ({
            row,
            href:
              row.code === null ? null : viewUrl("/", params, toggled(params, "errorCode", String(row.code))),
            selected: valuesOf(params, "errorCode").includes(String(row.code)),
            beyondNoise: row.previous !== null && countsDiffer(row.messages, row.previous),
          }))}
        />
      )}
      {rows.length > MOST_CODES && (
        <p className="border-t border-line px-4 py-2.5 text-13 text-ink-soft">
          {moreWords(rows.slice(MOST_CODES))}
        </p>
      )}
    </Panel>
  );
}

/** `2 more codes with 33 messages` */
function moreWords(rows: readonly ErrorRow[]): string {
  const messages = rows.reduce((sum, row) => sum + row.messages, 0);
  return `${formatCount(rows.length)} more ${rows.length === 1 ? "code" : "codes"} with ${formatCount(messages)} ${messages === 1 ? "message" : "messages"}`;
}
