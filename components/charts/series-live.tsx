"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type ComponentType, type PointerEvent } from "react";
import { viewUrl, type ViewParams } from "../ui/view-url";
import type { SeriesChartProps } from "./series-chart";
import { SeriesPicture } from "./series-picture";
import type { Series } from "./series";

interface SeriesLiveProps {
  series: Series;
  /** The page, and its parameters: what is zoomed into is written into its address. */
  path: string;
  params: ViewParams;
}

/**
 * The picture of a series, which becomes a chart once it is seen: the chart's library is larger than everything else on the page
 * together. Dragging over either zooms in, and so does pressing a bucket.
 */
export function SeriesLive({ series, path, params }: SeriesLiveProps) {
  const box = useRef<HTMLDivElement>(null);
  const [Chart, setChart] = useState<ComponentType<SeriesChartProps> | null>(null);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    const element = box.current!;
    const size = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    const sight = new IntersectionObserver(([entry]) => {
      if (!entry!.isIntersecting) return;
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
  return (
    <div
      ref={box}
      data-chart={drawn ? "live" : "picture"}
      className="absolute inset-0 cursor-crosshair select-none"
      {...zoom.handlers}
    >
      {!drawn && <SeriesPicture series={series} />}
      {Chart && width > 0 && (
        <Chart series={series} width={width} quiet={zoom.part !== null} onDrawn={() => setDrawn(true)} />
      )}
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

/** Under this many pixels it was a click. */
const LEAST_DRAG = 6;

/** Dragging with a mouse; a finger scrolls the page, and finds the same as links in the table. */
function useZoom(series: Series, path: string, params: ViewParams) {
  const router = useRouter();
  const [drag, setDrag] = useState<{ from: number; to: number; pixels: number } | null>(null);
  const at = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const part: [number, number] | null =
    drag && drag.pixels >= LEAST_DRAG ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : null;
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: at(event), to: at(event), pixels: 0 });
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!drag) return;
      const to = at(event);
      setDrag({ ...drag, to, pixels: Math.abs(to - drag.from) * event.currentTarget.clientWidth });
    },
    onPointerUp() {
      setDrag(null);
      // A press without dragging means the bucket under it.
      const chosen = part ?? (drag && ([drag.to, drag.to] as [number, number]));
      const range = chosen && bucketsIn(series, chosen);
      if (range)
        router.push(viewUrl(path, params, { range: null, interval: null, ...range }), { scroll: false });
    },
    onPointerCancel: () => setDrag(null),
  };
  return { part, handlers };
}

/** The whole buckets that a part of the width touches; null when that is all of them. */
function bucketsIn({ buckets, from, to }: Series, [left, right]: [number, number]) {
  const moment = (fraction: number) => from + fraction * (to - from);
  const touched = buckets.filter(({ start, end }) => end > moment(left) && start <= moment(right));
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last || touched.length === buckets.length) return null;
  return { from: iso(first.start), to: iso(last.end) };
}

function iso(moment: number): string {
  return new Date(moment).toISOString().replace(".000Z", "Z");
}

function percent(fraction: number): string {
  return `${fraction * 100}%`;
}

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}
