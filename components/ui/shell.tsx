import Link from "next/link";
import type { ReactNode } from "react";
import { DashboardLinks } from "./dashboard-links";
import { NavLink } from "./nav-link";
import { ProductMark } from "./product-mark";
import type { Theme } from "./theme";
import { ThemeForm } from "./theme-form";

interface ShellProps {
  /** Whether there is a demo phone, which only the simulator has. */
  withPhone: boolean;
  /** Whether somebody is signed in here. */
  signedIn: boolean;
  /** Whether it is an operator. */
  operator: boolean;
  /** Null for the system's. */
  theme: Theme | null;
  chooseTheme: (form: FormData) => Promise<void>;
  children: ReactNode;
}

/** What stands around every page: the product, its pages, and the way past both for a keyboard. */
export function Shell({ withPhone, signedIn, operator, theme, chooseTheme, children }: ShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="absolute top-2 left-2 z-40 -translate-y-16 rounded-6 bg-ink px-3 py-2 text-13 font-medium text-panel focus:translate-y-0"
      >
        Skip to content
      </a>
      {/* On phones it scrolls away, since two rows of it and the bar would be a quarter of the screen. */}
      <header className="z-30 border-b border-line bg-panel sm:sticky sm:top-0 print:hidden">
        <div className="mx-auto grid max-w-[90rem] grid-cols-[1fr_auto] items-stretch gap-x-4 px-4 max-sm:auto-rows-[2.75rem] sm:h-13 sm:grid-cols-[auto_1fr_auto] sm:gap-x-8 sm:px-6">
          <Link
            href="/"
            prefetch={false}
            className="flex items-center gap-2.5 justify-self-start rounded-4 text-14 font-semibold whitespace-nowrap"
          >
            <ProductMark />
            <span className="sm:max-md:sr-only">OTP Insights</span>
          </Link>
          <nav
            aria-label="Pages"
            // The narrowest phones scroll it. What scrolls cuts off the mark below the page that is shown, which reaches one pixel down.
            className="flex gap-4 max-sm:order-last max-sm:col-span-2 max-sm:-mx-4 max-sm:-mb-px max-sm:[scrollbar-width:none] max-sm:justify-between max-sm:gap-1.5 max-sm:overflow-x-auto max-sm:px-4 max-sm:pb-px lg:gap-6"
          >
            <DashboardLinks operator={operator} />
            <NavLink href="/login" label="Sign in" />
            {withPhone && <NavLink href="/phone" label="Phone" />}
          </nav>
          <div className="flex items-center gap-3 sm:gap-4">
            {signedIn && <NavLink href="/account" label="Account" />}
            <ThemeForm theme={theme} choose={chooseTheme} />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex grow flex-col focus:outline-none">
        {children}
      </main>
    </div>
  );
}
