import Link from "next/link";
import type { ReactNode } from "react";
import { Change } from "./change";
import { Defined } from "./defined";
import { TileLine } from "./sparkline";

export interface TileData {
  name: string;
  /** What the figure means, and of which counts it is. */
  definition: string;
  figure: string;
  /** Against the range compared with; none without one. */
  change?: { text: string; difference: number | null; beyondNoise: boolean };
  /** A few words at the change's side. */
  note?: ReactNode;
  /** To the messages that the figure, or what is said at the change's side, is of. */
  href?: string;
  noteHref?: string;
  points: readonly (number | null)[];
  /** What the line's height stands for at least. */
  leastSpan?: number;
  /** How many of the points at the end are not mature. */
  immature: number;
}

interface TileProps extends TileData {
  align?: "left" | "right" | "right-on-phones";
}

/** Between seven tiles: on phones one and three pairs, on tablets three (the first twice as wide) and four, else all in one row. */
const HAIRLINES =
  "max-md:not-first:border-t max-md:not-first:odd:border-l md:max-xl:not-first:not-nth-[4]:border-l md:max-xl:nth-[n+4]:border-t xl:not-first:border-l max-xl:first:col-span-2";

/** One figure, what it was before, and its course. */
export function Tile({
  name,
  definition,
  figure,
  change,
  note,
  href,
  noteHref,
  points,
  leastSpan,
  immature,
  align,
}: TileProps) {
  return (
    <div className={`flex min-w-0 flex-col gap-1 border-line p-4 ${HAIRLINES}`}>
      <dt className="text-13 text-ink-soft">
        <Defined name={name} definition={definition} align={align} />
      </dt>
      <dd className="text-28 font-medium tracking-tight whitespace-nowrap">
        <Linked href={href}>{figure}</Linked>
      </dd>
      <dd className="flex flex-wrap items-baseline justify-between gap-x-2 text-12">
        {change && <Change {...change} />}
        {note !== undefined && (
          <span className="whitespace-nowrap text-ink-soft">
            <Linked href={noteHref}>{note}</Linked>
          </span>
        )}
      </dd>
      <dd className="mt-auto pt-2">
        <TileLine points={points} leastSpan={leastSpan} immature={immature} />
      </dd>
    </div>
  );
}

/** Quiet, so that a figure stays a figure: its line comes with the pointer or the keyboard. */
function Linked({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined) return children;
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] decoration-edge decoration-1 underline-offset-4 hover:underline focus-visible:underline"
    >
      {children}
    </Link>
  );
}
