import type { ReactNode } from "react";
import { HelpButton, HelpSheet } from "@/components/dashboard/help-sheet";
import { RowLinks } from "@/components/ui/row-links";
import { DEFINITIONS } from "./definitions";

/** What all pages of the dashboard have at their end: what their keys do and their figures mean. */
export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="flex grow flex-col">{children}</div>
      <footer className="mx-auto flex w-full max-w-[90rem] flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 pb-6 text-13 text-ink-soft sm:px-6 print:hidden">
        <p>A message belongs to the quarter-hour it was requested in.</p>
        <HelpButton className="rounded-[2px] underline decoration-line underline-offset-4 hover:text-ink">
          What each figure means, and keys
          <kbd className="ml-2 rounded-4 border border-edge px-1.5 font-sans text-12">?</kbd>
        </HelpButton>
      </footer>
      <HelpSheet definitions={DEFINITIONS} />
      <RowLinks />
    </>
  );
}
