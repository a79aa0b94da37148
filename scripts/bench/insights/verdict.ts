/** Whether the reports are as quick as they are meant to be. */
import type { Comparison, Scope } from "./comparison";
import { oursOf, oursOfSender } from "./comparison";
import { REPORT_WORDS } from "./reports";
import type { Cost } from "./sends";
import { table, times } from "../support/table";

export interface Verdict {
  what: string;
  measured: number;
  target: number;
  met: boolean;
}

/** Our destination table against the peers', the largest history's. */
const TIMES_POSTGRES = 100;
const TIMES_DUCKDB = 8;

/** Our 90-day answers at the largest size against those at the smallest. */
const GROWTH = 1.5;

/** Our answers of one sender against those of all. */
const ONE_SENDER = 1.5;

/** A send with triggers against one without. */
const SEND_COST = 1.3;

export function verdicts(comparisons: readonly Comparison[], costs: readonly Cost[]): Verdict[] {
  const sizes = [...new Set(comparisons.map(({ messages }) => messages))];
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const at = (messages: number) => comparisons.filter((each) => each.messages === messages);
  return [
    ...at(largest)
      .filter(({ report }) => report === "destinations")
      .flatMap(againstPeers),
    ...at(largest).flatMap(ofOneSender),
    ...(largest === smallest ? [] : growth(at(smallest), at(largest))),
    // What an insert alone costs is told above, and is a part of these.
    ...costs
      .filter(({ isSend }) => isSend)
      .map(({ what, ratio }) => ({
        what: `${what}: with triggers ÷ without`,
        measured: ratio,
        target: SEND_COST,
        met: ratio <= SEND_COST,
      })),
  ];
}

const SCOPES: Record<Scope, string> = { counts: "counts", whole: "whole answer" };

function againstPeers(comparison: Comparison): Verdict[] {
  const { scope, sides, messages } = comparison;
  const ours = oursOf(comparison).median;
  return Object.entries(sides)
    .filter(([name]) => !name.startsWith("ours"))
    .map(([name, { median }]) => {
      const target = name.startsWith("DuckDB") ? TIMES_DUCKDB : TIMES_POSTGRES;
      const what = `Destination table, ${SCOPES[scope]}, ${messages.toLocaleString("en")}: ${name} ÷ ours`;
      return { what, measured: median / ours, target, met: median / ours >= target };
    });
}

function ofOneSender(comparison: Comparison): Verdict[] {
  const ofSender = oursOfSender(comparison);
  if (!ofSender) return [];
  const { report, scope, messages } = comparison;
  const measured = ofSender.median / oursOf(comparison).median;
  const what = `${REPORT_WORDS[report]}, ${SCOPES[scope]}, ${messages.toLocaleString("en")}: of one sender ÷ of all`;
  return [{ what, measured, target: ONE_SENDER, met: measured <= ONE_SENDER }];
}

function growth(before: readonly Comparison[], after: readonly Comparison[]): Verdict[] {
  return after.flatMap((comparison, i) => {
    const { report, scope, messages } = comparison;
    const earlier = before[i];
    if (!earlier) return [];
    const measured = oursOf(comparison).median / oursOf(earlier).median;
    const what = `${REPORT_WORDS[report]}, ${SCOPES[scope]}: ours at ${messages.toLocaleString("en")} ÷ at ${earlier.messages.toLocaleString("en")}`;
    return [{ what, measured, target: GROWTH, met: measured <= GROWTH }];
  });
}

export function verdictText(found: readonly Verdict[]): string {
  const rows = found.map(({ what, measured, target, met }) => [
    what,
    times(measured),
    `${target >= TIMES_DUCKDB ? "≥" : "≤"} ${target}`,
    met ? "met" : "NOT MET",
  ]);
  return table([["Targets", "measured", "target", ""], ...rows]);
}
