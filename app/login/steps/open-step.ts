import type { Verification } from "@/lib/verification/verification";

/** What the steps of a sign-in under way are made of. */
export interface OpenStepProps {
  verification: Verification;
  /** Whether there is a demo phone. */
  demo: boolean;
  maxChecks: number;
}
