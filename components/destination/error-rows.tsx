"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import Link from "next/link";
import type { ErrorRow } from "@/lib/insights/reports/errors";
import type { FindingKind } from "@/lib/terms/findings";
import { formatCount, formatDifference, formatRate } from "../ui/format";
import { lookOf } from "../ui/severity";

export interface ErrorLine extends ErrorRow {
  /** To the view of only its messages, or back to that of all; none where Twilio gave no code. */
  href: string | null;
  /** Of all attempted messages. */
  ofAttempted: number | null;
  /** The same since a finding began. */
  since?: number | null;
}

interface ErrorRowsProps {
  rows: readonly ErrorLine[];
  /** The finding whose time a second bar is of. */
  since?: { words: string; kind: FindingKind; open: boolean };
}

/** Why messages were not delivered: words first, then the code; all bars on one scale. */
export function ErrorRows({ rows, since: finding }: ErrorRowsProps) {
  const most = Math.max(0.001, ...rows.flatMap(({ ofAttempted, since }) => [ofAttempted ?? 0, since ?? 0]));
  const width = (part: number) => `${Math.round((part / most) * 1000) / 10}%`;
  return (
    <ul className="flex flex-col gap-3 text-13">
      {rows.map(({ kind, code, words, messages, previous, href, ofAttempted, since }) => (
        <li key={`${kind} ${code}`}>
          <div className="flex items-baseline justify-between gap-3">
            {href === null ? (
              <span>{words}</span>
            ) : (
              <Link
                href={href}
                prefetch={false}
                className="rounded-[2px] underline decoration-line underline-offset-4 hover:text-accent"
              >
                {words} <span className="font-mono text-12 text-ink-soft">{code}</span>
              </Link>
            )}
            <span className="font-medium whitespace-nowrap">{formatCount(messages)}</span>
          </div>
          {ofAttempted !== null && (
            <svg aria-hidden="true" className={`mt-1 block w-full ${since == null ? "h-1.5" : "h-3"}`}>
              <rect width="100%" height="6" rx="1" className="fill-wash" />
              <rect width={width(ofAttempted)} height="6" rx="1" className="fill-accent" />
              {since != null && (
                <rect
                  y="7"
                  width={width(since)}
                  height="5"
                  rx="1"
                  className={finding && lookOf(finding).fill}
                />
              )}
            </svg>
          )}
          <p className="mt-1 flex flex-wrap gap-x-3 text-12 text-ink-soft">
            <span>
              {kind === "refusal" ? "not taken by Twilio" : `${formatRate(ofAttempted)} of attempted`}
            </span>
            {since != null && (
              <span>
                {formatRate(since)} {finding?.words}
              </span>
            )}
            {previous !== null && <span>{formatDifference(messages - previous)} against before</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
