"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** How long between two looks; a page that nobody sees is slowed down by its browser. */
const LOOK_MS = 1_500;

interface RefreshWhenChangedProps {
  /** Answers `{"state": …}`. */
  from: string;
  /** What this page was made of. */
  state: string;
}

/** Fetches the page anew once its state is another. Without scripts, a reload does. */
export function RefreshWhenChanged({ from, state }: RefreshWhenChangedProps) {
  const router = useRouter();
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function look() {
      const found = await readState(from, gone.signal);
      if (gone.signal.aborted) return;
      if (found !== null && found !== state) router.refresh();
      timer = setTimeout(() => void look(), LOOK_MS);
    }
    // Someone who comes back from the phone should not wait for a timer that slept.
    function lookNow() {
      if (document.visibilityState !== "visible") return;
      clearTimeout(timer);
      void look();
    }
    timer = setTimeout(() => void look(), LOOK_MS);
    document.addEventListener("visibilitychange", lookNow);
    return () => {
      gone.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookNow);
    };
  }, [from, state, router]);
  return null;
}

/** Null while it cannot be read: the next look may. */
async function readState(from: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(from, { cache: "no-store", signal });
    const answer: unknown = await response.json();
    const state = typeof answer === "object" && answer && "state" in answer ? answer.state : null;
    return response.ok && typeof state === "string" ? state : null;
  } catch {
    return null;
  }
}
