"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Timers keep their delay in 31 bits. */
const LONGEST_MS = 2 ** 31 - 1;

interface RefreshAfterProps {
  ms: number;
  /** When the page was made: a page made anew waits anew. */
  since: Date;
}

/** Fetches the page anew when what it shows is about to change. Without scripts, a reload does. */
export function RefreshAfter({ ms, since }: RefreshAfterProps) {
  const router = useRouter();
  const made = since.getTime();
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), Math.min(ms, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [ms, made, router]);
  return null;
}
