import { Panel } from "@/components/dashboard/panel";
import { apiUrl, onlyAndWithout, toggled, valuesOf, viewUrl } from "@/components/ui/view-url";
import type { RateRow } from "@/components/destination/rate-row";
import { RateRows } from "@/components/destination/rate-rows";
import { formatCount, formatRate } from "@/components/ui/format";
import { formatBlock, formatNumbersOf } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import type { BlockRow } from "@/lib/insights/reports/blocks";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { SETTLED } from "@/lib/terms/maturity";
import { MOST_MESSAGES } from "@/lib/insights/asking/reach";
import { summaryOf } from "../../reports";
import { blocksOf } from "./blocks-of";
import type { DestinationPanelProps } from "./destination-panel";

const MOST_BLOCKS = 12;

/** Its largest 1k blocks: where numbers are alike, someone may be sending to all of them to be paid for it. */
export async function BlocksPanel({ view, country }: DestinationPanelProps) {
  const { params } = view;
  const path = `/destinations/${country}`;
  const report = await blocksOf(view);
  if (report === "many" || report === "too many") {
    const { current } = await summaryOf(view);
    return (
      <Panel id="blocks" title="1k blocks">
        <p className="text-13 text-ink-soft">
          {report === "too many" ? (
            `Blocks are counted message by message, up to ${formatCount(MOST_MESSAGES)}. Choose a network or a shorter range.`
          ) : (
            <>
              Blocks are counted message by message.{" "}
              <TextLink href={viewUrl(path, params, { view: "blocks" })} scroll={false}>
                Count the blocks of these {formatCount(current.attempted)} messages
              </TextLink>{" "}
              or choose a network.
            </>
          )}
        </p>
      </Panel>
    );
  }
  const chosen = valuesOf(params, "block");
  const rows = report.rows.slice(0, MOST_BLOCKS).map((row): RateRow => ({
    id: row.block,
    title: formatNumbersOf(row.block),
    name: <span className="whitespace-nowrap">{formatNumbersOf(row.block)}</span>,
    href: viewUrl(path, params, toggled(params, "block", row.block)),
    ...onlyAndWithout(path, params, "block", row.block),
    action: chosen.includes(row.block) ? "take this filter out" : "show only this block",
    attempted: row.attempted,
    matureConfirmed: row.mature.confirmed,
    matureAttempted: row.mature.attempted,
    rate: row.conversion,
    low: row.conversionLow,
    high: row.conversionHigh,
    lowSample: row.lowSample,
    baseline: null,
    change: null,
    more: [formatRate(row.share), formatCount(row.numbers), formatCount(row.neighbours)],
  }));
  const ranked = rows.filter(({ lowSample }) => !lowSample);
  const thin = rows.filter(({ lowSample }) => lowSample);
  return (
    <Panel
      id="blocks"
      title="1k blocks"
      note={
        chosen.length > 0 ? (
          <>
            filtered · <TextLink href={viewUrl(path, params, { block: null })}>Show all blocks</TextLink>
          </>
        ) : (
          `the ${rows.length} with most messages`
        )
      }
      api={apiUrl("blocks", params, { change: { country, compare: null } })}
      flush
    >
      <p className="px-4 pb-2 text-13 text-ink-soft">{caption(report)}</p>
      {ranked.length > 0 && <BlockRows rows={ranked} />}
      {thin.length > 0 && (
        <details open={chosen.length > 0} className="border-t border-line text-13">
          <summary className="px-4 py-3 hover:bg-wash focus-visible:-outline-offset-2">
            <span className="font-medium">
              {formatCount(thin.length)} {ranked.length > 0 ? "more " : ""}
              {thin.length === 1 ? "block" : "blocks"}
            </span>{" "}
            <span className="text-ink-soft">
              with fewer than {LOW_SAMPLE} {SETTLED} messages each: counted, but not ranked
            </span>
          </summary>
          <BlockRows rows={thin} />
        </details>
      )}
    </Panel>
  );
}

function BlockRows({ rows }: { rows: readonly RateRow[] }) {
  return (
    <RateRows
      label="1k blocks"
      head="Block"
      rows={rows}
      more={["Share", "Numbers", "Consecutive"]}
      withChange={false}
    />
  );
}

function caption({
  rows,
  topBlockShare,
  sequentiality,
}: {
  rows: readonly BlockRow[];
  topBlockShare: number | null;
  sequentiality: number | null;
}): string {
  const [largest] = rows;
  if (!largest) return "No messages.";
  return `The largest block, ${formatBlock(largest.block)}, has ${formatRate(topBlockShare)} of all messages. ${formatRate(sequentiality)} of numbers have another one right above or below.`;
}
