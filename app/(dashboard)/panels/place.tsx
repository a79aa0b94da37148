/** Where a panel comes to: streamed after the page, or with its first bytes. A fault stays in it either way. */
import { cache, Suspense, type ReactNode } from "react";
import { PanelSkeleton } from "@/components/dashboard/panel";
import { FailedPanel, PanelBoundary } from "@/components/dashboard/panel-boundary";
import { ReportsBusy } from "@/lib/insights/asking/places";
import { log } from "@/lib/log";
import { ClientGone } from "@/lib/served";
import { isWhole } from "../whole";
import { SoonOrLater } from "./soon-or-later";

interface PlaceProps {
  title: string;
  /** How high it is until its panel comes, so that nothing below it jumps. */
  className?: string;
  /** What stands there until then, where that is no empty panel. */
  waiting?: ReactNode;
  /** Whether the page's first bytes wait a little for it, since how high it is only its words tell. */
  soon?: boolean;
  panel: () => Promise<ReactNode>;
}

/** How long a page's top is worth waiting for, in milliseconds: whoever reads it already when it moves loses the line. */
const STEADY_MS = 1_500;

/** A panel that is streamed: a skeleton as high until then. Where no scripts run it comes with the page, at its place. */
export async function Place({ title, className, waiting, soon = false, panel }: PlaceProps) {
  const skeleton = waiting ?? <PanelSkeleton title={title} className={className} />;
  if (soon || (await isWhole())) {
    return (
      <SoonOrLater asked={orItsFault(title, panel)} waiting={skeleton} soonMs={STEADY_MS}>
        {(found) => found}
      </SoonOrLater>
    );
  }
  return (
    <PanelBoundary title={title}>
      <Suspense fallback={skeleton}>
        <AfterShell panel={panel} />
      </Suspense>
    </PanelBoundary>
  );
}

/** Long enough for what is around the panels to be rendered and sent, in milliseconds. */
const SHELL_MS = 10;

const shellSent = cache(() => new Promise<void>((resolve) => setTimeout(resolve, SHELL_MS)));

/**
 * Begins with its panel when the page around it has been sent: a dozen panels asking at once would keep the one thread busy that is to
 * send it.
 */
async function AfterShell({ panel }: { panel: () => Promise<ReactNode> }) {
  await shellSent();
  return panel();
}

/** What comes with a page is in no boundary that could catch its fault. */
async function orItsFault(title: string, panel: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await panel();
  } catch (error) {
    const busy = error instanceof ReportsBusy;
    // Nobody is there any more to see what is missing, and nothing is at fault.
    const expected = busy || error instanceof ClientGone;
    if (!expected) log().error({ err: error, panel: title }, "a panel's figures could not be read");
    return <FailedPanel title={title} busy={busy} />;
  }
}
