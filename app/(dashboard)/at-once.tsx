import type { ReactNode } from "react";
import { FailedPanel } from "@/components/dashboard/panel-boundary";
import { log } from "@/lib/log";

/**
 * What comes with the page's first bytes, since it takes a millisecond, and what is below it would move if it came later.
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
