"use client";

import { useRouter } from "next/navigation";
import { Component, startTransition, type ReactNode } from "react";

interface PanelBoundaryProps {
  title: string;
  children: ReactNode;
}

/** Keeps a fault inside its panel: the rest of the page stays, and the panel can be tried again. */
export function PanelBoundary(props: PanelBoundaryProps) {
  const router = useRouter();
  return <Boundary {...props} refresh={() => router.refresh()} />;
}

class Boundary extends Component<PanelBoundaryProps & { refresh: () => void }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
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
    return <Failed title={this.props.title} retry={retry} />;
  }
}

/** A panel whose figures could not be read, as the server says it: reading the page again reads them again. */
export function FailedPanel({ title }: { title: string }) {
  const router = useRouter();
  return <Failed title={title} retry={() => router.refresh()} />;
}

function Failed({ title, retry }: { title: string; retry: () => void }) {
  return (
    <section className="flex min-h-32 flex-col items-start gap-3 rounded-8 border border-line bg-panel p-4">
      <h2 className="font-semibold">{title}</h2>
      <p role="alert" className="text-13 text-ink-soft">
        These figures could not be read. The rest of the page is not affected.
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
