import type { RangeName } from "@/lib/terms/ranges";
import type { Range } from "@/lib/insights/asking/range";
import type { ViewParams } from "../../ui/view-url";
import { hereUrl, ViewLink } from "./links";
import { timeIn } from "./range-words";
import { rangeHeld } from "./shift-range";

interface LiveStateProps {
  live: boolean;
  range: Range;
  rangeName: RangeName | null;
  at: Date;
  params: ViewParams;
}

/** Whether the figures are read anew by themselves, and when they were last; and the switch for it. */
export function LiveState({ live, range, rangeName, at, params }: LiveStateProps) {
  const look =
    "flex h-8 items-center gap-1.5 rounded-6 px-2 text-13 whitespace-nowrap hover:bg-wash print:hidden";
  if (!live) {
    if (!rangeName) return null;
    return (
      <ViewLink href={hereUrl(params, { live: "1" })} className={`${look} text-ink-soft`}>
        <Dot live={false} />
        Go live
      </ViewLink>
    );
  }
  // The last hour is live by itself: to stop it is to stay at this hour.
  const stop = rangeName === "1h" ? rangeHeld(range) : { live: null };
  return (
    <ViewLink href={hereUrl(params, stop)} className={look}>
      <Dot live />
      <span>
        Live <span className="text-ink-soft">· {timeIn(range.tz, at, true)}</span>
      </span>
      <span className="text-ink-soft underline decoration-line underline-offset-4">Stop</span>
    </ViewLink>
  );
}

/** Full when live, a ring when not. */
function Dot({ live }: { live: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" width="10" height="10" className="shrink-0">
      {live ? (
        <circle cx="5" cy="5" r="4" className="fill-good" />
      ) : (
        <circle cx="5" cy="5" r="3.5" className="fill-transparent stroke-edge" strokeWidth="1.5" />
      )}
    </svg>
  );
}
