import { countryName, formatCount, formatInterval, formatRate, formatRoundRate } from "../ui/format";
import { SETTLED } from "@/lib/terms/maturity";
import { TextLink } from "../ui/text-link";
import { FindingMark } from "./finding-mark";
import { FindingLines, FindingLineText, type FindingLine } from "./sentence/finding-lines";
import type { InsightsRow, Rate } from "@/lib/insights/asking/metrics";
import type { Change } from "@/lib/insights/asking/report";

interface MatchingSentenceProps {
  messages: number;
  destinations: number;
  /** Where most went. */
  most: readonly { country: string; share: Rate; href: string }[];
}

/** What there is of a view that is filtered by what became of messages: how many, and where they went. */
export function MatchingSentence({ messages, destinations, most }: MatchingSentenceProps) {
  return (
    <section aria-label="What is going on" className="flex flex-col gap-2">
      <p className="max-w-[64rem] text-16 sm:text-20">
        <strong className="font-semibold">
          {formatCount(messages)} {messages === 1 ? "message matches" : "messages match"} the filters
        </strong>
        {destinations > 1 && `, to ${formatCount(destinations)} destinations`}:{" "}
        {most.map(({ country, share, href }, i) => (
          <span key={country}>
            {i > 0 && (i === most.length - 1 ? " and " : ", ")}
            {formatRoundRate(share)} to <TextLink href={href}>{countryName(country)}</TextLink>
          </span>
        ))}
        .
      </p>
      <p className="max-w-[64rem] text-13 text-ink-soft">
        They were chosen by what became of them, so their conversion says nothing of a destination, and no
        findings are shown.
      </p>
    </section>
  );
}

interface PartSentenceProps {
  current: InsightsRow;
  /** Null where there is nothing to compare with. */
  change: Change | null;
  /** `the 28 days before` */
  before: string;
  /** Of the view's networks, open ones first. */
  findings: readonly FindingLine[];
  /** Whether the view is of whole networks, which have findings. */
  ofNetworks: boolean;
}

/** What there is of a part of destinations: findings are watched for of whole ones and of networks only. An open one comes first. */
export function PartSentence({ findings, ofNetworks, ...part }: PartSentenceProps) {
  const [worst, ...others] = findings;
  const leads = worst?.finding.open ? worst : undefined;
  const listed = leads ? others : findings;
  return (
    <section aria-label="What is going on" className="flex flex-col gap-2">
      {leads && (
        <p className="max-w-[64rem] text-16 sm:text-20">
          <FindingMark
            kind={leads.finding.kind}
            open={leads.finding.open}
            className="mr-2 inline-block scale-125"
          />
          <FindingLineText {...leads} />.
        </p>
      )}
      <p className={leads ? "max-w-[64rem] text-13 text-ink-soft" : "max-w-[64rem] text-16 sm:text-20"}>
        <Confirmed {...part} />
      </p>
      {listed.length > 0 && <FindingLines lines={listed} />}
      {findings.length === 0 && (
        <p className="max-w-[64rem] text-13 text-ink-soft">
          {ofNetworks
            ? "No finding of this network in this time."
            : "Findings are of whole destinations and networks: with these filters none are shown."}
        </p>
      )}
    </section>
  );
}

/** Its rate, and how that moved. */
function Confirmed({
  current: { conversion, conversionLow, conversionHigh, mature, lowSample },
  change,
  before,
}: Pick<PartSentenceProps, "current" | "change" | "before">) {
  if (lowSample) {
    return (
      <>
        <strong className="font-semibold">Too few messages to tell:</strong> {formatCount(mature.confirmed)}{" "}
        of {formatCount(mature.attempted)} {SETTLED} ones were confirmed.
      </>
    );
  }
  return (
    <>
      <strong className="font-semibold">{formatRate(conversion)} of these messages were confirmed</strong> (
      {formatInterval(conversionLow, conversionHigh)})
      {change?.conversion != null &&
        (change.beyondNoise
          ? `, ${Math.abs(change.conversion * 100).toFixed(1)} points ${change.conversion < 0 ? "under" : "over"} ${before}`
          : `, no different beyond noise from ${before}`)}
      .
    </>
  );
}
