import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl, type ParamChange } from "@/components/ui/view-url";
import { Funnel, type FunnelStep } from "@/components/destination/funnel";
import { formatCount, formatRate } from "@/components/ui/format";
import type { DestinationReport } from "@/lib/insights/reports/destination";
import { ratio } from "@/lib/insights/asking/metrics";
import { destinationOf } from "../../reports";
import { sinceOf } from "./since";
import { sinceWords, type DestinationPanelProps } from "./destination-panel";

/** How far its messages came, with what is lost between the steps. */
export async function FunnelPanel({ view, country }: DestinationPanelProps) {
  const since = await sinceOf(view);
  const [report, lately] = await Promise.all([
    destinationOf(view, country),
    since ? destinationOf(since.view, country) : null,
  ]);
  return (
    <Panel
      id="funnel"
      title="Where messages are lost"
      api={apiUrl(`destinations/${country}`, view.params, {
        change: { part: "funnel" },
      })}
    >
      <figure>
        <figcaption className="mb-3 text-13 text-ink-soft">
          {caption(report, lately, since && sinceWords(since, view))}
        </figcaption>
        <Funnel
          steps={stepsOf(report, lately, (change) =>
            viewUrl(`/destinations/${country}`, view.params, change),
          )}
          since={since ? { ...since.finding, words: `the same ${sinceWords(since, view)}` } : undefined}
        />
      </figure>
    </Panel>
  );
}

/** @param urlOf the page's address with its view changed */
function stepsOf(
  report: DestinationReport,
  lately: DestinationReport | null,
  urlOf: (change: ParamChange) => string,
): FunnelStep[] {
  const { funnel, current } = report;
  const recent = lately?.funnel;
  const { refused, unknown, late, inFlight, canceled } = current;
  return [
    {
      name: "Requested",
      count: funnel.requested,
      since: recent?.requested,
      loss: {
        name: "refused",
        count: funnel.requested - funnel.accepted,
        since: recent && recent.requested - recent.accepted,
        parts: list([part(refused, "by Twilio"), part(unknown, "without an answer from Twilio")]),
      },
    },
    {
      name: "Accepted",
      count: funnel.accepted,
      since: recent?.accepted,
      loss: {
        name: "not delivered",
        href: urlOf({ status: [...STATUSES_WITHOUT_RECEIPT], confirmed: "false" }),
        count: funnel.accepted - funnel.delivered,
        since: recent && recent.accepted - recent.delivered,
        parts: list([
          ...errorParts(report),
          part(inFlight, "on their way"),
          part(canceled, "canceled"),
          withoutReceipt(report),
        ]),
      },
    },
    {
      name: "Delivered",
      count: funnel.delivered,
      since: recent?.delivered,
      loss: {
        name: "delivered but not answered",
        href: urlOf({ status: ["delivered", "read"], confirmed: "false" }),
        count: funnel.delivered - funnel.confirmed,
        since: recent && recent.delivered - recent.confirmed,
        parts: "Nobody came back with this message’s code: they gave up, or used another message’s.",
      },
    },
    {
      name: "Confirmed",
      href: urlOf({ confirmed: "true" }),
      count: funnel.confirmed,
      since: recent?.confirmed,
      loss: {
        name: "not reported to Twilio yet",
        count: funnel.confirmed - funnel.reported,
        since: recent && recent.confirmed - recent.reported,
        parts:
          late > 0
            ? `${formatCount(late)} of the confirmed came late: nobody was let in, and Twilio is told.`
            : undefined,
      },
    },
    { name: "Reported", count: funnel.reported, since: recent?.reported },
  ];
}

const STATUSES_WITHOUT_RECEIPT = [
  "undelivered",
  "failed",
  "canceled",
  "sent",
  "sending",
  "queued",
  "scheduled",
  "accepted",
] as const;

/**
 * The rest of what was not delivered: sent, and no receipt came. Fewer than none where messages with an error were confirmed all the
 * same, which then did arrive.
 */
function withoutReceipt({ funnel, current }: DestinationReport): string | null {
  const rest = funnel.accepted - funnel.delivered - current.errors - current.inFlight - current.canceled;
  return rest >= 0
    ? part(rest, "sent, without a receipt")
    : `${formatCount(-rest)} of these confirmed all the same`;
}

const MOST_NAMED_CODES = 4;

function errorParts({ errors }: DestinationReport): (string | null)[] {
  const failed = errors.filter(({ kind }) => kind === "error");
  const rest = failed.slice(MOST_NAMED_CODES).reduce((sum, { messages }) => sum + messages, 0);
  return [
    ...failed
      .slice(0, MOST_NAMED_CODES)
      .map(({ words, code, messages }) => part(messages, `${words}${code === null ? "" : ` (${code})`}`)),
    part(rest, rest === 1 ? "with another code" : "with other codes"),
  ];
}

function part(count: number, what: string): string | null {
  return count === 0 ? null : `${formatCount(count)} ${what}`;
}

function list(parts: (string | null)[]): string | undefined {
  return parts.filter((each) => each !== null).join(" · ") || undefined;
}

function caption(
  { funnel }: DestinationReport,
  lately: DestinationReport | null,
  since: string | null,
): string {
  const delivered = ratio(funnel.delivered, funnel.accepted);
  const answered = ratio(funnel.confirmed, funnel.delivered);
  const whole = `${formatRate(delivered)} of accepted messages were delivered, and ${formatRate(answered)} of those answered`;
  if (!lately || !since) return `${whole}.`;
  const recent = ratio(lately.funnel.delivered, lately.funnel.accepted);
  return `${whole}; ${since} ${formatRate(recent)} were delivered.`;
}
