import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { stopsOf, type Stop } from "./geometry";
import type { Series } from "./series";

/** A finger that moved further than this was not put on one place, in pixels. */
const STILL_PIXELS = 10;

interface Pointed {
  /** The data it was pointed at in: in others the same place is something else. */
  of: string;
  bucket: number;
  byTouch: boolean;
}

/**
 * The bucket whose figures are asked for: the one under a mouse, or the one that was tapped, until it is tapped again or something else
 * is pressed. What comes in place of the data is asked nothing of until the pointer moves.
 */
export function usePointed(series: Series, box: RefObject<HTMLElement | null>) {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const put = useRef<{ x: number; y: number } | null>(null);
  const of = `${series.from} ${series.to} ${series.buckets.length}`;
  const current = pointed?.of === of ? pointed : null;
  const tapped = current?.byTouch ?? false;

  useEffect(() => {
    if (!tapped) return;
    function onPointerDown({ target }: globalThis.PointerEvent) {
      if (!(target instanceof Node && box.current?.contains(target))) setPointed(null);
    }
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [tapped, box]);

  const handlers = {
    onPointerDown({ clientX, clientY }: PointerEvent) {
      put.current = { x: clientX, y: clientY };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (event.pointerType === "touch") return;
      const bucket = bucketUnder(event, series);
      if (current?.bucket !== bucket) setPointed(bucket < 0 ? null : { of, bucket, byTouch: false });
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const began = put.current;
      put.current = null;
      if (event.pointerType !== "touch" || !began) return;
      if (Math.hypot(event.clientX - began.x, event.clientY - began.y) > STILL_PIXELS) return;
      const bucket = bucketUnder(event, series);
      const again = current?.byTouch === true && current.bucket === bucket;
      setPointed(again || bucket < 0 ? null : { of, bucket, byTouch: true });
    },
    onPointerLeave({ pointerType }: PointerEvent) {
      // A finger leaves with every tap.
      if (pointerType !== "touch") setPointed(null);
    },
    onPointerCancel() {
      put.current = null;
    },
  };
  const stop: Stop | null = current ? (stopsOf(series)[current.bucket] ?? null) : null;
  return { stop, tapped, handlers };
}

function bucketUnder(
  { currentTarget, clientX }: PointerEvent<HTMLElement>,
  { from, to, buckets }: Series,
): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  const moment = from + ((clientX - left) / width) * (to - from);
  return buckets.findIndex(({ start, end }) => start <= moment && moment < end);
}
