"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** So far a pointer moves before it selects rather than presses, in pixels. */
const DRAG = 4;

/**
 * What links of whole rows cannot do alone: with Alt or Shift they filter, and a text under them can be selected. For all rows of a page at
 * once.
 */
export function RowLinks() {
  const router = useRouter();
  useEffect(() => {
    let pressed: { link: HTMLElement; x: number; y: number; from: Place | null } | null = null;
    let selected = false;

    function onPointerDown(event: PointerEvent) {
      selected = false;
      const link = rowLinkOf(event);
      // Fingers scroll, and select by holding.
      pressed =
        link && event.button === 0 && event.pointerType === "mouse" && noModifier(event)
          ? { link, x: event.clientX, y: event.clientY, from: null }
          : null;
    }
    function onMouseDown(event: MouseEvent) {
      if (event.button !== 0 || !rowLinkOf(event)) return;
      // The browser would select the link's own text, and drag the link.
      event.preventDefault();
      getSelection()?.removeAllRanges();
    }
    function onPointerMove(event: PointerEvent) {
      if (!pressed || event.buttons !== 1) return;
      if (!selected && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < DRAG) return;
      pressed.from ??= placeUnder(pressed.x, pressed.y);
      const to = placeUnder(event.clientX, event.clientY);
      if (!pressed.from || !to) return;
      selected = true;
      getSelection()?.setBaseAndExtent(pressed.from.node, pressed.from.offset, to.node, to.offset);
    }
    function onPointerUp() {
      pressed = null;
    }
    function onClick(event: MouseEvent) {
      const link = rowLinkOf(event);
      if (!link) return;
      if (selected) {
        selected = false;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const to = filterOf(link, event);
      if (to === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      router.push(to, { scroll: false });
    }
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("mousedown", onMouseDown);
    document.addEventListener("pointermove", onPointerMove);
    document.addEventListener("pointerup", onPointerUp);
    // Before React's own, which would follow the link.
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("mousedown", onMouseDown);
      document.removeEventListener("pointermove", onPointerMove);
      document.removeEventListener("pointerup", onPointerUp);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [router]);
  return null;
}

/** A place in a text. */
interface Place {
  node: Node;
  offset: number;
}

function rowLinkOf({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("a[data-row-link]") : null;
}

function noModifier({ altKey, ctrlKey, metaKey, shiftKey }: PointerEvent): boolean {
  return !altKey && !ctrlKey && !metaKey && !shiftKey;
}

/** Where a link leads with the keys that filter; undefined without them. */
function filterOf({ dataset }: HTMLElement, { altKey, shiftKey }: MouseEvent): string | undefined {
  if (altKey && shiftKey) return dataset["without"];
  return altKey || shiftKey ? dataset["only"] : undefined;
}

/** The text under a point, for which the links above it make way. */
function placeUnder(x: number, y: number): Place | null {
  const root = document.documentElement;
  root.toggleAttribute("data-selecting", true);
  try {
    if ("caretPositionFromPoint" in document) {
      const caret = document.caretPositionFromPoint(x, y);
      return caret && { node: caret.offsetNode, offset: caret.offset };
    }
    return null;
  } finally {
    root.toggleAttribute("data-selecting", false);
  }
}
