import type { ReactNode } from "react";
import type { Rate } from "@/lib/insights/asking/metrics";
import type { FindingKind } from "@/lib/terms/findings";

/** What a row says of a part of a destination: a network or a block of numbers. */
export interface RateRow {
  id: string;
  /** In words. */
  title: string;
  name: ReactNode;
  /** Where its name leads. */
  href: string;
  /** What that does, for whoever does not see the table: `Only Telkomsel`. */
  action: string;
  /** The view of only this one, and the one without it. */
  only: string;
  without: string;
  attempted: number;
  /** Mature messages, which its rate is of, and those of them that were confirmed. */
  matureAttempted: number;
  matureConfirmed: number;
  rate: Rate;
  low: Rate;
  high: Rate;
  lowSample: boolean;
  /** The same in the range compared with. */
  baseline: Rate;
  change: { conversion: Rate; beyondNoise: boolean } | null;
  /** Other figures, in the order of the heads. */
  more?: ReactNode[];
  /** The same since a finding began, where that is unlike before. */
  since?: SinceRow;
}

export interface SinceRow extends Pick<
  RateRow,
  "attempted" | "rate" | "low" | "high" | "baseline" | "change" | "lowSample"
> {
  kind: FindingKind;
  /** Whether it lasts. */
  open: boolean;
  words: string;
}
