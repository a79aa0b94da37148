import type { ReactNode } from "react";
import { simulated } from "@/lib/env";
import { PhonePane } from "../phone/phone-pane";

/** The login; beside it, where there is room and messages go to the simulator, the phone they arrive on. */
export default function LoginLayout({ children }: { children: ReactNode }) {
  if (!simulated()) return children;
  return (
    <div className="flex grow">
      <div className="flex min-w-0 grow flex-col min-[1100px]:bg-panel">{children}</div>
      <div className="hidden shrink-0 basis-[46.25rem] border-l border-line min-[1100px]:block">
        <PhonePane />
      </div>
    </div>
  );
}
