"use client";

import { useRouter } from "next/navigation";
import { useLayoutEffect } from "react";
import { isSheetOpen, isShortcut } from "./shortcuts";

interface KeysProps {
  before: string;
  after: string | null;
  withoutNewest: string | null;
}

/** The view's keys: the arrows shift its range, Esc takes its newest filter out. Links do the same. */
export function Keys({ before, after, withoutNewest }: KeysProps) {
  const router = useRouter();
  // With the address, not a moment after it: a key is for the view that is there to be seen.
  useLayoutEffect(() => {
    const places: Record<string, string | null> = {
      ArrowLeft: before,
      ArrowRight: after,
      Escape: withoutNewest,
    };
    function onKeyDown(event: KeyboardEvent) {
      const to = places[event.key];
      if (!to || !isShortcut(event) || isSheetOpen() || isForDefinition(event)) return;
      event.preventDefault();
      router.push(to, { scroll: false });
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [before, after, withoutNewest, router]);
  return null;
}

/** Esc hides the definition of the figure that has the focus. */
function isForDefinition({ key, target }: KeyboardEvent): boolean {
  if (key !== "Escape" || !(target instanceof Element)) return false;
  const description = target.getAttribute("aria-describedby");
  return description !== null && document.getElementById(description)?.getAttribute("role") === "tooltip";
}
