"use client";

import { useState } from "react";

interface CopyCurlProps {
  /** The address's path and query. */
  api: string;
  of: string;
  className: string;
}

/** Copies the command that gets the same figures from a program. Its key is named, not told. */
export function CopyCurl({ api, of, className }: CopyCurlProps) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    const command = `curl -H "Authorization: Bearer $API_KEY" '${location.origin}${api}'`;
    await navigator.clipboard.writeText(command);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <button type="button" className={className} onClick={() => void copy()}>
      {copied ? "Copied" : "Copy as curl"}
      <span className="sr-only"> for {of}</span>
    </button>
  );
}
