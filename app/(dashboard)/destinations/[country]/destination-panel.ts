import { formatMoment } from "@/components/dashboard/moments";
import type { View } from "../../view";
import type { Since } from "./since";

/** What every panel of a destination is of. */
export interface DestinationPanelProps {
  view: View;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

interface FindingTimes {
  finding: Pick<Since["finding"], "since" | "until">;
}

/** `since 14:15`, or of one that is over `from 8 Jun 09:00 to 14:00 yesterday`. */
export function sinceWords({ finding: { since, until } }: FindingTimes, { query, at }: View): string {
  const { tz } = query.range;
  const from = formatMoment(since, tz, at);
  return until ? `from ${from} to ${formatMoment(until, tz, at)}` : `since ${from}`;
}
