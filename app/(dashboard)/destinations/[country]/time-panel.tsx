import { Panel } from "@/components/dashboard/panel";
import { apiUrl } from "@/components/ui/view-url";
import { TimeHistogram, TimeTable } from "@/components/destination/time-histogram";
import { formatDuration, formatWait } from "@/components/ui/format";
import { env } from "@/lib/env";
import { destinationOf } from "../../reports";
import type { DestinationPanelProps } from "./destination-panel";

/** How long people took to come back with their codes. */
export async function TimePanel({ view, country }: DestinationPanelProps) {
  const { timeToConfirm: bins, current } = await destinationOf(view, country);
  const { CODE_TTL_SECONDS: lifetime, RESEND_AFTER_SECONDS: resendAfter } = env();
  const times = current.timeToConfirm;
  const title = "Time to confirm";
  return (
    <Panel
      id="time"
      title={title}
      note="on a logarithmic axis"
      api={apiUrl(`destinations/${country}`, view.params, {
        change: { part: "timeToConfirm" },
      })}
    >
      {times?.p50 == null ? (
        <p className="text-13 text-ink-soft">
          {times === null
            ? "Times are not kept for single networks: take the filter out to see those of the country."
            : "No message was confirmed in time."}
        </p>
      ) : (
        <figure>
          <figcaption className="mb-3 text-13 text-ink-soft">
            Half were back within {formatDuration(times.p50)} and nine in ten within{" "}
            {formatDuration(times.p90)}; a code lives {formatWait(lifetime)}.
          </figcaption>
          <TimeHistogram
            bins={bins}
            percentiles={times}
            lifetime={lifetime}
            resendAfter={resendAfter}
            late={current.late}
          />
          <TimeTable bins={bins} />
        </figure>
      )}
    </Panel>
  );
}
