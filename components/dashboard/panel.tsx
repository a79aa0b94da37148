import type { ReactNode } from "react";
import { TakeAway } from "./take-away";

interface PanelProps {
  id: string;
  title: string;
  /** A few words beside the title: what it is of, in which order. */
  note?: ReactNode;
  /** The API's address of the same figures. */
  api?: string;
  /** Controls at the title's end. */
  actions?: ReactNode;
  /** Whether the content goes to the panel's edges, as a table does. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of a page: a title, what it shows, and the same figures to take away. */
export function Panel({ id, title, note, api, actions, flush = false, children }: PanelProps) {
  return (
    <section
      aria-labelledby={id}
      className={`flex min-w-0 flex-col rounded-8 border border-line bg-panel ${flush ? "" : "print:break-inside-avoid"}`}
    >
      <div className="flex items-start gap-2 px-4 pt-4 pb-2 print:break-after-avoid">
        <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-3 gap-y-1">
          {/* It grows, so that controls stand at the end of its line, and begin the next where they have no room on it. */}
          <div className="flex grow flex-wrap items-baseline gap-x-3 gap-y-1">
            <h2 id={id} className="font-semibold">
              {title}
            </h2>
            {note !== undefined && <p className="text-13 text-ink-soft">{note}</p>}
          </div>
          {actions}
        </div>
        {api !== undefined && <TakeAway api={api} of={title} className="-my-1" />}
      </div>
      <div className={flush ? "min-w-0 grow" : "min-w-0 grow px-4 pb-4"}>{children}</div>
    </section>
  );
}

/** A panel's place while its figures are on their way: as high as it will be, so that nothing jumps. */
export function PanelSkeleton({ title, className = "h-64" }: { title: string; className?: string }) {
  return (
    <div aria-busy="true" className={`rounded-8 border border-line bg-panel p-4 ${className}`}>
      <p className="font-semibold text-ink-mute">{title}</p>
      <p className="sr-only">Loading</p>
    </div>
  );
}
