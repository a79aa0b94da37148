import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button";

interface WaitingProps {
  /** The page to look at again, and what its button says, where no script looks by itself. */
  again: string;
  done: string;
  children: ReactNode;
}

/** Says that this page waits for something done elsewhere. Not a live region: nothing is announced until it has happened. */
export function Waiting({ again, done, children }: WaitingProps) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex gap-3 rounded-8 border border-line bg-panel px-4 py-3">
        <span aria-hidden="true" className="mt-1.5 size-2 shrink-0 animate-pulse rounded-full bg-accent" />
        <div>
          <p className="font-semibold">Waiting for you</p>
          <p className="text-13 text-ink-soft">{children}</p>
        </div>
      </div>
      <div className="hidden flex-col noscript:flex">
        <ButtonLink href={again}>{done}</ButtonLink>
      </div>
    </div>
  );
}
