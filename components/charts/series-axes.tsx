/** What stands around a series: the rates, the volume and the time. */
import { fractionOf, percent, VOLUME_PART } from "./geometry";
import { shortCount, type Series } from "./series";

/** Where the axis of rates has its figures, and the ground its lines. */
export const RATE_MARKS = [1, 0.75, 0.5, 0.25, 0];

export function RateAxis() {
  return (
    <svg aria-hidden="true" className="h-60 w-full overflow-visible">
      {RATE_MARKS.map((rate) => (
        <text
          key={rate}
          x="100%"
          dx="-8"
          y={percent(1 - rate)}
          dy="4"
          textAnchor="end"
          className="fill-ink-soft"
        >
          {rate === 1 ? "100\u00a0%" : rate * 100}
        </text>
      ))}
    </svg>
  );
}

export function VolumeAxis({ limit }: { limit: number }) {
  return (
    <svg aria-hidden="true" className="h-60 w-full overflow-visible">
      {[1, 0.5].map((part) => (
        <text key={part} x="8" y={percent(1 - part * VOLUME_PART)} dy="4" className="fill-ink-soft">
          {shortCount(limit * part)}
        </text>
      ))}
    </svg>
  );
}

/** A label nearer to an end than this would be cut off there. */
const LABEL_MARGIN_PART = 0.03;

export function TimeAxis({ series }: { series: Pick<Series, "from" | "to" | "ticks"> }) {
  return (
    <>
      <div aria-hidden="true" className="@container col-start-2">
        <svg className="h-6 w-full overflow-visible">
          {series.ticks.map(({ at, label }, i) => {
            const fraction = fractionOf(at, series);
            return (
              <g key={at} className={placeOf(i, series.ticks.length)}>
                <line x1={percent(fraction)} x2={percent(fraction)} y1="0" y2="4" className="stroke-edge" />
                {fraction > LABEL_MARGIN_PART && fraction < 1 - LABEL_MARGIN_PART && (
                  <text x={percent(fraction)} y="18" textAnchor="middle" className="fill-ink-soft">
                    {label}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <span />
    </>
  );
}

/** More than these touch each other where a picture has half of the page. */
const MOST_TICKS_OF_HALF = 5;

/** Where a tick is left out, by the room its picture has, which is not the window's. */
function placeOf(i: number, ticks: number): string | undefined {
  const many = ticks > MOST_TICKS_OF_HALF;
  if (i % 2 === 1) return many ? "@max-2xl:hidden" : "max-sm:hidden";
  return many && i % 4 === 2 ? "@max-xs:hidden" : undefined;
}
