import { SETTLED } from "@/lib/terms/maturity";
import { formatCount, formatRate } from "../ui/format";
import type { Stop } from "./geometry";

interface BucketFiguresProps {
  stop: Stop;
  /** What else can be done here. */
  hint: string | null;
}

/** What a bucket's figures are, beside the pointer. */
export function BucketFigures({ stop, hint }: BucketFiguresProps) {
  const { bucket, point, before } = stop;
  return (
    <div className="rounded-8 border border-edge bg-panel px-3 py-2 text-12 whitespace-nowrap text-ink">
      <p className="font-semibold">{bucket.label}</p>
      <p>
        {bucket.lowSample ? (
          <>
            {formatCount(bucket.matureConfirmed)} of {formatCount(bucket.matureAttempted)} confirmed
          </>
        ) : (
          <>
            {formatRate(bucket.conversion)}{" "}
            <span className="text-ink-soft">
              ({formatRate(bucket.low)} to {formatRate(bucket.high)})
            </span>
          </>
        )}
      </p>
      {!bucket.lowSample && (
        <p className="text-ink-soft">
          {formatCount(bucket.matureConfirmed)} of {formatCount(bucket.matureAttempted)}
        </p>
      )}
      {point && point.first !== point.last && (
        <p className="text-ink-soft">
          {formatRate(point.rate)} over {point.last - point.first + 1} together
        </p>
      )}
      {before !== undefined && <p className="text-ink-soft">{formatRate(before)} before</p>}
      {!bucket.mature && (
        <p className="text-ink-soft">
          {formatCount(bucket.attempted - bucket.matureAttempted)} of {formatCount(bucket.attempted)} not{" "}
          {SETTLED} yet
        </p>
      )}
      {hint !== null && <p className="mt-1 text-ink-mute">{hint}</p>}
    </div>
  );
}
