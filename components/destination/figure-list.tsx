import type { ReactNode } from "react";
import { Defined } from "../dashboard/defined";

export interface FigureLine {
  name: string;
  definition: string;
  figure: string;
  /** What it is of, in counts. */
  note: ReactNode;
}

/** Figures under each other, each with what it is of. */
export function FigureList({ lines }: { lines: readonly FigureLine[] }) {
  return (
    <dl className="flex flex-col text-13">
      {lines.map(({ name, definition, figure, note }) => (
        <div
          key={name}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-line py-2 not-last:border-b first:pt-0"
        >
          <dt>
            <Defined name={name} definition={definition} />
          </dt>
          <dd className="text-right text-16 font-medium whitespace-nowrap">{figure}</dd>
          <dd className="col-span-2 text-12 text-ink-soft">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
