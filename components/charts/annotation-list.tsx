import type { ReactNode } from "react";
import { Icon } from "../ui/icon";
import type { SeriesNote } from "./series";

interface AnnotationListProps {
  notes: readonly SeriesNote[];
  /** Takes one away; without, nobody may. */
  remove?: (form: FormData) => Promise<void>;
  /** A form for another one. */
  form?: ReactNode;
}

/** What the chart's numbered marks say. */
export function AnnotationList({ notes, remove, form }: AnnotationListProps) {
  if (notes.length === 0 && !form) return null;
  return (
    <div className="mt-3 text-13">
      {notes.length > 0 && (
        <ol aria-label="Marked moments" className="flex flex-wrap gap-x-6 gap-y-1">
          {notes.map(({ id, number, when, text }) => (
            <li key={id} className="flex items-center gap-1.5">
              <span className="flex h-4 min-w-4 items-center justify-center rounded-full border border-edge px-1 text-12 leading-none">
                {number}
              </span>
              <span>
                <span className="text-ink-soft">{when}</span> {text}
              </span>
              {remove && (
                <form action={remove} className="flex print:hidden">
                  <input type="hidden" name="id" value={id} />
                  <button
                    type="submit"
                    className="flex size-6 items-center justify-center rounded-4 text-ink-soft hover:bg-wash hover:text-ink"
                  >
                    <Icon name="cross" className="size-3.5" />
                    <span className="sr-only">
                      Remove the mark {number}: {text}
                    </span>
                  </button>
                </form>
              )}
            </li>
          ))}
        </ol>
      )}
      {form && (
        <details className="mt-2 print:hidden">
          <summary className="w-fit rounded-[2px] font-medium text-ink-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-edge">
            Mark a moment
          </summary>
          {form}
        </details>
      )}
    </div>
  );
}
