"use client";

import { useEffect, useState } from "react";
import { Icon } from "../ui/icon";

const SAID_FOR_MS = 2_000;

/** Puts a code on the clipboard, to be pasted into the login; needs scripts, so it is hidden without. */
export function CopyCode({ code }: { code: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <button
      type="button"
      onClick={() => void copy(code).then(setCopied)}
      className="inline-flex h-6 items-center gap-1.5 rounded-6 px-1 font-medium text-accent hover:text-accent-strong noscript:hidden"
    >
      {copied ? <Icon name="check" className="size-3.5" /> : <Icon name="copy" className="size-3.5" />}
      <span aria-live="polite">{copied ? "Copied" : "Copy code"}</span>
    </button>
  );
}

/** @returns whether it is there: a browser may refuse, and gives no clipboard at all outside https and localhost */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
