import type { ReactNode } from "react";
import type { Finding } from "@/lib/insights/reports/findings";
import { FINDINGS } from "@/lib/terms/findings";
import { formatCount, formatPoints, formatRate } from "../../ui/format";
import { RowLink } from "../../ui/row-link";
import { lookOf } from "../../ui/severity";
import { Change } from "../change";
import { ConversionPlot } from "../conversion-plot";
import { lostWords, usualWords, wastedWords } from "../finding-figures";
import { findingColour, FindingMark } from "../finding-mark";
import { Unbroken } from "../unbroken";
import { figuresOf } from "./figures";
import { Row } from "./table";

export interface FindingRowData {
  finding: Finding;
  /** `14:15 yesterday` */
  since: string;
  /** The destination, from then on. */
  href: string;
  /** The button that acts on it, for whoever may. */
  act?: ReactNode;
}

/** A finding since it began: exact at any range, where a month hides an outage of a day. */
export function FindingRow({ finding, since, href, act, name }: FindingRowData & { name: string }) {
  const {
    network,
    kind,
    open,
    attempted,
    conversion,
    conversionLow,
    conversionHigh,
    baseline,
    size,
    during,
  } = finding;
  const cost = [lostWords(finding), wastedWords(finding)].filter((words) => words !== null);
  return (
    <Row
      className={lookOf(finding).row}
      cells={{
        ...figuresOf(during),
        attempted: { content: formatCount(attempted) },
        conversion: { content: formatRate(conversion), className: findingColour(kind, open) },
        country: {
          className: "font-normal",
          content: (
            <>
              <span className="flex items-center gap-2 pl-7.5 max-sm:pl-0">
                <FindingMark kind={kind} open={open} />
                <RowLink
                  href={href}
                  className="underline decoration-line underline-offset-4 hover:decoration-edge"
                >
                  {network !== null && `${network} `}since {since}
                  <span className="sr-only">
                    , {usualWords(finding)}: {FINDINGS[kind].short.toLowerCase()} in {name}
                  </span>
                </RowLink>
              </span>
              {cost.length > 0 && (
                <span className="block pl-12 text-12 text-ink-soft max-sm:pl-4.5 sm:max-xl:pl-7.5">
                  <Unbroken>{cost.join(", ")}</Unbroken>
                </span>
              )}
            </>
          ),
        },
        plot: {
          content: (
            <ConversionPlot
              rate={conversion}
              low={conversionLow}
              high={conversionHigh}
              baseline={baseline}
              finding={finding}
            />
          ),
        },
        change: {
          content: (
            <Change
              text={formatPoints(size === null ? null : -size)}
              difference={size === null ? null : -size}
              beyondNoise
            />
          ),
        },
        lost: {
          className: "text-ink-soft max-lg:hidden",
          content: <span className="whitespace-nowrap">open</span>,
        },
        ...(act && { menu: { content: act } }),
      }}
    />
  );
}
