"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";

interface ClosingDetailsProps {
  /** Of those with the same name one is open at a time. */
  name: string;
  className?: string;
  /** Whether it is open when the view comes: what is wrong in its form is to be seen. */
  opened?: boolean;
  /** Its `summary`, and what it opens. */
  children: ReactNode;
}

/**
 * What opens without scripts, and with them also closes by itself: when the view has changed, when something else is pressed or
 * reached, and with Esc.
 */
export function ClosingDetails({ name, className, opened = false, children }: ClosingDetailsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const view = `${usePathname()}?${useSearchParams().toString()}`;
  // Whoever is quicker than the scripts has opened it already when they come: only a change of the view closes it.
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current !== view && details.current) {
      details.current.open = opened;
      if (opened) details.current.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
    shown.current = view;
  }, [view, opened]);
  useEffect(() => {
    function onPointerDown(event: PointerEvent) {
      const inside = event.target instanceof Node && details.current?.contains(event.target);
      if (!inside) details.current?.removeAttribute("open");
    }
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, []);
  return (
    <details
      ref={details}
      name={name}
      className={className}
      open={opened}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !details.current?.open) return;
        event.preventDefault();
        details.current.open = false;
        details.current.querySelector("summary")?.focus();
      }}
      onBlur={(event) => {
        const to = event.relatedTarget;
        if (to && !event.currentTarget.contains(to)) event.currentTarget.open = false;
      }}
    >
      {children}
    </details>
  );
}
