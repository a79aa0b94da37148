import Link from "next/link";
import { formatCount, formatRate } from "../ui/format";

export interface CoverageBucket {
  /** When it is of, in words. */
  when: string;
  confirmed: number;
  reported: number;
  /** To those of its messages that Twilio was not told of. */
  missingHref: string;
}

const HEIGHT = 120;

/** From which share on what is missing is no single message that Twilio did not know. */
const NOTABLE_GAP = 0.01;

/** Confirmed messages as bars, the part that Twilio was not told of as their marked top; drawn on the server. */
export function CoverageBars({ buckets }: { buckets: readonly CoverageBucket[] }) {
  const most = Math.max(1, ...buckets.map(({ confirmed }) => confirmed));
  const width = 100 / buckets.length;
  return (
    <>
      <p aria-hidden="true" className="border-b border-line text-12 text-ink-soft">
        {formatCount(most)}
      </p>
      <svg aria-hidden="true" width="100%" height={HEIGHT + 1} className="block overflow-visible">
        {buckets.map(({ when, confirmed, reported }, i) => {
          const top = (confirmed / most) * HEIGHT;
          const missing = confirmed - reported;
          // A single message of many is under a pixel, and the one to be seen; but one of thousands is no alarm.
          const look = missing >= confirmed * NOTABLE_GAP ? "fill-bad" : "fill-edge";
          const missingHeight = missing === 0 ? 0 : Math.max(2, (missing / most) * HEIGHT);
          const place = { x: `${i * width + width * 0.1}%`, width: `${width * 0.8}%` };
          return (
            <g key={when}>
              <title>{`${when}: ${formatCount(reported)} of ${formatCount(confirmed)} reported`}</title>
              <rect {...place} y={HEIGHT - top} height={top} className="fill-share" />
              <rect {...place} y={HEIGHT - top} height={missingHeight} className={look} />
            </g>
          );
        })}
        <line x1="0" x2="100%" y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className="stroke-edge" />
      </svg>
      <p aria-hidden="true" className="mt-1 flex justify-between text-12 text-ink-soft">
        <span>{buckets[0]?.when}</span>
        <span>{buckets.at(-1)?.when}</span>
      </p>
      <details className="mt-2 text-13">
        <summary className="w-fit rounded-[2px] text-ink-soft underline decoration-line underline-offset-4 hover:text-ink">
          As a table
        </summary>
        <table className="mt-2 w-full max-w-[32rem]">
          <thead>
            <tr className="text-12 text-ink-soft">
              <th scope="col" className="py-1 text-left font-medium">
                When
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Confirmed
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Reported
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Missing
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Coverage
              </th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ when, confirmed, reported, missingHref }) => (
              <tr key={when}>
                <th scope="row" className="py-0.5 text-left font-normal">
                  {when}
                </th>
                <td className="text-right">{formatCount(confirmed)}</td>
                <td className="text-right">{formatCount(reported)}</td>
                <td className="text-right">
                  {reported < confirmed ? (
                    <Link
                      href={missingHref}
                      prefetch={false}
                      className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
                    >
                      {formatCount(confirmed - reported)}
                    </Link>
                  ) : (
                    "0"
                  )}
                </td>
                <td className="text-right">{formatRate(confirmed === 0 ? null : reported / confirmed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
