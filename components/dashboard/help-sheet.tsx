import { namesOf } from "@/lib/terms/names";
import type { ReactNode } from "react";
import { HelpKeys } from "./help-keys";
import { ShortcutSwitch } from "./shortcut-switch";
import { FIGURES } from "@/lib/terms/metrics";
import type { Definitions } from "./words";

const ID = "help";

/** Opens the sheet, without scripts too. */
export function HelpButton({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <button type="button" popoverTarget={ID} className={className}>
      {children}
    </button>
  );
}

/** The keys, and what each figure means. */
export function HelpSheet({ definitions }: { definitions: Definitions }) {
  return (
    <>
      <div
        id={ID}
        popover="auto"
        role="dialog"
        aria-labelledby="help-title"
        className="m-auto max-h-[85dvh] w-[44rem] max-w-[calc(100vw-1rem)] overflow-y-auto rounded-8 border border-edge bg-panel p-4 text-13 text-ink sm:p-6 print:hidden"
      >
        <div className="flex items-center justify-between gap-4">
          <h2 id="help-title" className="text-16 font-semibold">
            Keys and figures
          </h2>
          <button
            type="button"
            popoverTarget={ID}
            popoverTargetAction="hide"
            className="h-8 rounded-6 border border-edge px-3 font-medium hover:bg-wash"
          >
            Close
          </button>
        </div>
        <h3 className="mt-4 font-semibold">Keys</h3>
        <dl className="mt-2 grid grid-cols-[6rem_1fr] gap-y-1.5">
          {KEYS.map(({ keys, what }) => (
            <div key={what} className="contents">
              <dt className="flex gap-1">
                {keys.map((key) => (
                  <kbd
                    key={key}
                    className="h-5 min-w-5 rounded-4 border border-edge px-1 text-center font-sans text-12"
                  >
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <ShortcutSwitch />
        <h3 className="mt-6 font-semibold">Figures</h3>
        <dl className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-[10rem_1fr]">
          {namesOf(FIGURES).map((figure) => (
            <div key={figure} className="sm:contents">
              <dt className="font-medium">{FIGURES[figure]}</dt>
              <dd className="text-ink-soft">{definitions[figure]}</dd>
            </div>
          ))}
        </dl>
      </div>
      <HelpKeys id={ID} />
    </>
  );
}

const KEYS = [
  { keys: ["/"], what: "Go to the search" },
  { keys: ["←", "→"], what: "The range before, the range after" },
  { keys: ["Esc"], what: "Close what is open; otherwise take the newest filter out" },
  { keys: ["g", "o"], what: "Go to the overview" },
  { keys: ["g", "m"], what: "Go to the messages" },
  { keys: ["g", "f"], what: "Go to feedback" },
  { keys: ["g", "p"], what: "Go to protection" },
  { keys: ["?"], what: "This sheet" },
  {
    keys: ["Alt"],
    what: "Or Shift, with a click on a row: show only what it is about. With both: hide it from this view",
  },
];
