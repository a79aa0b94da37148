import { namesOf } from "@/lib/terms/names";
import { FIGURES } from "@/lib/terms/metrics";
import type { Definitions } from "./words";

/** All definitions in one place, for whoever rather reads than hovers. */
export function DefinitionList({ definitions }: { definitions: Definitions }) {
  return (
    <details className="text-13 text-ink-soft">
      <summary className="w-fit rounded-[2px] font-medium underline decoration-edge underline-offset-4 hover:text-ink">
        What each figure means
      </summary>
      <dl className="mt-4 grid max-w-[48rem] gap-x-6 gap-y-3 sm:grid-cols-[10rem_1fr]">
        {namesOf(FIGURES).map((figure) => (
          <div key={figure} className="sm:contents">
            <dt className="font-medium text-ink">{FIGURES[figure]}</dt>
            <dd>{definitions[figure]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
