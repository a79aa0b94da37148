import { BucketFigures } from "./bucket-figures";
import { percent, type Stop } from "./geometry";

interface PointedFiguresProps {
  stop: Stop;
  /** Whether a mouse points, which could also drag. */
  byMouse: boolean;
}

/** What is pointed at: a line through its middle, a dot on its rate, and its figures at the side where there is room. */
export function PointedFigures({ stop, byMouse }: PointedFiguresProps) {
  const { x, mature, immature } = stop;
  const rate = mature ?? immature;
  // Only ever drawn by the browser, where the policy lets scripts set a style.
  const side = x < 0.5 ? { left: percent(x) } : { right: percent(1 - x) };
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 print:hidden">
      <svg className="absolute inset-0 size-full overflow-visible">
        <line x1={percent(x)} x2={percent(x)} y1="0" y2="100%" className="stroke-ink-soft" />
        {rate !== undefined && (
          <circle
            cx={percent(x)}
            cy={percent(1 - rate)}
            r="4"
            strokeWidth="1.5"
            className="fill-accent stroke-panel"
          />
        )}
      </svg>
      <div data-pointed="" className="absolute top-2 z-10 mx-2.5" style={side}>
        <BucketFigures stop={stop} hint={byMouse ? "Drag to zoom" : null} />
      </div>
    </div>
  );
}
