/** Rules: what each does, and from which threshold on. */
import { now } from "../clock";
import { db } from "../db";
import { RULE_NAMES, type RuleMode, type RuleName } from "../terms/rules";

export interface Rule {
  name: RuleName;
  mode: RuleMode;
  threshold: number;
  /** Who changed it; empty as it came. */
  author: string;
  changedAt: Date | null;
}

/** All of them, in the order of lib/terms/rules.ts. */
export async function readRules(): Promise<Rule[]> {
  const rows = await db().$queryRaw<
    Rule[]
  >`select name, mode, threshold, author, changed_at as "changedAt" from rule`;
  const byName = new Map(rows.map((row) => [row.name, row]));
  return RULE_NAMES.flatMap((name) => byName.get(name) ?? []);
}

/** Statements that decide read it: it holds from now on, in every process. Breakers are of the rule `exposure`, and close when it refuses nothing. */
export async function changeRule({
  name,
  mode,
  threshold,
  author,
}: Omit<Rule, "changedAt" | "threshold"> & { threshold?: number }): Promise<Rule> {
  const at = now();
  const [changed] = await db().$queryRaw<[Rule]>`
    with closed as (
      select breaker_closed(scope, subject, ${at}::timestamptz) from exposure
      where ${name === "exposure" && mode !== "enforce"}::boolean and opened_at is not null order by scope, subject
    )
    update rule set mode = ${mode}, threshold = coalesce(${threshold ?? null}::float8, threshold), author = ${author}, changed_at = ${at}::timestamptz
    where name = ${name} and (select count(*) from closed) >= 0 returning name, mode, threshold, author, changed_at as "changedAt"`;
  return changed;
}
