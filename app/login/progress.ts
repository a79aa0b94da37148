import type { Verification } from "@/lib/verification/verification";

/** What a page that waits looks for a change of: whether the action has come, and whether the message will. */
export function progressOf(verification: Verification | null): string {
  const failed = verification?.messages.at(-1)?.failedAt;
  return [verification?.status ?? "none", failed ? "failed" : ""].join(" ").trim();
}
