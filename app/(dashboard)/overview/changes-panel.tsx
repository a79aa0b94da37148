import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl } from "@/components/dashboard/view-url";
import { WhatChanged, type ChangedLine } from "@/components/dashboard/what-changed";
import { TextLink } from "@/components/ui/text-link";
import type { ChangedDestination } from "@/lib/insights/changes";
import { changesOf } from "../reports";
import type { View } from "../view";
import { findingsOf, flagsOf } from "./findings";

const LOSSES = 7;
const GAINS = 2;

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
  const lineOf = (row: ChangedLine["row"]): ChangedLine => ({
    row,
    href: viewUrl("/", params, { country: row.country, q: null }),
    finding: found.find(({ country }) => country === row.country),
    ...("reasons" in row && { errorHref: errorHref(row, view) }),
  });
  return (
    <Panel {...panel} flush={rows.length + gains.length > 0}>
      {rows.length + gains.length === 0 ? (
        <p className="text-13 text-ink-soft">No destination did better or worse than before beyond noise.</p>
      ) : (
        <WhatChanged
          losses={rows.slice(0, LOSSES).map(lineOf)}
          gains={gains.slice(0, GAINS).map(lineOf)}
          flags={flags}
        />
      )}
    </Panel>
  );
}

/** The messages that ended with the code that is the reason. */
function errorHref({ country, reasons }: ChangedDestination, { params }: View): string | undefined {
  const code = reasons.find(({ kind }) => kind === "error")?.code;
  if (code === undefined || code === null) return undefined;
  return viewUrl("/messages", params, { country, errorCode: String(code), sort: null, q: null });
}
