"use client";

import { useEffect, useRef, useState, type ComponentType } from "react";
import type { ViewParams } from "../ui/view-url";
import { percent } from "./geometry";
import { PointedFigures } from "./pointed-figures";
import type { SeriesChartProps } from "./series-chart";
import { SeriesPicture } from "./series-picture";
import type { Series } from "./series";
import { usePointed } from "./use-pointed";
import { useZoom } from "./use-zoom";

interface SeriesLiveProps {
  series: Series;
  /** The page, and its parameters: what is zoomed into is written into its address. */
  path: string;
  params: ViewParams;
}

/**
 * The picture of a series, which becomes a chart once it is seen: the chart's library is larger than everything else on the page
 * together. On paper it is the picture again, which has whatever width there is. Dragging over either zooms in; a bucket that is pointed at or
 * tapped shows its figures.
 */
export function SeriesLive({ series, path, params }: SeriesLiveProps) {
  const box = useRef<HTMLDivElement>(null);
  const [Chart, setChart] = useState<ComponentType<SeriesChartProps> | null>(null);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const size = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    const sight = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      sight.disconnect();
      // Without it the picture stays, which shows the same.
      whenIdle(
        () =>
          void import("./series-chart").then(
            (chart) => setChart(() => chart.SeriesChart),
            () => undefined,
          ),
      );
    });
    size.observe(element);
    sight.observe(element);
    return () => {
      size.disconnect();
      sight.disconnect();
    };
  }, []);

  const zoom = useZoom(series, path, params);
  const pointed = usePointed(series, box);
  return (
    <div
      ref={box}
      data-chart={drawn ? "live" : "picture"}
      className="absolute inset-0 cursor-crosshair select-none"
      onPointerDown={(event) => {
        zoom.handlers.onPointerDown(event);
        pointed.handlers.onPointerDown(event);
      }}
      onPointerMove={(event) => {
        zoom.handlers.onPointerMove(event);
        pointed.handlers.onPointerMove(event);
      }}
      onPointerUp={(event) => {
        zoom.handlers.onPointerUp();
        pointed.handlers.onPointerUp(event);
      }}
      onPointerCancel={() => {
        zoom.handlers.onPointerCancel();
        pointed.handlers.onPointerCancel();
      }}
      onPointerLeave={(event) => pointed.handlers.onPointerLeave(event)}
    >
      <SeriesPicture series={series} onPaperOnly={drawn} />
      {Chart && width > 0 && (
        <Chart series={series} width={width} shown={drawn} onDrawn={() => setDrawn(true)} />
      )}
      {pointed.stop && !zoom.part && <PointedFigures stop={pointed.stop} byMouse={!pointed.tapped} />}
      {zoom.part && (
        <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full">
          <rect
            x={percent(zoom.part[0])}
            width={percent(zoom.part[1] - zoom.part[0])}
            height="100%"
            className="fill-accent stroke-accent"
            fillOpacity="0.14"
          />
        </svg>
      )}
    </div>
  );
}

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}
