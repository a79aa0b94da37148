/** What is for operators, to whoever is none: what could be lost is what an attacker would like to know. */
import type { ReactNode } from "react";
import { Panel } from "@/components/dashboard/panel";
import type { Reader } from "../dashboard-page";

/** A panel that says so; null for operators. */
export function forOperators({ operator, signedIn }: Reader, id: string, title: string): ReactNode {
  if (operator) return null;
  return (
    <Panel id={id} title={title}>
      <p className="text-ink-soft">
        {signedIn
          ? "Operators see it, and this number is none: OPERATORS has theirs."
          : "Operators see it: sign in with one of the numbers in OPERATORS."}
      </p>
    </Panel>
  );
}
