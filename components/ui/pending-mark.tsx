"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: marks the page while what the link leads to is on its way, see globals.css. */
export function PendingMark() {
  return useLinkStatus().pending ? <span hidden data-pending="" /> : null;
}
