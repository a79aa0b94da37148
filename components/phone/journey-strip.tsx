import { Icon } from "../ui/icon";
import type { Journey, JourneyStep } from "./journey";
import { PreciseTime } from "./precise-time";

interface JourneyStripProps {
  journey: Journey;
  /** Null while there is no message. */
  sid: string | null;
}

const OUTCOMES = { good: "font-medium text-good", bad: "font-medium text-bad", open: "text-ink" };

/** How far the newest message has come: one step beside the other, or one under the other where there is no room. */
export function JourneyStrip({ journey: { summary, outcome, steps }, sid }: JourneyStripProps) {
  return (
    <section aria-labelledby="journey" className="@container rounded-8 border border-line bg-panel px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="journey" className="text-13 font-semibold">
          This message
        </h2>
        {sid && (
          <span className="font-mono text-12 text-ink-soft">
            {sid.slice(0, 8)}…{sid.slice(-4)}
          </span>
        )}
        <p role="status" className={`ml-auto flex items-center gap-1.5 text-13 ${OUTCOMES[outcome]}`}>
          {outcome === "good" && <Icon name="check" />}
          {outcome === "bad" && <Icon name="cross" />}
          {summary}
        </p>
      </div>
      <ol className="mt-3 grid @xl:min-h-25 @xl:grid-cols-[repeat(5,minmax(0,1fr))_minmax(0,1.2fr)]">
        {steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </section>
  );
}

/** The line to the next step: down the left edge, or along the top. */
const LINE =
  "before:absolute before:top-4.5 before:bottom-0 before:left-2 before:border-l-2 last:before:hidden @xl:before:inset-x-0 @xl:before:top-2 @xl:before:bottom-auto @xl:before:left-4.5 @xl:before:border-t-2 @xl:before:border-l-0";

const LINES: Record<JourneyStep["state"], string> = {
  done: "before:border-good",
  current: "before:border-dashed before:border-edge",
  failed: "before:border-dashed before:border-line",
  "to come": "before:border-dashed before:border-line",
};

function Step({ step: { name, state, at, note } }: { step: JourneyStep }) {
  return (
    <li className={`relative flex gap-x-3 pb-2.5 last:pb-0 @xl:flex-col @xl:pb-0 ${LINE} ${LINES[state]}`}>
      <Mark state={state} />
      <div className="flex grow flex-wrap gap-x-2 @xl:mt-1.5 @xl:block @xl:pr-1.5">
        <p className={`text-13 leading-4.5 ${state === "to come" ? "text-ink-soft" : "font-medium"}`}>
          {name}
          <span className="sr-only">: {state}</span>
        </p>
        <p className="ml-auto text-12 leading-4.5 text-ink-soft @xl:ml-0">
          {at && <PreciseTime at={at} />}
          {at && note && <span className="@xl:hidden"> · </span>}
          <span className="@xl:block">{note}</span>
        </p>
      </div>
    </li>
  );
}

function Mark({ state }: { state: JourneyStep["state"] }) {
  const shape = "z-1 flex size-4.5 shrink-0 items-center justify-center rounded-full";
  switch (state) {
    case "done":
      return (
        <span className={`${shape} bg-good text-panel`}>
          <Icon name="check" className="size-3" />
        </span>
      );
    case "failed":
      return (
        <span className={`${shape} bg-bad text-panel`}>
          <Icon name="cross" className="size-3" />
        </span>
      );
    case "current":
      return (
        <span className={`${shape} border-2 border-accent bg-panel`}>
          <span className="size-2 rounded-full bg-accent" />
        </span>
      );
    case "to come":
      return <span className={`${shape} border-2 border-dashed border-edge bg-panel`} />;
  }
}
