import type { ReactNode } from "react";
import { Icon } from "../ui/icon";

interface AddFoldProps {
  /** Whether something in it wants to be seen. */
  open: boolean;
  children: ReactNode;
}

/** "Add a handset", and the form behind it. */
export function AddFold({ open, children }: AddFoldProps) {
  return (
    <details open={open || undefined} className="border-t border-line">
      <summary className="flex min-h-10 items-center gap-3 px-3 text-13 font-medium text-accent hover:text-accent-strong focus-visible:-outline-offset-2">
        <Icon name="plus" />
        Add a handset
      </summary>
      {children}
    </details>
  );
}
