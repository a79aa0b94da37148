import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

interface RowLinkProps extends Pick<ComponentProps<typeof Link>, "scroll"> {
  /** What the row shows. */
  href: string;
  /** The view of only what the row is about: where the link leads with Alt or Shift. */
  only?: string;
  /** The view without it: with both. */
  without?: string;
  className?: string;
  children: ReactNode;
}

/**
 * The link of a row, which is all of the row: a real one, so that a browser opens it in a tab, says where it leads and needs no scripts. Its
 * row is `relative`, and what else can be pressed in there has a place above it (`ABOVE_ROW_LINK`). RowLinks does what a link alone cannot.
 */
export function RowLink({ href, only, without, scroll, className = "", children }: RowLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={scroll}
      draggable={false}
      data-row-link=""
      data-only={only}
      data-without={without}
      className={`rounded-[2px] after:absolute after:inset-0 after:z-1 ${className}`}
    >
      {children}
    </Link>
  );
}

/** For what can be pressed in a row beside its link; what it opens lies above the same of the rows below. */
export const ABOVE_ROW_LINK = "relative z-2 has-[[open]]:z-3";
