"use client";

import { usePathname } from "next/navigation";
import { NavLink } from "./nav-link";

/** Where people are who sign in, and where nothing but that is their business. */
const PERSONS_PAGES = ["/login", "/account", "/confirm"];

/** The operators' pages. On those of the people who sign in, only operators are shown them; the shell stays, so the path is looked at here. */
export function DashboardLinks({ operator }: { operator: boolean }) {
  const path = usePathname();
  if (!operator && PERSONS_PAGES.some((page) => path === page || path.startsWith(`${page}/`))) return null;
  return (
    <>
      <NavLink href="/" label="Overview" keepsView />
      <NavLink href="/messages" label="Messages" keepsView />
      <NavLink href="/feedback" label="Feedback" keepsView />
      <NavLink href="/protection" label="Protection" keepsView />
    </>
  );
}
