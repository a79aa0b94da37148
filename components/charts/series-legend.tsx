"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import type { ReactNode } from "react";
import { SETTLED } from "@/lib/terms/maturity";
import { BAND_OPACITY, CONVERSION_WIDTH, END_RADIUS, STEP_WIDTH, USUAL_DASH, USUAL_WIDTH } from "./geometry";

interface SeriesLegendProps {
  before: string | null;
  /** What is usual, where that is drawn. */
  usual: string | null;
  unit: string;
  /** Whether there is any rate. */
  withLine: boolean;
  /** Whether some buckets have a rate only together. */
  withSteps: boolean;
}

/** What the chart's marks mean. */
export function SeriesLegend({ before, usual, unit, withLine, withSteps }: SeriesLegendProps) {
  return (
    <ul aria-label="Key" className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-soft">
      {withLine && (
        <Key name="Conversion with its 95 % interval">
          <rect y="2" width="20" height="8" className="fill-accent" fillOpacity={BAND_OPACITY} />
          <line y1="6" y2="6" x2="20" className="stroke-accent" strokeWidth={CONVERSION_WIDTH} />
        </Key>
      )}
      {withSteps && (
        <Key name={`Of several ${unit}s together`}>
          <line y1="6" y2="6" x1="2" x2="18" className="stroke-accent" strokeWidth={STEP_WIDTH} />
          <circle
            cx="3"
            cy="6"
            r={END_RADIUS}
            className="fill-panel stroke-accent"
            strokeWidth={STEP_WIDTH}
          />
          <circle
            cx="17"
            cy="6"
            r={END_RADIUS}
            className="fill-panel stroke-accent"
            strokeWidth={STEP_WIDTH}
          />
        </Key>
      )}
      {before && (
        <Key name={before}>
          <line y1="6" y2="6" x2="20" className="stroke-edge" />
        </Key>
      )}
      {usual && (
        <Key name={usual}>
          <line
            y1="6"
            y2="6"
            x2="20"
            strokeWidth={USUAL_WIDTH}
            strokeDasharray={USUAL_DASH}
            className="stroke-ink"
          />
        </Key>
      )}
      <Key name={`Attempted per ${unit}, right axis`}>
        <path d="M3 12V5h5v7M12 12V2h5v10" className="fill-line" />
        <path d="M3 5h5M12 2h5" className="stroke-edge" />
      </Key>
      <Key name={`Not ${SETTLED} yet`}>
        <path d="M1 12 12 1M7 12 18 1M13 12l6-6M1 6l5-5" className="stroke-edge" />
      </Key>
    </ul>
  );
}

function Key({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg aria-hidden="true" width="20" height="12" fill="none" className="shrink-0">
        {children}
      </svg>
      {name}
    </li>
  );
}
