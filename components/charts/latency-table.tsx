import { formatCount, formatDuration } from "../ui/format";
import type { LatencyPoint } from "./latency-chart";

const HEADS = ["Time", "Measured", "p50", "p95"];

/** The chart's figures. */
export function LatencyTable({ points }: { points: readonly LatencyPoint[] }) {
  return (
    <details className="mt-3 text-13 print:hidden">
      <summary className="w-fit rounded-[2px] font-medium text-ink-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-edge">
        Table<span className="sr-only"> of the delivery latency</span>
      </summary>
      <div
        tabIndex={0}
        role="group"
        aria-label="Table of the delivery latency"
        className="mt-2 max-h-64 overflow-y-auto"
      >
        <table className="w-full">
          <thead className="sticky top-0 bg-panel">
            <tr className="border-b border-line text-12 text-ink-soft">
              {HEADS.map((head, i) => (
                <th
                  key={head}
                  scope="col"
                  className={`py-2 font-medium ${i === 0 ? "text-left" : "text-right"}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map(({ start, label, n, p50, p95 }) => (
              <tr key={start} className="border-line not-last:border-b">
                <th scope="row" className="py-1 text-left font-normal">
                  {label}
                </th>
                <td className="py-1 text-right">{formatCount(n)}</td>
                <td className="py-1 text-right">{formatDuration(p50)}</td>
                <td className="py-1 text-right">{formatDuration(p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
