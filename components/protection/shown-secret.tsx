import type { ReactNode } from "react";

/** A secret of a webhook's, which is shown once. */
export function ShownSecret({ secret, children }: { secret: string; children: ReactNode }) {
  return (
    <div role="status" className="rounded-8 border border-line bg-good-wash px-3 py-2 text-13">
      <p className="font-medium">{children}</p>
      <p className="font-mono text-12 wrap-anywhere">{secret}</p>
    </div>
  );
}
