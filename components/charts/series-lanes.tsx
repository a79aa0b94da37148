import Link from "next/link";
import type { ReactNode } from "react";
import { lookOf } from "../ui/severity";
import { FindingShape } from "./finding-shape";
import { fractionOf, percent } from "./geometry";
import type { Series, SeriesMark } from "./series";

/** Each finding in a lane of its own: how long it lasted, and whose it is. On a phone there is only room for the first. */
export function Lanes({ series }: { series: Series }) {
  return (
    <ul className="col-span-3 mt-1 flex flex-col gap-1 sm:col-span-1 sm:col-start-2 sm:gap-0">
      {series.marks.map((mark) => (
        <li key={mark.id} className="relative sm:h-5.5">
          <Lane mark={mark} series={series} />
        </li>
      ))}
    </ul>
  );
}

function Lane({ mark, series }: { mark: SeriesMark; series: Series }) {
  const { at, until, kind, open, words, href } = mark;
  const [start, end] = [fractionOf(at, series), fractionOf(until ?? series.to, series)];
  const colour = open ? lookOf(mark).stroke : "stroke-edge";
  return (
    <>
      <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible max-sm:hidden">
        <line
          x1={percent(start)}
          x2={percent(end)}
          y1="11"
          y2="11"
          strokeWidth="3"
          strokeOpacity="0.5"
          className={colour}
        />
        <svg x={percent(start)} y="11" className="overflow-visible">
          <FindingShape kind={kind} open={open} />
        </svg>
      </svg>
      <LaneLink start={start} end={end} href={href}>
        <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12" className="shrink-0 sm:hidden">
          <FindingShape kind={kind} open={open} />
        </svg>
        {words}
      </LaneLink>
    </>
  );
}

/** How much of the width a label needs beside its flag. */
const LABEL_PART = 0.45;

interface LaneLinkProps {
  start: number;
  end: number;
  href: string;
  children: ReactNode;
}

/**
 * The label stands before its flag, else after its end, else over its stretch of time. Where exactly is a percentage, which a class
 * cannot say and a style may not: so it stands in an SVG's foreign object.
 */
function LaneLink({ start, end, href, children }: LaneLinkProps) {
  const link = (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex items-center gap-1.5 rounded-[2px] leading-[1.375rem] whitespace-nowrap text-ink underline decoration-line underline-offset-4 hover:decoration-edge max-sm:whitespace-normal"
    >
      {children}
    </Link>
  );
  const side = start > LABEL_PART ? "before" : end < 1 - LABEL_PART ? "after" : "over";
  const x = { before: 0, after: end, over: start }[side];
  return (
    <>
      <span className="sm:hidden">{link}</span>
      <svg className="absolute inset-0 size-full overflow-visible max-sm:hidden">
        <foreignObject
          x={percent(x)}
          width={percent(side === "before" ? start : 1 - x)}
          height="22"
          className="overflow-visible"
        >
          <div className={side === "before" ? "flex justify-end pr-2.5" : "flex pl-2.5"}>
            <span className="bg-panel px-1">{link}</span>
          </div>
        </foreignObject>
      </svg>
    </>
  );
}
