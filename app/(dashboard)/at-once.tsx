import type { ReactNode } from "react";
import { FailedPanel } from "@/components/dashboard/panel-boundary";
import { log } from "@/lib/log";

/**
 * A panel of the first screen: it comes with the page's beginning, in no other's place, which its few milliseconds at any size allow.
 * A fault stays in it, as with those that are streamed.
 */
export async function AtOnce({ title, panel }: { title: string; panel: () => Promise<ReactNode> }) {
  try {
    return await panel();
  } catch (error) {
    log().error({ err: error, panel: title }, "a panel's figures could not be read");
    return <FailedPanel title={title} />;
  }
}
