"use client";

import { useRouter } from "next/navigation";
import { Component, startTransition, type ReactNode } from "react";
import type { ReportsBusy } from "@/lib/insights/asking/places";

interface PanelBoundaryProps {
  title: string;
  children: ReactNode;
}

/** What marks an error that says only that there are too many reports: see lib/insights/asking/places.ts. */
const BUSY_DIGEST: typeof ReportsBusy.prototype.digest = "reports_busy";

/** Keeps a fault inside its panel: the rest of the page stays, and the panel can be tried again. */
export function PanelBoundary(props: PanelBoundaryProps) {
  const router = useRouter();
  return <Boundary {...props} refresh={() => router.refresh()} />;
}

class Boundary extends Component<PanelBoundaryProps & { refresh: () => void }, { failed: boolean }> {
  override state = { failed: false, busy: false };

  static getDerivedStateFromError(error: unknown) {
    // Of what failed on the server, its digest is all that comes here.
    return {
      failed: true,
      busy: error instanceof Error && "digest" in error && error.digest === BUSY_DIGEST,
    };
  }

  /** What comes anew, with another view or a refresh, is another try. */
  override componentDidUpdate(before: PanelBoundaryProps) {
    if (this.state.failed && before.children !== this.props.children) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const retry = () =>
      startTransition(() => {
        this.props.refresh();
        this.setState({ failed: false });
      });
    return <Failed title={this.props.title} busy={this.state.busy} retry={retry} />;
  }
}

/** A panel whose figures could not be read, as the server says it: reading the page again reads them again. */
export function FailedPanel({ title, busy = false }: { title: string; busy?: boolean }) {
  const router = useRouter();
  return <Failed title={title} busy={busy} retry={() => router.refresh()} />;
}

function Failed({ title, busy, retry }: { title: string; busy: boolean; retry: () => void }) {
  return (
    <section className="flex min-h-32 flex-col items-start gap-3 rounded-8 border border-line bg-panel p-4">
      <h2 className="font-semibold">{title}</h2>
      <p role="alert" className="text-13 text-ink-soft">
        {busy
          ? "Too many reports are being worked on. Try again in a few seconds."
          : "These figures could not be read. The rest of the page is not affected."}
      </p>
      <button
        type="button"
        onClick={retry}
        className="rounded-6 border border-edge px-3 py-1.5 text-13 font-medium hover:bg-wash"
      >
        Try again
      </button>
    </section>
  );
}
