import type { Finding } from "@/lib/insights/reports/findings";
import { FINDINGS } from "@/lib/terms/findings";
import { countryName, formatCount, formatDuration, formatRoundRate } from "../../ui/format";
import { FindingMark } from "../finding-mark";
import { Figure } from "./figure";

export interface FindingLine {
  finding: Finding;
  since: string;
  /** When it was over; null while it lasts. */
  until: string | null;
  /** The view of the destination from then on. */
  href: string;
  /** The view of the destination in the 14 days before. */
  beforeHref: string;
}

/** More are in the table. */
const MOST_LISTED_FINDINGS = 5;

/** Findings, each in a line. */
export function FindingLines({ lines }: { lines: readonly FindingLine[] }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-13">
      {lines.slice(0, MOST_LISTED_FINDINGS).map((line) => (
        <li key={line.finding.id} className="flex items-baseline gap-1.5">
          <FindingMark kind={line.finding.kind} open={line.finding.open} className="self-center" />
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
export function FindingLineText({ finding, since, until, href }: FindingLine) {
  const { country, kind, open, conversion, baseline, during, before } = finding;
  const { is, noun } = FINDINGS[kind];
  const rates = (
    <Figure href={href}>
      {kind === "slow" && during.deliveryLatency?.p50
        ? `${formatDuration(during.deliveryLatency.p50)} to arrive against ${formatDuration(before.deliveryLatency?.p50 ?? null)}`
        : `${formatRoundRate(conversion)} of ${formatCount(finding.attempted)} in time against ${formatRoundRate(baseline)}`}
    </Figure>
  );
  return (
    <>
      <strong className="font-semibold">{countryName(country)}</strong>{" "}
      {open ? (
        <>
          {is}: {rates}, since {since}
        </>
      ) : (
        <span className="text-ink-soft">
          {noun.toLowerCase()}, over: {rates}, {since} to {until}
        </span>
      )}
    </>
  );
}
