"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import Link from "next/link";
import type { ReactNode } from "react";
import type { FindingKind } from "@/lib/terms/findings";
import { formatCount, formatRate } from "../ui/format";
import { lookOf } from "../ui/severity";

export interface FunnelStep {
  name: string;
  /** To the view of only the messages that came so far, where a filter says so. */
  href?: string;
  count: number;
  /** The same since a finding began. */
  since?: number;
  /** What was lost on the way to the next step. */
  loss?: FunnelLoss;
}

export interface FunnelLoss {
  /** Messages; since a finding began beside it. */
  count: number;
  since?: number;
  name: string;
  /** To the view of only these, where a filter says so. */
  href?: string;
  /** What it is made of: `out of reach 5,457 · no reason given 2,757`. */
  parts?: string;
}

interface FunnelProps {
  steps: readonly FunnelStep[];
  /** What a second, thinner bar is of: a finding's time. */
  since?: { words: string; kind: FindingKind; open: boolean };
}

/** The way of all messages, with what is lost between its steps. A bar's outlined end is what the step before had and it has not. */
export function Funnel({ steps, since: finding }: FunnelProps) {
  const look = finding && lookOf(finding).fill;
  const [all, allSince] = [steps[0]?.count ?? 0, steps[0]?.since ?? 0];
  return (
    <>
      {finding && (
        <p className="mb-2 flex items-center gap-1.5 text-12 text-ink-soft">
          <svg aria-hidden="true" width="20" height="6">
            <rect x="0.5" y="0.5" width="19" height="5" className={look} />
          </svg>
          {finding.words}
        </p>
      )}
      <ol className="flex flex-col text-13">
        {steps.map(({ name, href, count, since, loss }, i) => {
          const before = steps[i - 1]?.count ?? count;
          return (
            <li key={name}>
              <div className="grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3 sm:grid-cols-[6.5rem_minmax(0,1fr)_4.5rem_4rem]">
                <span className="font-medium">
                  <Linked href={href}>{name}</Linked>
                </span>
                <svg aria-hidden="true" className={`w-full ${since === undefined ? "h-4" : "h-6"}`}>
                  <rect
                    x="0.5"
                    y="0.5"
                    width={percent(before, all)}
                    height="15"
                    fill="none"
                    className="stroke-line"
                  />
                  <rect width={percent(count, all)} height="16" className="fill-accent" />
                  {since !== undefined && (
                    <rect y="18" width={percent(since, allSince)} height="5" className={look} />
                  )}
                </svg>
                <span className="text-right font-medium">{formatCount(count)}</span>
                <span className="text-right text-ink-soft max-sm:hidden">
                  {formatRate(all === 0 ? null : count / all)}
                </span>
                {since !== undefined && (
                  <span className="col-start-2 col-end-[-1] text-right text-12 text-ink-soft">
                    {formatCount(since)} of {formatCount(allSince)},{" "}
                    {formatRate(allSince === 0 ? null : since / allSince)}
                  </span>
                )}
              </div>
              {loss && (
                <p className="my-1 ml-1 border-l border-edge py-1 pl-3 text-12 text-ink-soft">
                  <span className="font-medium text-ink">
                    {loss.count > 0 ? "\u2212" : ""}
                    {formatCount(loss.count)} <Linked href={loss.href}>{loss.name}</Linked>
                  </span>
                  {loss.since !== undefined && loss.since > 0 && `, ${formatCount(loss.since)} in that time`}
                  {loss.parts && <span className="block">{loss.parts}</span>}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Linked({ href, children }: { href?: string; children: ReactNode }) {
  if (href === undefined) return children;
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] underline decoration-line underline-offset-4 hover:text-accent"
    >
      {children}
    </Link>
  );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "0%" : `${Math.round((part / whole) * 1000) / 10}%`;
}
