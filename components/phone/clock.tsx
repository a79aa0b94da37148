"use client";

import { useSyncExternalStore } from "react";

function everySecond(onChange: () => void): () => void {
  const timer = setInterval(onChange, 1_000);
  return () => clearInterval(timer);
}

/** The time of day where the reader is, running; nothing before the browser has said where that is. */
export function Clock() {
  return useSyncExternalStore(
    everySecond,
    () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }),
    () => "",
  );
}
