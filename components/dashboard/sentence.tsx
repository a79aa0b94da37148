import Link from "next/link";
import type { ReactNode } from "react";
import type { Finding } from "@/lib/insights/reports/findings";
import type { LastDay } from "@/lib/insights/reports/last-day";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { countryName, formatCount, formatDuration, formatRate, formatRoundRate } from "../ui/format";
import { FindingMark } from "./finding-mark";
import { FINDINGS } from "@/lib/terms/findings";

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

interface SentenceProps {
  /** Null where the view ends before now: then there is no "today". */
  lastDay: LastDay | null;
  /** Whether the view ends now, so that what is over is not what is going on. */
  endsNow: boolean;
  /** Open ones first, then by what was lost. */
  findings: readonly FindingLine[];
  /** Destinations of the view with enough mature messages, and with too few. */
  destinations: number;
  lowSamples: number;
  /** Messages of the view, and those of them that are mature. */
  attempted: number;
  mature: number;
  lastDayHref: string;
}

/** What is going on, written by the numbers: each of its figures leads to where it comes from. */
export function Sentence(props: SentenceProps) {
  const { findings } = props;
  const open = findings.filter(({ finding }) => finding.open);
  // Who is lost to pumping is no person: its own line below says so.
  const worst = open.find(({ finding }) => finding.kind !== "pumping");
  // Of a time that is over, what happened then is what there is to say.
  const past = open.length === 0 && !props.endsNow ? findings[0] : undefined;
  const others = findings.filter((line) => line !== worst && line !== past);
  const failing = new Set(
    findings.filter(({ finding }) => finding.open || !props.endsNow).map(({ finding }) => finding.country),
  ).size;
  return (
    <section aria-label="What is going on" className="flex flex-col gap-2">
      <p className="max-w-[64rem] text-16 sm:text-20">
        {worst ? (
          <Loss {...props} worst={worst} />
        ) : past ? (
          <>
            <FindingLineText {...past} />.
          </>
        ) : (
          <Calm {...props} open={open.length} />
        )}
      </p>
      {others.length > 0 && <Others lines={others} />}
      {(worst ?? past) && <Rest {...props} failing={failing} />}
    </section>
  );
}

/** Less is as usual. */
const NOTABLE_LOSS = 0.0005;

function Loss({ lastDay, worst, lastDayHref }: SentenceProps & { worst: FindingLine }) {
  const { finding, since, href, beforeHref } = worst;
  const { country, conversion, conversionLow, conversionHigh, baseline, lost } = finding;
  const missing = lastDay ? lastDay.expected - lastDay.confirmed : 0;
  const share = lastDay && lastDay.expected > 0 ? missing / lastDay.expected : 0;
  const most = missing > 0 && (lost ?? 0) >= missing / 2;
  const low = conversionLow === null ? "" : Math.round(conversionLow * 100);
  const high = conversionHigh === null ? "" : Math.round(conversionHigh * 100);
  return (
    <>
      {share >= NOTABLE_LOSS && (
        <strong className="font-semibold">
          <Figure href={lastDayHref}>{formatRate(share)} fewer people</Figure> than usual got in with their
          code in the last 24&nbsp;h.{" "}
        </strong>
      )}
      <Figure href={href}>{countryName(country)}</Figure>{" "}
      {share >= NOTABLE_LOSS && most ? "accounts for most of it" : "has a conversion drop"}:{" "}
      <Figure href={href}>
        {formatRoundRate(conversion)} ({low}–{high})
      </Figure>{" "}
      against <Figure href={beforeHref}>{formatRoundRate(baseline)}</Figure> before, since{" "}
      <Figure href={href}>{since}</Figure>
      {lost !== null && (
        <>
          , about <Figure href={href}>{formatCount(roundedLoss(lost))} logins</Figure> lost
        </>
      )}
      .
    </>
  );
}

/** Two digits say all that is known. */
function roundedLoss(lost: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, lost))) - 1);
  return Math.round(lost / unit) * unit;
}

function Calm({
  destinations,
  lowSamples,
  attempted,
  mature,
  open,
  findings,
}: SentenceProps & { open: number }) {
  if (attempted > 0 && mature === 0) {
    return (
      <>
        <strong className="font-semibold">Nothing here is settled yet.</strong> {messages(attempted)} may
        still be answered: rates come once a code’s lifetime is over.
      </>
    );
  }
  if (destinations === 0) {
    return (
      <>
        <strong className="font-semibold">Too few messages to tell.</strong> No destination has the{" "}
        {LOW_SAMPLE} settled messages that a rate needs.
      </>
    );
  }
  const few = lowSamples === 0 ? "" : `; ${lowSamples} more have too few messages to say`;
  const within =
    destinations === 1
      ? "The one destination with enough messages is within its usual range"
      : `All ${formatCount(destinations)} destinations are within their usual range`;
  if (open === 0 && findings.length > 0) {
    return (
      <>
        <strong className="font-semibold">No finding is open</strong>
        {few}. What is over:
      </>
    );
  }
  return open > 0 ? (
    <strong className="font-semibold">People get in as usual.</strong>
  ) : (
    <>
      <strong className="font-semibold">{within}</strong>
      {few}.
    </>
  );
}

function messages(count: number): string {
  return count === 1 ? "One message" : `${formatCount(count)} messages`;
}

/** More are in the table. */
const MOST_LISTED_FINDINGS = 5;

/** The other findings, each in a line. */
function Others({ lines }: { lines: readonly FindingLine[] }) {
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

function FindingLineText({ finding, since, until, href }: FindingLine) {
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

function Rest({ destinations, lowSamples, failing }: SentenceProps & { failing: number }) {
  const others = Math.max(0, destinations - failing);
  if (others === 0) return null;
  return (
    <p className="text-13 text-ink-soft">
      {formatCount(others)} other{others === 1 ? "" : "s"} within the usual range
      {lowSamples > 0 && `, ${formatCount(lowSamples)} with too few messages to say`}. A drop’s figures are of
      codes that came back in time.
    </p>
  );
}

function Figure({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] underline decoration-line decoration-1 underline-offset-4 transition-colors hover:text-accent hover:decoration-current"
    >
      {children}
    </Link>
  );
}
