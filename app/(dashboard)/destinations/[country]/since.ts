/**
 * A destination's views of the time since its finding began, since a range of weeks hides hours.
 */
import { cache } from "react";
import type { Finding } from "@/lib/insights/reports/findings";
import { roundOutward } from "@/lib/insights/asking/range";
import { findingsOf } from "../../reports";
import { intervalFor, type View } from "../../view";
import { DAY, HOUR } from "@/lib/terms/durations";
import type { Compare } from "@/lib/terms/ranges";

export interface Since {
  finding: Finding;
  /** From where it began to where it ended, compared with the same time whole weeks before. */
  view: View;
  /** The same with some time before it, to be seen in. */
  around: View;
  /** The 14 days before it began, which its usual rate is of. */
  before: View;
}

/** The finding that a page is about: the open one, else the one that ended last. Null when there is none. */
export const sinceOf = cache(async (view: View): Promise<Since | null> => {
  const found = await findingsOf(view);
  const [finding] = [...found].sort(
    (a, b) => Number(b.open) - Number(a.open) || (b.until?.getTime() ?? 0) - (a.until?.getTime() ?? 0),
  );
  if (!finding) return null;
  const { to } = view.query.range;
  const end = finding.until ?? (to > finding.since ? to : view.at);
  const length = end.getTime() - finding.since.getTime();
  const lead = Math.max(3 * HOUR, length / 3);
  return {
    finding,
    view: during(view, finding.since, end, "week"),
    around: during(
      view,
      new Date(finding.since.getTime() - lead),
      finding.until ? new Date(Math.min(to.getTime(), end.getTime() + lead)) : end,
      "none",
    ),
    before: during(view, new Date(finding.since.getTime() - 14 * DAY), finding.since, "none"),
  };
});

function during(view: View, from: Date, to: Date, compare: Compare): View {
  const range = { ...roundOutward(from, to), tz: view.query.range.tz };
  return {
    ...view,
    query: { ...view.query, range, compare },
    rangeName: null,
    interval: intervalFor(range),
    params: {
      ...view.params,
      range: undefined,
      interval: undefined,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare,
    },
  };
}
