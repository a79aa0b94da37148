import { cache, Suspense, type ReactNode } from "react";
import { PanelSkeleton } from "@/components/dashboard/panel";
import { PanelBoundary } from "@/components/dashboard/panel-boundary";

interface PlaceProps {
  title: string;
  className: string;
  /** Whether it has no frame. */
  bare?: boolean;
  children: ReactNode;
}

/** Where a panel comes to: a skeleton as high until then, and a fault stays in it. */
export function Place({ title, className, bare = false, children }: PlaceProps) {
  const skeleton = bare ? (
    <p aria-busy="true" className={className}>
      <span className="sr-only">Loading</span>
    </p>
  ) : (
    <PanelSkeleton title={title} className={className} />
  );
  return (
    <PanelBoundary title={title}>
      <Suspense fallback={skeleton}>
        <AfterShell>{children}</AfterShell>
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
async function AfterShell({ children }: { children: ReactNode }) {
  await shellSent();
  return children;
}
