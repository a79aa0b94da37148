import { useRouter } from "next/navigation";
import { useState, type PointerEvent } from "react";
import { viewUrl, type ViewParams } from "../ui/view-url";
import type { Series } from "./series";
import { inAddress } from "./times";

/** Under this many pixels it was a click, which means nothing: whoever clicks anywhere wants no other view. */
const LEAST_DRAG = 6;

/** Dragging with a mouse; a finger scrolls the page, and finds the same as links in the table. */
export function useZoom(series: Series, path: string, params: ViewParams) {
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
      const range = part && bucketsIn(series, part);
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
  return { from: inAddress(first.start), to: inAddress(last.end) };
}
