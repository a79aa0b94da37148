"use client";

import { useEffect, useState, type ReactNode } from "react";
import { formatCountdown } from "../ui/format";

const TICK_MS = 250;

interface CountdownProps {
  /** What is left, by the server's clock. */
  ms: number;
  /** The whole wait, for the ring. */
  ofMs: number;
  /** What was sent: `Code`. */
  what: string;
  /** What may be done when it is over. */
  children: ReactNode;
}

/** Counts down in a sentence, then makes way for what was waited for, in the same row. */
export function Countdown({ ms, ofMs, what, children }: CountdownProps) {
  const [left, setLeft] = useState(ms);
  useEffect(() => {
    // Against the clock, not by counting ticks: a browser slows the timers of a page that is not looked at.
    const end = Date.now() + ms;
    const timer = setInterval(() => {
      setLeft(end - Date.now());
      if (Date.now() >= end) clearInterval(timer);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [ms]);

  if (left <= 0) return children;
  return (
    <p className="flex items-center gap-2.5 text-ink-soft noscript:hidden">
      <Ring share={Math.min(1, left / ofMs)} />
      <span>
        {what} already sent; resend in{" "}
        <span className="font-semibold text-ink" role="timer">
          {formatCountdown(Math.ceil(left / 1000))}
        </span>
      </span>
    </p>
  );
}

function Ring({ share }: { share: number }) {
  const circle = { cx: 8, cy: 8, r: 6.5, fill: "none", strokeWidth: 2.5 };
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16" className="shrink-0 -rotate-90">
      <circle {...circle} className="stroke-line" />
      <circle
        {...circle}
        className="stroke-ink-soft"
        pathLength={100}
        strokeDasharray={`${share * 100} 100`}
      />
    </svg>
  );
}
