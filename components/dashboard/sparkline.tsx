/** Small lines, drawn on the server. */
import type { FindingKind } from "@/lib/terms/findings";
import { pooled } from "../ui/pooling";
import { lookOf } from "../ui/severity";

interface LineProps {
  /** In order of time; null where there is nothing to show. */
  points: readonly (number | null)[];
  /** How many points at the end are not mature: the line is dashed there, over a hatched ground. */
  immature?: number;
  /** The height stands for no less than this, so that what hardly changes looks so; a tenth of the level by default. */
  leastSpan?: number;
  className?: string;
}

const TILE_WIDTH = 120;
const TILE_HEIGHT = 28;

/** A tile's line: it shows the course, not the size. */
export function TileLine({ points, immature = 0, leastSpan, className = "" }: LineProps) {
  const known = points.filter((point) => point !== null);
  if (known.length < 2) return <div className={`h-7 ${className}`} />;
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const middle = (lowest + highest) / 2;
  const span = Math.max(highest - lowest, leastSpan ?? Math.abs(middle) / 10);
  const x = (i: number) => (i * TILE_WIDTH) / Math.max(1, points.length - 1);
  const y = (value: number) =>
    span === 0 ? TILE_HEIGHT / 2 : 3 + (TILE_HEIGHT - 6) * (0.5 - (value - middle) / span);
  const matureTo = points.length - 1 - immature;
  const place = points.map((value, i) =>
    value === null ? null : { i, at: `${x(i).toFixed(1)} ${y(value).toFixed(1)}` },
  );
  const path = (from: number, to: number) =>
    pathOf(place.filter((point) => point === null || (point.i >= from && point.i <= to)));
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${TILE_WIDTH} ${TILE_HEIGHT}`}
      preserveAspectRatio="none"
      className={`block h-7 w-full overflow-visible ${className}`}
    >
      {immature > 0 && <ImmatureEnd from={x(Math.max(0, matureTo))} />}
      <path
        d={path(0, matureTo)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="1.5"
        strokeLinejoin="round"
        className="stroke-accent"
      />
      {immature > 0 && (
        <path
          d={path(matureTo, points.length - 1)}
          fill="none"
          vectorEffect="non-scaling-stroke"
          strokeWidth="1.5"
          strokeDasharray="2 2.5"
          className="stroke-accent"
        />
      )}
    </svg>
  );
}

/** The hatched end, as *not mature* looks everywhere. */
function ImmatureEnd({ from }: { from: number }) {
  const start = Math.min(from, TILE_WIDTH - 3);
  return <rect x={start} width={TILE_WIDTH - start} height={TILE_HEIGHT} fill={`url(#${HATCH})`} />;
}

const HATCH = "immature-hatch";

/** The hatch that lines refer to: once on a page. */
export function Hatch() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <pattern id={HATCH} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line y2="4" strokeWidth="2" className="stroke-edge" />
      </pattern>
    </svg>
  );
}

/** The same as a mark beside a count. */
export function HatchMark() {
  return (
    <svg aria-hidden="true" width="12" height="10" className="inline-block align-[-1px]">
      <rect width="12" height="10" rx="1.5" fill={`url(#${HATCH})`} />
    </svg>
  );
}

/** Gaps where there are no points. */
function pathOf(places: readonly ({ at: string } | null)[]): string {
  let pen = "M";
  let path = "";
  for (const place of places) {
    if (place === null) pen = "M";
    else {
      path += pen + place.at;
      pen = "L";
    }
  }
  return path;
}

interface RowLineProps {
  attempted: readonly number[];
  confirmed: readonly number[];
  /** The row's own baseline, which is its middle line. */
  baseline: number | null;
  /** The open finding that its end belongs to. */
  finding?: { kind: FindingKind; open: boolean };
}

const ROW_WIDTH = 72;
const ROW_HEIGHT = 28;

/** Of one percentage point, the same in every row: a flat line means that nothing happened. */
const POINT_HEIGHT = 0.32;

/** A row's conversion by time against its own baseline; what goes further than the row is high stays at its edge. */
export function RowLine({ attempted, confirmed, baseline, finding }: RowLineProps) {
  const pools = pooled(attempted.map((n, i) => ({ attempted: n, confirmed: confirmed[i] ?? 0 })));
  const middle = baseline ?? mean(attempted, confirmed);
  const x = (at: number) => ((at + 0.5) * ROW_WIDTH) / Math.max(1, attempted.length);
  const y = (rate: number) =>
    Math.min(ROW_HEIGHT - 2, Math.max(2, ROW_HEIGHT / 2 + (middle - rate) * 100 * POINT_HEIGHT));
  const end = pools.at(-1);
  if (!end || pools.length < 2) return null;
  // From each to the one right after it; several together are level over all of their time. Gaps are gaps.
  const path = pools.map((pool, i) => {
    const height = y(pool.confirmed / pool.attempted).toFixed(1);
    const meets = pools[i - 1]?.last === pool.first - 1;
    const [left, right] = [x(pool.first).toFixed(1), x(pool.last).toFixed(1)];
    return `${meets ? "L" : "M"}${left} ${height}${pool.first === pool.last ? (meets ? "" : "h0.5") : `H${right}`}`;
  });
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${ROW_WIDTH} ${ROW_HEIGHT}`}
      width={ROW_WIDTH}
      height={ROW_HEIGHT}
      className="ml-auto block overflow-visible"
    >
      <line x1="0" x2={ROW_WIDTH} y1={ROW_HEIGHT / 2} y2={ROW_HEIGHT / 2} className="stroke-line" />
      <path
        d={path.join("")}
        fill="none"
        strokeWidth="1.25"
        strokeLinejoin="round"
        className="stroke-ink-soft"
      />
      <circle
        cx={x(end.last)}
        cy={y(end.confirmed / end.attempted)}
        r="2"
        className={finding ? lookOf(finding).fill : "fill-ink-soft"}
      />
    </svg>
  );
}

function mean(attempted: readonly number[], confirmed: readonly number[]): number {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
  return sum(confirmed) / Math.max(1, sum(attempted));
}
