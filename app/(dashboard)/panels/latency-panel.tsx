import { LatencyChart, LatencyLegend, type LatencyPoint } from "@/components/charts/latency-chart";
import { LatencyTable } from "@/components/charts/latency-table";
import { Panel } from "@/components/dashboard/panel";
import { formatDuration } from "@/components/ui/format";
import { apiUrl, type ParamChange } from "@/components/ui/view-url";
import type { Bucket } from "@/lib/insights/reports/timeseries";
import { summaryOf, timeseriesOf } from "../reports";
import type { View } from "../view";
import { seriesOf } from "./series-data";

/** The 95th of 100 cannot be told of a few, nor much of their median. */
const LEAST_MEASURED = 10;

interface LatencyPanelProps {
  view: View;
  /** What the API takes beside the page's parameters. */
  change?: ParamChange;
}

/** How long messages took to arrive, over time: where a slow route shows, whatever people do then. */
export async function LatencyPanel({ view, change = {} }: LatencyPanelProps) {
  const [report, { current }] = await Promise.all([timeseriesOf(view), summaryOf(view)]);
  const { from, to, ticks, buckets } = seriesOf(report);
  const points = report.rows.map((row, i) => pointOf(row, buckets[i]?.label ?? ""));
  const known = points.filter((point) => point !== null);
  const whole = current.deliveryLatency;
  return (
    <Panel
      id="latency"
      title="Delivery latency"
      note={`by ${report.interval}, on a logarithmic axis`}
      api={apiUrl("timeseries", view.params, { change: { ...change, interval: report.interval } })}
    >
      {whole?.p50 == null || known.length === 0 ? (
        <p className="text-13 text-ink-soft">
          {whole === null
            ? "Times are not kept for single networks: take the filter out to see those of the country."
            : "Too few delivery receipts have come to tell."}
        </p>
      ) : (
        <figure>
          <figcaption className="mb-3 text-13 text-ink-soft">
            Half of the messages arrived within {formatDuration(whole.p50)} and 95 of 100 within{" "}
            {formatDuration(whole.p95)}
            {slowestWords(known)}.
          </figcaption>
          <LatencyLegend />
          <LatencyChart series={{ from, to, ticks, points }} />
          <LatencyTable points={known} />
        </figure>
      )}
    </Panel>
  );
}

function pointOf({ start, end, deliveryLatency }: Bucket, label: string): LatencyPoint | null {
  const { n, p50, p95 } = deliveryLatency ?? { n: 0, p50: null, p95: null };
  if (n < LEAST_MEASURED || p50 === null || p95 === null) return null;
  return { start: start.getTime(), end: end.getTime(), label, n, p50, p95 };
}

/** Which was slowest, where there are several: a slow route shows in the slowest of its messages first. */
function slowestWords(points: readonly LatencyPoint[]): string {
  if (points.length < 3) return "";
  const { label, p50, p95 } = points.reduce((slowest, point) => (point.p95 > slowest.p95 ? point : slowest));
  return `; slowest was ${label}, with half within ${formatDuration(p50)} and 95 of 100 within ${formatDuration(p95)}`;
}
