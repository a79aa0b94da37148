"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { sharedView } from "./view-url";

interface NavLinkProps {
  href: string;
  label: string;
  /** Whether it shows the view of the page that is left: its range, zone and filters. */
  keepsView?: boolean;
}

/** A page in the navigation, marked when it, or a page under it, is the one shown. */
export function NavLink({ href, label, keepsView = false }: NavLinkProps) {
  const path = usePathname();
  const params = useSearchParams();
  const current = path === href || (href !== "/" && path.startsWith(`${href}/`));
  return (
    <Link
      href={keepsView ? sharedView(href, params) : href}
      // The mark is a border: of backgrounds, forced colours leave nothing. Every page reads the newest state when it is opened; fetching it before would be for nothing.
      prefetch={false}
      aria-current={path === href ? "page" : current ? "true" : undefined}
      className="relative flex h-full items-center text-13 whitespace-nowrap text-ink-soft transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 hover:text-ink focus-visible:rounded-4 focus-visible:-outline-offset-2 aria-[current]:font-medium aria-[current]:text-ink aria-[current]:after:border-b-2 aria-[current]:after:border-ink"
    >
      {label}
    </Link>
  );
}
