import Link from "next/link";
import type { ReactNode } from "react";
import { NavLink } from "./nav-link";
import { ProductMark } from "./product-mark";

interface ShellProps {
  /** Whether there is a demo phone, which only the simulator has. */
  withPhone: boolean;
  /** Whether somebody is signed in here. */
  signedIn: boolean;
  children: ReactNode;
}

/** What stands around every page: the product, its pages, and the way past both for a keyboard. */
export function Shell({ withPhone, signedIn, children }: ShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="absolute top-2 left-2 z-20 -translate-y-16 rounded-6 bg-ink px-3 py-2 text-13 font-medium text-panel focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="border-b border-line bg-panel">
        <div className="mx-auto flex h-13 max-w-[90rem] items-stretch gap-4 px-4 sm:gap-8 sm:px-6">
          <Link
            href="/"
            prefetch={false}
            className="flex items-center gap-2.5 rounded-4 text-14 font-semibold"
          >
            <ProductMark />
            <span className="max-sm:sr-only">OTP Insights</span>
          </Link>
          <nav aria-label="Pages" className="flex grow gap-4 sm:gap-6">
            <NavLink href="/" label="Overview" />
            <NavLink href="/login" label="Login" />
            {withPhone && <NavLink href="/phone" label="Phone" />}
            {signedIn && (
              <div className="ml-auto">
                <NavLink href="/account" label="Account" />
              </div>
            )}
          </nav>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex grow flex-col focus:outline-none">
        {children}
      </main>
    </div>
  );
}
