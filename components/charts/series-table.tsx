import Link from "next/link";
import { SETTLED } from "@/lib/terms/maturity";
import { viewUrl, type ViewParams } from "../ui/view-url";
import { formatCount, formatInterval, formatRate } from "../ui/format";
import type { Series } from "./series";
import { inAddress } from "./times";

/** A page is not made slow by a table that is rarely opened: more rows than this are in the file. */
const MOST_ROWS = 200;

interface SeriesTableProps {
  series: Series;
  title: string;
  path: string;
  params: ViewParams;
}

/** The chart's figures, and a way to zoom that needs neither a mouse nor a script. */
export function SeriesTable({ series, title, path, params }: SeriesTableProps) {
  const { buckets } = series;
  const shown = buckets.slice(-MOST_ROWS);
  return (
    <details className="mt-3 text-13 print:hidden">
      <summary className="w-fit rounded-[2px] font-medium text-ink-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-edge">
        Table<span className="sr-only"> of {title}</span>
      </summary>
      {shown.length < buckets.length && (
        <p className="mt-2 text-ink-soft">
          The newest {MOST_ROWS} of {formatCount(buckets.length)}; all are in the CSV.
        </p>
      )}
      <div
        tabIndex={0}
        role="group"
        aria-label={`Table of ${title}`}
        className="mt-2 max-h-80 overflow-y-auto"
      >
        <table className="w-full">
          <thead className="sticky top-0 bg-panel">
            <tr className="border-b border-line text-12 text-ink-soft">
              <th scope="col" className="py-2 text-left font-medium">
                Time
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                Attempted
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                Confirmed
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                Conversion
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium max-sm:hidden">
                95&nbsp;% interval
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(
              ({
                start,
                end,
                label,
                attempted,
                confirmed,
                matureAttempted,
                conversion,
                low,
                high,
                mature,
              }) => (
                <tr key={start} className="border-line not-last:border-b hover:bg-wash">
                  <th scope="row" className="py-1 text-left font-normal">
                    <Link
                      href={viewUrl(path, params, {
                        range: null,
                        interval: null,
                        from: inAddress(start),
                        to: inAddress(end),
                      })}
                      prefetch={false}
                      className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
                    >
                      <span className="sr-only">Zoom to </span>
                      {label}
                    </Link>
                    {!mature && (
                      <span className="text-ink-soft">
                        {" "}
                        not {SETTLED}; rate of {formatCount(matureAttempted)}
                      </span>
                    )}
                  </th>
                  <td className="py-1 pl-3 text-right">{formatCount(attempted)}</td>
                  <td className="py-1 pl-3 text-right">{formatCount(confirmed)}</td>
                  <td className="py-1 pl-3 text-right">{formatRate(conversion)}</td>
                  <td className="py-1 pl-3 text-right text-ink-soft max-sm:hidden">
                    {formatInterval(low, high)}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
