/** The common axis from 0 to 100 %: a conversion as a dot, its interval as a whisker, its baseline as a tick. */
import type { ReactNode } from "react";
import { FINDINGS, type FindingKind } from "@/lib/terms/findings";
import type { Rate } from "@/lib/insights/asking/metrics";
import { lookOf } from "../ui/severity";

const GRID_PERCENTS = [0, 25, 50, 75, 100];

/** A dotted line joins a dot to its tick from this far apart on: its length is the loss. */
const LEAST_DISTANCE_JOINED = 0.02;

interface ConversionPlotProps {
  rate: Rate;
  low: Rate;
  high: Rate;
  /** The same before. */
  baseline: Rate;
  /** Of a finding's row. */
  finding?: { kind: FindingKind; open: boolean };
  /** Of few messages: no dot, which would look like a fact. */
  lowSample?: boolean;
}

/**
 * In a cell as high as its row, so that the axis' lines go through however high that is; on a card, of its own height. The block around the drawing
 * takes the cell's height, which a drawing by itself does not.
 */
export function ConversionPlot({
  rate,
  low,
  high,
  baseline,
  finding,
  lowSample = false,
}: ConversionPlotProps) {
  const { stroke, fill } = finding === undefined ? USUAL_LOOK : lookOf(finding);
  return (
    <div aria-hidden="true" className="relative h-9 sm:h-full sm:min-h-9">
      <svg className="absolute inset-0 size-full overflow-visible">
        <Grid />
        {!lowSample && rate !== null && (
          <svg y="50%" className="overflow-visible">
            {baseline !== null && Math.abs(rate - baseline) >= LEAST_DISTANCE_JOINED && (
              <line
                x1={percent(rate)}
                x2={percent(baseline)}
                strokeWidth="1.5"
                strokeDasharray="1.5 3"
                className={finding === undefined ? "stroke-ink-soft" : stroke}
              />
            )}
            {baseline !== null && (
              <line
                x1={percent(baseline)}
                x2={percent(baseline)}
                y1={-TICK_PIXELS}
                y2={TICK_PIXELS}
                strokeWidth="1.5"
                className="stroke-ink"
              />
            )}
            {low !== null && high !== null && (
              <line x1={percent(low)} x2={percent(high)} strokeWidth="2" className={stroke} />
            )}
            {finding === undefined ? (
              <circle cx={percent(rate)} r="3.5" className={fill} />
            ) : (
              <svg x={percent(rate)} className="overflow-visible">
                <path d={FINDINGS[finding.kind].shape} className={fill} />
              </svg>
            )}
          </svg>
        )}
      </svg>
    </div>
  );
}

/** Half of a tick's height. */
const TICK_PIXELS = 8;

/** Of a row without a finding. */
const USUAL_LOOK = { stroke: "stroke-accent", fill: "fill-accent" } as const;

interface RatesPlotProps {
  rates: readonly number[];
  height?: number;
}

/** Where many stand: a short stroke for each. */
export function RatesPlot({ rates, height = 36 }: RatesPlotProps) {
  return (
    <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible">
      <Grid />
      {rates.map((rate, i) => (
        <line
          key={i}
          x1={percent(rate)}
          x2={percent(rate)}
          y1={height / 2 - 6}
          y2={height / 2 + 6}
          strokeWidth="1"
          className="stroke-accent"
        />
      ))}
    </svg>
  );
}

function Grid(): ReactNode {
  return GRID_PERCENTS.map((at) => (
    <line key={at} x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" className="stroke-line" />
  ));
}

/** The axis' figures, above its grid's lines. */
export function PlotAxis() {
  return (
    <svg aria-hidden="true" width="100%" height="16" className="block overflow-visible">
      {GRID_PERCENTS.map((at) => (
        <text key={at} x={`${at}%`} y="12" textAnchor="middle" className="fill-ink-soft text-12 font-normal">
          {at === 100 ? "100\u00a0%" : at}
        </text>
      ))}
    </svg>
  );
}

function percent(rate: number): string {
  return `${Number((rate * 100).toFixed(2))}%`;
}
