import type { ReactNode } from "react";
import { simulated } from "@/lib/env";
import { PhonePane } from "../phone/phone-pane";

/** The login; beside it, where there is room and messages go to the simulator, the phone they arrive on. */
export default function LoginLayout({ children }: { children: ReactNode }) {
  if (!simulated()) return children;
  return (
    // Columns, so that the form has its place before the phone has come.
    <div className="grid grow grid-cols-[minmax(0,1fr)] min-[1100px]:grid-cols-[minmax(0,1fr)_46.25rem]">
      <div className="flex min-w-0 flex-col min-[1100px]:bg-panel">{children}</div>
      <div className="hidden border-l border-line min-[1100px]:block">
        <PhonePane />
      </div>
    </div>
  );
}
