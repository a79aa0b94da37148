"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/** Between the end of one refresh and the next. */
const PAUSE_MS = 7_000;

/**
 * Reads the page's figures anew every few seconds, in place: what is open, focused or scrolled to stays. Nobody looks at a
 * hidden page, so it waits; when it is seen again it reads at once.
 */
export function Live({ pauseMs = PAUSE_MS }: { pauseMs?: number }) {
  const router = useRouter();
  const [reading, start] = useTransition();
  useEffect(() => {
    if (reading) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => start(() => router.refresh());
    function plan(ms: number) {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(read, ms);
    }
    const onVisibility = () => plan(0);
    plan(pauseMs);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [reading, router, pauseMs]);
  return null;
}
