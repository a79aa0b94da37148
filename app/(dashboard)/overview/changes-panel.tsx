import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl } from "@/components/ui/view-url";
import { WhatChanged, type ChangedLine, type PumpedLine } from "@/components/dashboard/what-changed";
import { formatMoney } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { ChangedDestination } from "@/lib/insights/reports/changes";
import type { Finding } from "@/lib/insights/reports/findings";
import { changesOf, findingsOf } from "../reports";
import type { View } from "../view";
import { findingLine, flagsOf } from "./findings";

const MOST_LOSSES = 7;
const MOST_GAINS = 2;

/** Who lost most confirmations, and why. */
export async function ChangesPanel({ view }: { view: View }) {
  const { params, query } = view;
  const panel = {
    id: "what-changed",
    title: "What changed",
    note: "by lost confirmations",
    api: apiUrl("changes", params),
  };
  if (query.compare === "none") {
    return (
      <Panel {...panel}>
        <p className="text-13 text-ink-soft">
          There is nothing to compare with.{" "}
          <TextLink href={viewUrl("/", params, { compare: null })}>Compare with the time before</TextLink>
        </p>
      </Panel>
    );
  }
  const [{ rows, gains }, found, flags] = await Promise.all([
    changesOf(view),
    findingsOf(view),
    flagsOf(view),
  ]);
  const pumped = found.filter(({ kind }) => kind === "pumping");
  const isPeople = ({ country }: { country: string }) =>
    !pumped.some((finding) => finding.network === null && finding.country === country);
  const losses = rows.filter(isPeople);
  const lineOf = (row: ChangedLine["row"]): ChangedLine => ({
    row,
    href: viewUrl("/", params, { country: row.country, q: null }),
    finding: found.find(({ country }) => country === row.country),
    ...("reasons" in row && { errorHref: errorHref(row, view) }),
  });
  return (
    <Panel {...panel} flush={losses.length + gains.length + pumped.length > 0}>
      {losses.length + gains.length + pumped.length === 0 ? (
        <p className="text-13 text-ink-soft">No destination did better or worse than before beyond noise.</p>
      ) : (
        <WhatChanged
          losses={losses.slice(0, MOST_LOSSES).map(lineOf)}
          gains={gains.slice(0, MOST_GAINS).map(lineOf)}
          pumped={pumped.map((finding) => pumpedLine(finding, view)).sort((a, b) => b.wasted - a.wasted)}
          flags={flags}
        />
      )}
    </Panel>
  );
}

/** What pumping cost: its messages that nobody answered, which are no people's loss. */
function pumpedLine(finding: Finding, view: View): PumpedLine {
  const { during, country } = finding;
  const { since, until, href } = findingLine(finding, view);
  return {
    country,
    open: finding.open,
    when: until ? `${since} to ${until}` : `since ${since}`,
    href,
    unanswered: during.mature.attempted - during.mature.confirmed,
    wasted: finding.wasted ?? 0,
    wastedWords: formatMoney(finding.wasted, "USD"),
  };
}

/** The messages that ended with the code that is the reason. */
function errorHref({ country, reasons }: ChangedDestination, { params }: View): string | undefined {
  const code = reasons.find(({ kind }) => kind === "error")?.code;
  if (code === undefined || code === null) return undefined;
  return viewUrl("/messages", params, { country, errorCode: String(code), sort: null, q: null });
}
