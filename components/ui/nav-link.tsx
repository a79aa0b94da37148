"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

/** A page in the navigation, marked when it is the one shown. */
export function NavLink({ href, label }: { href: string; label: string }) {
  const current = usePathname() === href;
  return (
    <Link
      href={href}
      // Every page reads the newest state when it is opened; fetching it before would be for nothing.
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className="text-13 text-ink-soft hover:text-ink focus-visible:rounded-4 aria-[current]:text-ink aria-[current]:after:bg-ink relative flex h-full items-center whitespace-nowrap transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 focus-visible:-outline-offset-2 aria-[current]:font-medium"
    >
      {label}
    </Link>
  );
}
