import { formatDay } from "@/components/dashboard/moments";
import { SampleChip } from "@/components/dashboard/sample-chip";
import { formatCount } from "@/components/ui/format";
import { simulated } from "@/lib/env";
import { readSampleHistory } from "@/lib/insights/reports/sample-history";
import type { View } from "../view";

/** In the bar: says that the figures are of made-up messages, while the view has some of them. */
export async function SampleNotice({ view }: { view: View }) {
  const sample = await readSampleHistory();
  const { from, to, tz } = view.query.range;
  if (!sample || sample.to <= from || sample.from >= to) return null;
  return (
    <SampleChip
      messages={formatCount(sample.messages)}
      until={formatDay(sample.to, tz, view.at)}
      withScenarios={simulated()}
    />
  );
}
