import { Icon } from "./icon";

/** What went wrong with a form, and what to do about it. */
export interface Problem {
  title: string;
  remedy: string;
}

/** A problem in words; the region around it, not this, is what announces it. */
export function ProblemText({ title, remedy }: Problem) {
  return (
    <div className="flex gap-2.5 py-1">
      <Icon name="alert" className="mt-0.5 text-bad" />
      <div>
        <p className="font-semibold text-bad">{title}</p>
        <p>{remedy}</p>
      </div>
    </div>
  );
}
