import type { ReactNode } from "react";
import type { Rate } from "@/lib/insights/asking/metrics";
import type { FindingKind } from "@/lib/terms/findings";
import type { PlaceActionProps } from "../protection/place-action";
import { formatCount } from "../ui/format";
import type { StateLine } from "../ui/place-badge";

/** What a row says of a part of a destination: a network, a block of numbers, a sender or a language. */
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
  /** What becomes of messages there now, where it is a place. */
  state?: StateLine;
  /** What the button takes that acts on it, where there is one. */
  act?: Pick<PlaceActionProps, "action" | "line" | "proposal"> | undefined;
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

/** `Alpha and Beta fell since 14:15; the 3 others did not beyond noise.`: each with the time of its own row. Null where none fell. */
export function fallenWords(rows: readonly Pick<RateRow, "title" | "since">[]): string | null {
  const fallen = rows.flatMap(({ title, since }) => (since ? [{ title, words: since.words }] : []));
  if (fallen.length === 0) return null;
  const list = new Intl.ListFormat("en-GB");
  const times = [...new Set(fallen.map(({ words }) => words))];
  const told = times.map((words) => {
    const then = fallen.filter((each) => each.words === words);
    return `${list.format(then.map(({ title }) => title))} fell ${words}`;
  });
  return `${list.format(told)}${othersWords(rows.length - fallen.length)}.`;
}

function othersWords(others: number): string {
  if (others === 0) return "";
  return `; ${others === 1 ? "the other one" : `the ${formatCount(others)} others`} did not beyond noise`;
}
