"use client";

import { useEffect, useState } from "react";
import { Icon } from "../ui/icon";

const SAID_FOR_MS = 2_000;

interface CopyTextProps {
  text: string;
  /** What the button says: `Copy SID`. */
  children: string;
}

/** Puts a text on the clipboard; needs scripts, so it is hidden without. Where the browser refuses, it says so. */
export function CopyText({ text, children }: CopyTextProps) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      // A browser gives no clipboard outside https and localhost.
      setSaid("Not copied: the browser refuses");
    }
  }
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="inline-flex h-7 items-center gap-1.5 rounded-6 border border-edge px-2 text-12 font-medium hover:bg-wash print:hidden noscript:hidden"
    >
      <Icon name={said === "Copied" ? "check" : "copy"} className="size-3.5" />
      <span aria-live="polite">{said ?? children}</span>
    </button>
  );
}
