"use client";

import Link from "next/link";
import { useId, useState } from "react";

const SIDES = {
  left: "left-0",
  right: "right-0",
  "right-on-phones": "max-sm:right-0 sm:left-0",
} as const;

interface DefinedProps {
  name: string;
  definition: string;
  /** The side the definition is aligned with: the right one for what stands at the right of the page. */
  align?: keyof typeof SIDES;
  /** Where the name leads, when it does: a column's, to the table in its order. */
  href?: string;
}

const LOOK =
  "rounded-[2px] text-left underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-solid";

/** A figure's name, with its definition above it, one hover, focus or tap away: what it is of stays to be seen. Esc hides it until the next. */
export function Defined({ name, definition, align = "left", href }: DefinedProps) {
  const id = useId();
  const [hidden, setHidden] = useState(false);
  const shown = hidden ? "" : "group-hover:block group-focus-within:block";
  return (
    <span
      className="group relative inline-block"
      onKeyDown={(event) => event.key === "Escape" && setHidden(true)}
      onMouseLeave={() => setHidden(false)}
      onBlur={() => setHidden(false)}
    >
      {href === undefined ? (
        <button type="button" aria-describedby={id} className={`cursor-help ${LOOK}`}>
          {name}
        </button>
      ) : (
        <Link href={href} prefetch={false} scroll={false} aria-describedby={id} className={LOOK}>
          {name}
        </Link>
      )}
      <span
        id={id}
        role="tooltip"
        className={`absolute bottom-full z-40 hidden w-64 rounded-8 border border-edge bg-panel p-3 text-left text-13 font-normal whitespace-normal text-ink before:absolute before:inset-x-0 before:-bottom-2 before:h-2 ${SIDES[align]} ${shown} mb-2`}
      >
        {definition}
      </span>
    </span>
  );
}
