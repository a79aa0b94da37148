/** What was decided of the messages that were asked for. */
import { now } from "../clock";
import { db, empty, sql } from "../db";
import { idAt } from "../ids";
import type { RuleMode, RuleName, Verdict } from "../terms/rules";
import type { Destination } from "./protect";

/** A rule that would refuse the message, with its figures. */
export interface Fired {
  /** `destination`: what people have said of it. `limits`: those of numbers, browsers and addresses. `countries`: ALLOWED_COUNTRIES and BLOCKED_COUNTRIES. */
  rule: RuleName | "destination" | "limits" | "countries";
  mode: Exclude<RuleMode, "off">;
  /** What it counts for, where that is no person's. */
  place?: string | null;
  [figure: string]: unknown;
}

export interface Decision {
  id: string;
  at: Date;
  verificationId: string | null;
  country: string;
  network: string | null;
  block: string;
  verdict: Verdict;
  /** Whether the number was left alone by rules about destinations. */
  exempt: boolean;
  fired: Fired[];
}

interface Wanted {
  country?: string;
  verdicts?: readonly Verdict[];
  /** Before this moment. */
  to?: Date;
  limit?: number;
}

export const MOST_DECISIONS = 100;

/** The newest first. */
export function readDecisions({ country, verdicts, to, limit = MOST_DECISIONS }: Wanted = {}): Promise<
  Decision[]
> {
  return db().$queryRaw<Decision[]>`
    select id, at, verification_id as "verificationId", country, network, block, verdict, exempt, fired from decision
    where true ${country === undefined ? empty : sql`and country = ${country}`}
      ${verdicts === undefined ? empty : sql`and verdict = any(${verdicts}::text[])`} ${to === undefined ? empty : sql`and at < ${to}::timestamptz`}
    order by at desc, id desc limit ${limit}::int`;
}

/** Keeps that a message was refused for its country, of which nothing else is looked at. */
export async function keepRefusedCountry({ country, network, block }: Destination): Promise<void> {
  const at = now();
  await db().$executeRaw`
    insert into decision (id, at, country, network, block, verdict, exempt, fired, figures)
    values (${idAt(at)}::uuid, ${at}::timestamptz, ${country}, ${network}::text, ${block}, 'refused', false,
      '[{"rule": "countries", "mode": "enforce"}]', '{}')`;
}
