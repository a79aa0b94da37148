"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isShortcut } from "./view-bar/shortcuts";
import { sharedView } from "../ui/view-url";

/** After `g`, a page's letter within this time goes to it. */
const SEQUENCE_MS = 1_000;

const PAGES: Record<string, string> = { o: "/", m: "/messages", f: "/feedback", p: "/protection" };

/** The keys of all pages of the dashboard: `?` for the sheet, `/` for the search, `g` and a letter for a page. */
export function HelpKeys({ id }: { id: string }) {
  const router = useRouter();
  useEffect(() => {
    let goUntil = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (!isShortcut(event)) return;
      const page = performance.now() < goUntil ? PAGES[event.key] : undefined;
      goUntil = event.key === "g" ? performance.now() + SEQUENCE_MS : 0;
      if (page) router.push(sharedView(page, new URLSearchParams(location.search)));
      if (event.key === "?") document.getElementById(id)?.togglePopover();
      if (event.key === "/") {
        const search = document.getElementById("search");
        if (!search) return;
        event.preventDefault();
        search.focus();
      }
    }
    // The keyboard goes along; on closing the browser gives it back.
    const sheet = document.getElementById(id);
    function onToggle(event: ToggleEvent) {
      if (event.newState === "open") sheet?.querySelector("button")?.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    sheet?.addEventListener("toggle", onToggle);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      sheet?.removeEventListener("toggle", onToggle);
    };
  }, [id, router]);
  return null;
}
