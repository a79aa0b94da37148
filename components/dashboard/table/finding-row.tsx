import Link from "next/link";
import type { Finding } from "@/lib/insights/reports/findings";
import { FINDINGS } from "@/lib/terms/findings";
import { formatPoints } from "../../ui/format";
import { lookOf } from "../../ui/severity";
import { Change } from "../change";
import { ConversionPlot } from "../conversion-plot";
import { findingColour, FindingMark } from "../finding-mark";
import { figuresOf } from "./figures";
import { Row } from "./table";

export interface FindingRowData {
  finding: Finding;
  /** `14:15 yesterday` */
  since: string;
  /** The destination, from then on. */
  href: string;
}

/** A finding since it began: exact at any range, where a month hides an outage of a day. */
export function FindingRow({ finding, since, href, name }: FindingRowData & { name: string }) {
  const { kind, during, before } = finding;
  const fall =
    during.conversion === null || before.conversion === null ? null : during.conversion - before.conversion;
  return (
    <Row
      className={lookOf(kind).row}
      cells={{
        ...figuresOf(during, { colour: findingColour(kind, true) }),
        country: {
          className: "font-normal",
          content: (
            <span className="flex items-center gap-2 pl-7.5 max-lg:pl-0">
              <FindingMark kind={kind} open />
              <Link
                href={href}
                prefetch={false}
                className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
              >
                since {since}
                <span className="sr-only">
                  : {FINDINGS[kind].short.toLowerCase()} in {name}
                </span>
              </Link>
            </span>
          ),
        },
        plot: {
          content: (
            <ConversionPlot
              rate={during.conversion}
              low={during.conversionLow}
              high={during.conversionHigh}
              baseline={before.conversion}
              finding={kind}
            />
          ),
        },
        change: { content: <Change text={formatPoints(fall)} difference={fall} beyondNoise /> },
        lost: {
          className: "text-ink-soft max-lg:hidden",
          content: <span className="whitespace-nowrap">open</span>,
        },
      }}
    />
  );
}
