import Link from "next/link";
import type { ChangedDestination, Moved } from "@/lib/insights/reports/changes";
import { Flag } from "../ui/flag";
import { countryName, formatCount, formatDifference, formatDuration, formatPoints } from "../ui/format";
import { lookOf } from "../ui/severity";
import { costWords, rateWords, usualWords } from "./finding-figures";
import { Unbroken } from "./unbroken";
import { FindingMark } from "./finding-mark";
import type { Finding } from "@/lib/insights/reports/findings";

export interface ChangedLine {
  row: ChangedDestination | Moved;
  href: string;
  finding?: Finding;
  /** To the messages with the code that is the reason. */
  errorHref?: string;
}

/** A destination to which messages were pumped. */
export interface PumpedLine {
  country: string;
  open: boolean;
  when: string;
  /** To the view of that time. */
  href: string;
  /** Mature messages that nobody answered. */
  unanswered: number;
  /** What they cost, in the currency of `wastedWords`. */
  wasted: number;
  wastedWords: string;
}

interface WhatChangedProps {
  losses: readonly ChangedLine[];
  gains: readonly ChangedLine[];
  /** Ranked by themselves, by what they cost: who does not answer there is likely no person. */
  pumped: readonly PumpedLine[];
  flags: string;
}

/** Who lost most, and why as far as that is known; then who won. One scale for all bars. */
export function WhatChanged({ losses, gains, pumped, flags }: WhatChangedProps) {
  const most = Math.max(1, ...[...losses, ...gains].map(({ row }) => Math.abs(row.change.lost)));
  return (
    <>
      {losses.length + gains.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-soft">
          No destination of people did better or worse than before beyond noise.
        </p>
      ) : (
        <ol>
          {[...losses, ...gains].map((line) => (
            <ChangedRow key={line.row.country} {...line} most={most} flags={flags} />
          ))}
        </ol>
      )}
      {pumped.length > 0 && (
        <section aria-label="Pumped" className="border-t border-line px-4 py-3 text-13">
          <h3 className="font-medium">
            Pumped <span className="font-normal text-ink-soft">likely no people, by money wasted</span>
          </h3>
          <ol className="mt-2 flex flex-col gap-2">
            {pumped.map(({ country, open, when, href, unanswered, wastedWords }) => (
              <li key={`${country} ${when}`}>
                <p className="flex items-center gap-2.5">
                  <Flag country={country} sheet={flags} />
                  <Link
                    href={href}
                    prefetch={false}
                    className="rounded-[2px] font-medium decoration-edge underline-offset-4 hover:underline"
                  >
                    {countryName(country)}
                  </Link>
                  <FindingMark kind="pumping" open={open} />
                  <span className="ml-auto font-medium">{wastedWords}</span>
                </p>
                <p className="mt-1 text-ink-soft">
                  {formatCount(unanswered)} messages nobody answered, {when}
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function ChangedRow({
  row,
  href,
  finding,
  errorHref,
  most,
  flags,
}: ChangedLine & { most: number; flags: string }) {
  const { country, change } = row;
  const lost = change.lost;
  const name = countryName(country);
  return (
    <li className="border-t border-line px-4 py-3 text-13 first:border-t-0 print:break-inside-avoid">
      <p className="flex items-center gap-2.5">
        <Flag country={country} sheet={flags} />
        <Link
          href={href}
          prefetch={false}
          className="rounded-[2px] font-medium decoration-edge underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        {finding && <FindingMark kind={finding.kind} open={finding.open} />}
        <span className="ml-auto text-ink-soft">{formatPoints(change.conversion)}</span>
        <span className="min-w-16 text-right font-medium">
          {formatDifference(-lost)}
          <span className="sr-only"> confirmed</span>
        </span>
      </p>
      <svg aria-hidden="true" width="100%" height="3" className="mt-2 block">
        <rect width="100%" height="3" rx="1.5" className="fill-wash" />
        <rect
          width={`${((100 * Math.abs(lost)) / most).toFixed(1)}%`}
          height="3"
          rx="1.5"
          className={lost <= 0 ? "fill-accent" : finding?.open ? lookOf(finding).fill : "fill-edge"}
        />
      </svg>
      <p className="mt-1.5 text-ink-soft">
        {finding?.kind === "slow" && finding.during.deliveryLatency?.p50
          ? `Slow: half of its messages took ${formatDuration(finding.during.deliveryLatency.p50)} or more to arrive. `
          : ""}
        <Reasons row={row} />
        {finding && (
          <Unbroken>
            {` Its finding: ${rateWords(finding)} in time, ${usualWords(finding)}${costWords(finding)}.`}
          </Unbroken>
        )}
        {errorHref && (
          <>
            {" "}
            <Link
              href={errorHref}
              prefetch={false}
              className="rounded-[2px] whitespace-nowrap underline decoration-edge underline-offset-4 hover:text-accent"
            >
              See these messages<span className="sr-only"> to {countryName(row.country)}</span>
            </Link>
          </>
        )}
      </p>
    </li>
  );
}

function Reasons({ row }: Pick<ChangedLine, "row">) {
  if (!("reasons" in row)) return "More were confirmed than before.";
  if (row.reasons.length === 0) return "Reason not known: no single error, network or delay explains it.";
  return row.reasons
    .map(({ words }) => `${words.replaceAll(" %", "\u00a0%").replaceAll(" s ", "\u00a0s ")}.`)
    .join(" ");
}
