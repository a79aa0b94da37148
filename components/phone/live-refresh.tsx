"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { News } from "./news";

/** Between two tries while the simulator, or our own server, does not answer, and for a page that does not come anew. */
const RETRY_MS = 2_000;

/**
 * Fetches the page anew whenever something about one of its handsets has changed. Without scripts, a reload does.
 *
 * @param props.revision of what the page shows
 */
export function LiveRefresh({ revision }: { revision: string }) {
  const router = useRouter();
  useEffect(() => {
    const closed = new AbortController();
    let wake = new AbortController();

    async function follow() {
      for (;;) {
        wake = new AbortController();
        const signal = AbortSignal.any([closed.signal, wake.signal]);
        const news = await ask(revision, signal);
        if (closed.signal.aborted) return;
        // The page that comes has another revision, and with it this effect ends.
        if (news === "changed") router.refresh();
        if (!wake.signal.aborted && news !== "none") await sleep(RETRY_MS, signal);
      }
    }

    // Whoever comes back from another tab may hold another handset by now: ask at once instead of waiting on.
    const onVisible = () => {
      if (document.visibilityState === "visible") wake.abort();
    };
    document.addEventListener("visibilitychange", onVisible);
    void follow();
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      closed.abort();
    };
  }, [revision, router]);
  return null;
}

async function ask(revision: string, signal: AbortSignal): Promise<News> {
  try {
    const response = await fetch("/phone/inbox", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ revision }),
      signal,
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own route answers it, of this very type
    return response.ok ? ((await response.json()) as { news: News }).news : "unreachable";
  } catch {
    return "unreachable";
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
