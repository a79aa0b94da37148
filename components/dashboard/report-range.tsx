import { LocalTime } from "../ui/local-time";

interface ReportRangeProps {
  days: number;
  from: Date;
  /** The range ends before it; the moment the figures are of. */
  to: Date;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** Which time the figures are about. */
export function ReportRange({ days, from, to }: ReportRangeProps) {
  return (
    <p className="mt-0.5 text-13 text-ink-soft">
      Last {days} days, {day.format(from)} to {day.format(to)}. Counted at <LocalTime at={to} seconds />;
      reload for the newest.
    </p>
  );
}
