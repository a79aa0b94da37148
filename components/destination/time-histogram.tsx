"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import type { Bin } from "@/lib/insights/reports/destination";
import { HOUR_SECONDS, MINUTE_SECONDS } from "@/lib/terms/durations";
import type { TimeToConfirm } from "@/lib/insights/asking/metrics";
import { formatCount, formatDuration } from "../ui/format";

interface TimeHistogramProps {
  /** Each a fifth longer than the one before, which makes the axis logarithmic. */
  bins: readonly Bin[];
  percentiles: TimeToConfirm | null;
  /** In seconds: how long a code is right. */
  lifetime: number;
  /** When another code can be asked for, in seconds. */
  resendAfter: number;
  /** Right codes that came after their lifetime. */
  late: number;
}

const TICKS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, HOUR_SECONDS];

/** How long people took, on a logarithmic axis that goes a little further than a code lives. */
export function TimeHistogram({ bins, percentiles, lifetime, resendAfter, late }: TimeHistogramProps) {
  const [from, to] = [1, lifetime * 1.8];
  const x = (seconds: number) => {
    const at = Math.log(Math.max(seconds, from) / from) / Math.log(to / from);
    return `${Math.round(Math.min(1, at) * 1e4) / 100}%`;
  };
  const width = (bin: Bin) => {
    const [left, right] = [parseFloat(x(bin.from)), parseFloat(x(bin.to ?? to))];
    return `${Math.round(Math.max(0, right - left) * 100) / 100}%`;
  };
  const shown = bins.filter((bin) => (bin.to ?? Infinity) > from && bin.from < to && bin.messages > 0);
  const most = Math.max(1, ...shown.map(({ messages }) => messages));
  const marks = percentiles
    ? ([
        ["p50", percentiles.p50],
        ["p90", percentiles.p90],
        ["p99", percentiles.p99],
      ] as const)
    : [];
  return (
    <>
      <svg aria-hidden="true" direction="ltr" className="h-44 w-full overflow-visible text-12">
        <svg y="24" height="112" width="100%" className="overflow-visible">
          <rect x={x(lifetime)} width={rest(x(lifetime))} height="100%" className="fill-wash" />
          {shown.map((bin) => (
            <rect
              key={bin.from}
              x={x(bin.from)}
              width={width(bin)}
              y={`${100 - (bin.messages / most) * 100}%`}
              height={`${(bin.messages / most) * 100}%`}
              className="fill-accent stroke-panel"
            />
          ))}
          <line x2="100%" y1="100%" y2="100%" className="stroke-edge" />
          <line
            x1={x(resendAfter)}
            x2={x(resendAfter)}
            y2="100%"
            strokeDasharray="2 3"
            className="stroke-ink"
          />
          <line
            x1={x(lifetime)}
            x2={x(lifetime)}
            y1="-6"
            y2="100%"
            strokeWidth="1.5"
            className="stroke-ink"
          />
          {late > 0 && (
            <svg x={x(lifetime)} className="overflow-visible">
              <text x="6" y="16" className="fill-ink-soft">
                {formatCount(late)}
              </text>
              <text x="6" y="32" className="fill-ink-soft">
                late
              </text>
            </svg>
          )}
        </svg>
        <text x={x(resendAfter)} dx="-6" y="14" textAnchor="end" className="fill-ink-soft">
          Resend offered
        </text>
        <text x={x(lifetime)} dx="-6" y="14" textAnchor="end" className="fill-ink-soft">
          Code ends
        </text>
        {marks.map(
          ([name, seconds]) =>
            seconds !== null && (
              <svg key={name} x={x(seconds)} y="136" className="overflow-visible">
                <path d="M0 1 4 8H-4Z" className="fill-ink" />
                <title>{name}</title>
              </svg>
            ),
        )}
        {TICKS.filter((tick) => tick < to).map((tick, i) => (
          <text
            key={tick}
            x={x(tick)}
            y="160"
            textAnchor={i === 0 ? "start" : "middle"}
            className={`fill-ink-soft ${i % 2 === 1 ? "max-sm:hidden" : ""}`}
          >
            {markWords(tick)}
          </text>
        ))}
      </svg>
      <dl className="flex flex-wrap gap-x-5 gap-y-1 text-12 text-ink-soft">
        {marks.map(([name, seconds]) => (
          <div key={name} className="flex gap-1">
            <dt>
              <svg aria-hidden="true" width="8" height="8" viewBox="-4 0 8 8" className="mr-1 inline-block">
                <path d="M0 1 4 8H-4Z" className="fill-ink" />
              </svg>
              {name}
            </dt>
            <dd className="font-medium text-ink">{formatDuration(seconds)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function rest(from: string): string {
  return `${100 - parseFloat(from)}%`;
}

/** The same as a table: of the bins that have any. */
export function TimeTable({ bins }: { bins: readonly Bin[] }) {
  return (
    <details className="mt-3 text-13 print:hidden">
      <summary className="w-fit rounded-[2px] font-medium text-ink-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-edge">
        Table<span className="sr-only"> of the time to confirm</span>
      </summary>
      <div
        tabIndex={0}
        role="group"
        aria-label="Table of the time to confirm"
        className="mt-2 max-h-64 overflow-y-auto"
      >
        <table className="w-full">
          <thead>
            <tr className="border-b border-line text-12 text-ink-soft">
              <th scope="col" className="py-2 text-left font-medium">
                Time
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                Messages
              </th>
            </tr>
          </thead>
          <tbody>
            {bins
              .filter(({ messages }) => messages > 0)
              .map(({ from, to, messages }) => (
                <tr key={from} className="border-line not-last:border-b">
                  <th scope="row" className="py-1 text-left font-normal">
                    {formatDuration(from)} {to === null ? "or more" : `to ${formatDuration(to)}`}
                  </th>
                  <td className="py-1 text-right">{formatCount(messages)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** `30 s`, `5 min`, `1 h`: round figures, without the decimals of what was measured. */
function markWords(seconds: number): string {
  if (seconds < MINUTE_SECONDS) return `${seconds}\u00a0s`;
  return seconds < HOUR_SECONDS ? `${seconds / MINUTE_SECONDS}\u00a0min` : `${seconds / HOUR_SECONDS}\u00a0h`;
}
