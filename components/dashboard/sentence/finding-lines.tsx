import type { Finding } from "@/lib/insights/reports/findings";
import { FINDINGS } from "@/lib/terms/findings";
import { formatCount, formatDuration } from "../../ui/format";
import { costWords, placeWords, rateWords, usualWords } from "../finding-figures";
import { FindingMark } from "../finding-mark";
import { Unbroken } from "../unbroken";
import { Figure } from "./figure";

export interface FindingLine {
  finding: Finding;
  since: string;
  /** When it was over; null while it lasts. */
  until: string | null;
  /** The view of the destination from then on. */
  href: string;
  /** The destination’s page, where the reason is. */
  page: string;
  /** The view of the destination in the 14 days before. */
  beforeHref: string;
}

/** More are in the table. */
export const MOST_LISTED_FINDINGS = 5;

/** Findings, each in a line. */
export function FindingLines({ lines }: { lines: readonly FindingLine[] }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-13">
      {lines.slice(0, MOST_LISTED_FINDINGS).map((line) => (
        <li key={line.finding.id} className="flex items-baseline gap-1.5">
          <FindingMark
            kind={line.finding.kind}
            open={line.finding.open}
            className="relative top-px shrink-0"
          />
          <span>
            <FindingLineText {...line} />
          </span>
        </li>
      ))}
      {lines.length > MOST_LISTED_FINDINGS && (
        <li className="text-ink-soft">and {lines.length - MOST_LISTED_FINDINGS} more</li>
      )}
    </ul>
  );
}

/** One finding in words, without a full stop. */
export function FindingLineText({ finding, since, until, href, page, beforeHref }: FindingLine) {
  const { kind, open, attempted, during, before } = finding;
  const { is, was } = FINDINGS[kind];
  const took = during.deliveryLatency?.p50 ?? null;
  const isSlow = kind === "slow" && took !== null;
  return (
    <span className={open ? undefined : "text-ink-soft"}>
      <strong className="font-semibold text-ink">
        <Figure href={page}>{placeWords(finding)}</Figure>
      </strong>{" "}
      {open ? is : was} {until === null ? `since ${since}` : `from ${since} to ${until}`}:{" "}
      {isSlow &&
        `half of the messages took ${formatDuration(took)}, usually ${formatDuration(before.deliveryLatency?.p50 ?? null)}; `}
      <Figure href={href}>
        {rateWords(finding)} of {formatCount(attempted)}
      </Figure>{" "}
      in time, <Figure href={beforeHref}>{usualWords(finding)}</Figure>
      <Unbroken>{costWords(finding)}</Unbroken>
    </span>
  );
}
