import Link from "next/link";
import type { ReactNode } from "react";

/** A figure of a sentence, which leads to where it comes from. */
export function Figure({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] underline decoration-line decoration-1 underline-offset-4 transition-colors hover:text-accent hover:decoration-current"
    >
      {children}
    </Link>
  );
}
