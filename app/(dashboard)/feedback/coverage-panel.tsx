import Link from "next/link";
import type { ReactNode } from "react";
import { formatDay, formatMoment } from "@/components/dashboard/moments";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl } from "@/components/ui/view-url";
import { CoverageBars, type CoverageBucket } from "@/components/messages/coverage-bars";
import { formatCount, formatRate } from "@/components/ui/format";
import { timeseriesOf } from "../reports";
import type { View } from "../view";

/** Confirmed messages over time, and those among them that Twilio was not told of. */
export async function CoveragePanel({ view }: { view: View }) {
  const { rows, interval } = await timeseriesOf(view);
  const { tz } = view.query.range;
  const daily = interval === "day" || interval === "week" || interval === "month";
  const buckets = rows.map(({ start, end, confirmed, reported }) => ({
    when: daily ? formatDay(start, tz, view.at) : formatMoment(start, tz, view.at),
    confirmed,
    reported,
    missingHref: viewUrl("/messages", view.params, {
      range: null,
      live: null,
      interval: null,
      from: start.toISOString(),
      to: end.toISOString(),
      unreported: "true",
    }),
  }));
  if (buckets.every(({ confirmed }) => confirmed === 0)) {
    return (
      <Panel id="coverage" title="Coverage">
        <p className="text-ink-soft">No message of this range was confirmed.</p>
      </Panel>
    );
  }
  return (
    <Panel
      id="coverage"
      title="Coverage"
      note={
        <>
          confirmed messages by {interval.replace("-", " ")};{" "}
          <span className="whitespace-nowrap">
            <svg aria-hidden="true" viewBox="0 0 8 8" width="8" height="8" className="mx-1 inline">
              <rect width="8" height="8" className="fill-edge" />
            </svg>
            not reported, red from 1&nbsp;% on
          </span>
        </>
      }
      api={apiUrl("timeseries", view.params, { takes: ["interval"], change: { interval } })}
    >
      <figure>
        <figcaption className="mb-3 text-13 text-ink-soft">{inWords(buckets)}</figcaption>
        <CoverageBars buckets={buckets} />
      </figure>
    </Panel>
  );
}

/** The finding, in a sentence. */
function inWords(buckets: readonly CoverageBucket[]): ReactNode {
  const missing = buckets.filter(({ confirmed, reported }) => reported < confirmed);
  if (missing.length === 0) return "Every confirmed message has been reported.";
  const worst = missing.reduce((a, b) => (b.reported / b.confirmed < a.reported / a.confirmed ? b : a));
  return (
    <>
      Least was reported of {worst.when}: {formatRate(worst.reported / worst.confirmed)},{" "}
      <Link
        href={worst.missingHref}
        prefetch={false}
        className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
      >
        {formatCount(worst.confirmed - worst.reported)} missing
      </Link>
      .
    </>
  );
}
