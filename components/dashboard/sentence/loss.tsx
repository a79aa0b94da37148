import type { LastDay } from "@/lib/insights/reports/last-day";
import { FINDINGS } from "@/lib/terms/findings";
import { formatRate } from "../../ui/format";
import { costWords, placeWords, rateWords, usualWords } from "../finding-figures";
import { FindingMark } from "../finding-mark";
import { Unbroken } from "../unbroken";
import { Figure } from "./figure";
import type { FindingLine } from "./finding-lines";

/** Less is as usual. */
const NOTABLE_LOSS = 0.0005;

interface LossProps {
  worst: FindingLine;
  /** Null where the view ends before now: then there is no "today". */
  lastDay: LastDay | null;
  lastDayHref: string;
}

/** Who does not get in, and since when. */
export function Loss({ worst, lastDay, lastDayHref }: LossProps) {
  const { finding, since, href, page, beforeHref } = worst;
  const { kind, open, lost } = finding;
  const missing = lastDay ? lastDay.expected - lastDay.confirmed : 0;
  const share = lastDay && lastDay.expected > 0 ? missing / lastDay.expected : 0;
  const most = missing > 0 && (lost ?? 0) >= missing / 2;
  return (
    <>
      <FindingMark kind={kind} open={open} className="mr-2 inline-block scale-125" />
      {share >= NOTABLE_LOSS && (
        <strong className="font-semibold">
          <Figure href={lastDayHref}>{formatRate(share)} fewer people</Figure> than usual got in with their
          code in the last 24&nbsp;h.{" "}
        </strong>
      )}
      <Figure href={page}>{placeWords(finding)}</Figure>{" "}
      {share >= NOTABLE_LOSS && most ? "accounts for most of it" : FINDINGS[kind].is}:{" "}
      <Figure href={href}>{rateWords(finding)}</Figure>,{" "}
      <Figure href={beforeHref}>{usualWords(finding)}</Figure>, since <Figure href={href}>{since}</Figure>
      <Unbroken>{costWords(finding)}</Unbroken>.
    </>
  );
}
