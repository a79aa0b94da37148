import { Panel } from "@/components/dashboard/panel";
import { apiUrl, onlyAndWithout, toggled, valuesOf, viewUrl } from "@/components/ui/view-url";
import type { RateRow } from "@/components/destination/rate-row";
import { RateRows } from "@/components/destination/rate-rows";
import { formatCount, formatRate } from "@/components/ui/format";
import { formatBlock, formatNumbersOf } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import { standsOut, type BlockRow } from "@/lib/insights/reports/blocks";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { SETTLED } from "@/lib/terms/maturity";
import { MOST_MESSAGES } from "@/lib/insights/asking/reach";
import { summaryOf } from "../../reports";
import { blockAction } from "../../protection/place-action";
import { readStateLines, toldOf } from "../../states";
import { asksForBlocks, blocksOf } from "./blocks-of";
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
  const shown = report.rows.slice(0, MOST_BLOCKS);
  const states = await readStateLines(shown, toldOf(view));
  const rows = shown.map((row): RateRow => ({
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
    state: states(row),
    act: blockAction(row, view, states),
    more: [formatRate(row.share), formatCount(row.numbers), formatCount(row.neighbours)],
  }));
  const ranked = rows.filter(({ lowSample }) => !lowSample);
  const thin = rows.filter(({ lowSample }) => lowSample);
  const asked = asksForBlocks(view);
  const quiet = !shown.some((row) => !row.lowSample && standsOut(row, report.rows));
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
      {quiet ? (
        <Fold rows={[...ranked, ...thin]} open={asked} words={quietWords(ranked, thin)} />
      ) : (
        <>
          <BlockRows rows={ranked} />
          <Fold rows={thin} open={asked} more words={THIN} />
        </>
      )}
    </Panel>
  );
}

interface FoldProps {
  rows: readonly RateRow[];
  open: boolean;
  /** Whether there are others above it. */
  more?: boolean;
  words: string;
}

function Fold({ rows, open, more = false, words }: FoldProps) {
  if (rows.length === 0) return null;
  return (
    <details open={open} className="border-t border-line text-13">
      <summary className="px-4 py-3 hover:bg-wash focus-visible:-outline-offset-2">
        <span className="font-medium">
          {formatCount(rows.length)} {more ? "more " : ""}
          {rows.length === 1 ? "block" : "blocks"}
        </span>
        <span className="text-ink-soft">{words}</span>
      </summary>
      <BlockRows rows={rows} />
    </details>
  );
}

const THIN = ` with fewer than ${LOW_SAMPLE} ${SETTLED} messages each: counted, but not ranked`;

/** What is said of blocks of which none stands out. */
function quietWords(ranked: readonly RateRow[], thin: readonly RateRow[]): string {
  if (ranked.length === 0) return THIN;
  const alike = ": none differs from the others beyond noise";
  return thin.length === 0
    ? alike
    : `${alike}; ${formatCount(thin.length)} with fewer than ${LOW_SAMPLE} ${SETTLED} messages`;
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
