import { Panel } from "@/components/dashboard/panel";
import { TextLink } from "@/components/ui/text-link";
import { apiUrl, searchOf, viewUrl } from "@/components/ui/view-url";
import { feedbackFault } from "@/components/messages/feedback-words";
import { NoRetry } from "@/components/messages/no-retry";
import { RetryForm } from "@/components/messages/retry-form";
import { formatCount } from "@/components/ui/format";
import type { Reader } from "../dashboard-page";
import { feedbackOf } from "../reports";
import type { View } from "../view";
import { retry } from "./actions";

/** What Twilio refused for good, by reason. */
export async function RefusalsPanel({ view, reader }: { view: View; reader: Reader }) {
  const { refusals } = await feedbackOf(view);
  if (refusals.length === 0) {
    return (
      <Panel id="refusals" title="Refusals">
        <p className="text-ink-soft">Twilio refused the feedback of no message of this range.</p>
      </Panel>
    );
  }
  const search = searchOf(view.params);
  return (
    <Panel
      id="refusals"
      title="Refusals"
      note="by reason; they are not tried again by themselves"
      api={apiUrl("feedback", view.params, { without: ["compare"], change: { part: "refusals" } })}
      flush
    >
      <table className="w-full text-13">
        <caption className="sr-only">Refused feedback by reason</caption>
        <thead>
          <tr className="border-b border-line text-12 text-ink-soft">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Reason
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Messages
            </th>
            {reader.operator && (
              <th scope="col" className="px-4 py-2">
                <span className="sr-only">Retry</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ error, messages }) => (
            <tr key={error} className="border-line not-last:border-b">
              <th scope="row" className="px-4 py-2 text-left font-normal">
                {feedbackFault(error)} <span className="font-mono text-12 text-ink-soft">{error}</span>
              </th>
              <td className="px-4 py-2 text-right">
                <TextLink
                  href={viewUrl(
                    "/messages",
                    view.params,
                    error === "" ? { feedback: "refused" } : { feedback: "refused", feedbackError: error },
                  )}
                >
                  {formatCount(messages)}
                </TextLink>
              </td>
              {reader.operator && (
                <td className="px-4 py-2">
                  <RetryForm action={retry} fields={{ view: search, error }}>
                    Retry
                  </RetryForm>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!reader.operator && (
        <div className="border-t border-line px-4 py-3">
          <NoRetry signedIn={reader.signedIn} />
        </div>
      )}
    </Panel>
  );
}
