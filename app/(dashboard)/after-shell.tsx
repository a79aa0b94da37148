import { cache, type ReactNode } from "react";

/** Long enough for what is around the panels to be rendered and sent, in milliseconds. */
const SHELL_MS = 10;

const shellSent = cache(() => new Promise<void>((resolve) => setTimeout(resolve, SHELL_MS)));

/**
 * Begins with its panel when the page around it has been sent: a dozen panels asking at once would keep the one thread busy that is to
 * send it.
 */
export async function AfterShell({ children }: { children: ReactNode }) {
  await shellSent();
  return children;
}
