import { Panel } from "@/components/dashboard/panel";
import { apiUrl, toggled, viewUrl } from "@/components/ui/view-url";
import { ErrorRows, type ErrorLine } from "@/components/destination/error-rows";
import { formatCount, formatRate } from "@/components/ui/format";
import { ratio } from "@/lib/insights/asking/metrics";
import { destinationOf } from "../../reports";
import { sinceOf } from "./since";
import { sinceWords, type DestinationPanelProps } from "./destination-panel";

const MOST_CODES = 7;

/** Why its messages were not delivered, or not taken. */
export async function ErrorsPanel({ view, country }: DestinationPanelProps) {
  const since = await sinceOf(view);
  const [{ errors, current }, lately] = await Promise.all([
    destinationOf(view, country),
    since ? destinationOf(since.view, country) : null,
  ]);
  const { params } = view;
  // What there was only before has no message to look at: the API has it.
  const lines = errors
    .filter(({ messages }) => messages > 0)
    .map((row): ErrorLine => {
      const recent = lately?.errors.find(({ kind, code }) => kind === row.kind && code === row.code);
      return {
        ...row,
        href:
          row.code === null
            ? null
            : viewUrl(`/destinations/${country}`, params, toggled(params, "errorCode", String(row.code))),
        ofAttempted: row.kind === "error" ? ratio(row.messages, current.attempted) : null,
        since: lately && row.kind === "error" ? ratio(recent?.messages ?? 0, lately.current.attempted) : null,
      };
    });
  return (
    <Panel
      id="errors"
      title="Errors"
      note={`${formatCount(current.errors)} of ${formatCount(current.attempted)}`}
      api={apiUrl("errors", params, { change: { country } })}
    >
      {lines.length === 0 ? (
        <p className="text-13 text-ink-soft">Every message was taken, and none failed.</p>
      ) : (
        <>
          <p className="mb-3 text-13 text-ink-soft">{caption(lines, since && sinceWords(since, view))}</p>
          <ErrorRows
            rows={lines.slice(0, MOST_CODES)}
            since={since ? { ...since.finding, words: sinceWords(since, view) } : undefined}
          />
          {lines.length > MOST_CODES && (
            <p className="mt-3 text-12 text-ink-soft">
              {moreWords(lines.slice(MOST_CODES))}; all are in the CSV.
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

/** `4 more with 18 messages` */
function moreWords(lines: readonly ErrorLine[]): string {
  const messages = lines.reduce((sum, line) => sum + line.messages, 0);
  return `${formatCount(lines.length)} more with ${formatCount(messages)} ${messages === 1 ? "message" : "messages"}`;
}

function caption(lines: readonly ErrorLine[], since: string | null): string | null {
  const rise = (line: ErrorLine) => (line.since ?? 0) - (line.ofAttempted ?? 0);
  const [risen] = [...lines].sort((a, b) => rise(b) - rise(a));
  if (since && risen && rise(risen) > 0.03) {
    return `${risen.code ?? "No code"} rose from ${formatRate(risen.ofAttempted)} to ${formatRate(risen.since ?? null)} of attempted messages ${since}.`;
  }
  const [most] = lines;
  if (!most) return null;
  return `${most.words} is the most frequent: ${formatRate(most.share)} of ${most.kind === "error" ? "failures" : "refusals"}.`;
}
