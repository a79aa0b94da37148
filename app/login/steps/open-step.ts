import type { VerificationView } from "@/lib/verification/view";

/** What the steps of a sign-in under way are made of. */
export interface OpenStepProps {
  verification: VerificationView;
  /** Whether there is a demo phone. */
  demo: boolean;
  maxChecks: number;
}

/** Until another message may be asked for, and how long the whole wait is; null when none will be sent any more. */
export function resendWait({ resendAfter, messages }: VerificationView, at: Date) {
  const newest = messages.at(-1) ?? messages[0];
  return (
    resendAfter && {
      ms: resendAfter.getTime() - at.getTime(),
      ofMs: resendAfter.getTime() - newest.requestedAt.getTime(),
    }
  );
}

/** How many of its messages may arrive. */
export function sentCount({ messages }: VerificationView): number {
  return messages.filter(({ status }) => status !== "refused").length;
}
