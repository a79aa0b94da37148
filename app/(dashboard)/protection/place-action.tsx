/** The button that acts on a finding, for operators: the same wherever one is shown. */
import type { ReactNode } from "react";
import { costWords, rateWords, usualWords } from "@/components/dashboard/finding-figures";
import { formatMoment } from "@/components/dashboard/moments";
import { PlaceAction, type PlaceActionProps, type PlaceProposal } from "@/components/protection/place-action";
import { formatCount, formatRate } from "@/components/ui/format";
import { now, secondsAfter } from "@/lib/clock";
import type { BlockRow } from "@/lib/insights/reports/blocks";
import type { Finding } from "@/lib/insights/reports/findings";
import { MOST_REASON } from "@/lib/terms/limits";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { FINDINGS } from "@/lib/terms/findings";
import { toldOf, type StateLines } from "../states";
import type { View } from "../view";
import { sayOfPlace } from "./said-actions";

/** How long a finding's baseline is, in hours. */
const BASELINE_HOURS = 14 * 24;

/** What the button takes, as data: tables that browsers draw have it in their rows. */
export function placeAction(
  line: PlaceActionProps["line"],
  { reason, ...meant }: Omit<PlaceProposal, "ends">,
): Pick<PlaceActionProps, "action" | "line" | "proposal"> {
  return { action: sayOfPlace, line, proposal: { ...meant, reason: clipped(reason), ends: endsFrom(now()) } };
}

interface FindingActionProps extends Pick<PlaceActionProps, "side" | "worded"> {
  finding: Finding;
  view: View;
  states: StateLines;
}

/** Of an open finding; nothing for whoever is no operator. */
export function FindingAction({ finding, view, states, ...look }: FindingActionProps): ReactNode {
  const action = findingAction(finding, view, states);
  return action && <PlaceAction {...action} {...look} />;
}

export function findingAction(finding: Finding, view: View, states: StateLines) {
  if (toldOf(view).forEverybody || !finding.open) return undefined;
  const { kind, since, before } = finding;
  const from = formatMoment(since, view.query.range.tz, view.at);
  return placeAction(states(finding), {
    // Who is pumped at is no person; of people some get in, and are not to be locked out.
    mode: kind === "pumping" ? "block" : "cap",
    perHour: perHourOf(before.attempted),
    reason: `${FINDINGS[kind].noun} since ${from}: ${rateWords(finding)} in time, ${usualWords(finding)}${costWords(finding)}`,
  });
}

export function blockAction(row: BlockRow, view: View, states: StateLines) {
  if (toldOf(view).forEverybody) return undefined;
  const { share, attempted, confirmed, numbers, neighbours } = row;
  return placeAction(states(row), {
    mode: "block",
    perHour: LEAST_CAP,
    reason: `${formatRate(share)} of the country’s messages: ${formatCount(attempted)} to ${formatCount(numbers)} numbers, ${formatCount(neighbours)} in a row; ${formatCount(confirmed)} confirmed`,
  });
}

/** Fewer would be a block. */
const LEAST_CAP = 5;

/** As many an hour as there usually are. @param attempted in the 14 days before */
export function perHourOf(attempted: number): number {
  return Math.max(LEAST_CAP, Math.ceil(attempted / BASELINE_HOURS));
}

/** Moments, not lengths: a form that is sent again says the same again. */
function endsFrom(at: Date): PlaceProposal["ends"] {
  const after = (days: number) => secondsAfter(at, days * DAY_SECONDS).toISOString();
  return [
    { value: after(1), words: "A day" },
    { value: after(7), words: "A week" },
    { value: "", words: "Until taken back" },
  ];
}

/** In plain spaces, and no longer than a reason may be. */
function clipped(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length <= MOST_REASON ? plain : `${plain.slice(0, MOST_REASON - 1).replace(/ \S*$/, "")}…`;
}
