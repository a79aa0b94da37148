/** What comes with a page's first bytes when it is there by then, and is streamed after them when it is not. */
import { setTimeout as sleep } from "node:timers/promises";
import { Suspense, type ReactNode } from "react";
import { isWhole } from "../whole";

/** How long a page's first bytes wait, in milliseconds: cells answer in a few dozen, whatever counts messages takes its time. */
const SOON_MS = 200;

interface SoonOrLaterProps<Answer> {
  asked: Promise<Answer>;
  /** What stands there meanwhile. */
  waiting?: ReactNode;
  soonMs?: number;
  children: (answer: Answer) => ReactNode;
}

export async function SoonOrLater<Answer>({
  asked,
  waiting = <Waiting />,
  soonMs = SOON_MS,
  children,
}: SoonOrLaterProps<Answer>) {
  if (await isWhole()) return children(await asked);
  const soon = await there(asked, soonMs);
  if (soon) return children(soon.answer);
  return (
    <Suspense fallback={waiting}>
      <Later asked={asked}>{children}</Later>
    </Suspense>
  );
}

/** What is there by the time a page's first bytes are sent, or what stands for it: of what only shapes a page until its panels come. */
export async function soonOr<Answer>(asked: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  const soon = await there(asked, SOON_MS);
  return soon ? soon.answer : otherwise;
}

function there<Answer>(asked: Promise<Answer>, soonMs: number): Promise<{ answer: Answer } | null> {
  return Promise.race([asked.then((answer) => ({ answer })), sleep(soonMs, null)]);
}

async function Later<Answer>({ asked, children }: SoonOrLaterProps<Answer>) {
  return children(await asked);
}

/** As high as a screen, so that nothing is below it yet. */
function Waiting() {
  return (
    <p aria-busy="true" className="h-screen text-13 text-ink-soft">
      Counting message by message …
    </p>
  );
}
