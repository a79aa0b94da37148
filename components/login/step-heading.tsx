"use client";

import { useEffect, useRef } from "react";

/**
 * The heading of a step. When one step takes the place of another the focus falls out of the page; the heading takes it
 * up, so that screen readers read on from here. A step whose field takes the focus keeps it.
 */
export function StepHeading({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className="text-28 font-semibold tracking-tight focus:outline-none">
      {title}
    </h1>
  );
}
