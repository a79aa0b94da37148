"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

interface PrintLineProps {
  /** Where we are, without a path. */
  baseUrl: string;
  /** When the page was made: without scripts nobody knows when it is printed. */
  at: Date;
}

/** On paper, first of all: what this is, of when, and where to find it. */
export function PrintLine({ baseUrl, at }: PrintLineProps) {
  const [printedAt, setPrintedAt] = useState<Date | null>(null);
  useEffect(() => {
    // What is not in the page when this event is over is not on the paper.
    const note = () => flushSync(() => setPrintedAt(new Date()));
    window.addEventListener("beforeprint", note);
    return () => window.removeEventListener("beforeprint", note);
  }, []);
  const path = usePathname();
  const search = useSearchParams().toString();
  const address = `${baseUrl}${path}${search && `?${search}`}`;
  return (
    <p className="hidden px-4 py-2 text-12 break-all text-ink-soft print:block">
      <strong className="font-semibold text-ink">OTP Insights</strong>, printed{" "}
      {moment.format(printedAt ?? at).replace(",", "")} UTC · {address}
    </p>
  );
}

const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});
