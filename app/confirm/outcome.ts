import { isRefusal, type ProblemCode, type Refusal } from "@/lib/errors";
import type { CheckResult } from "@/lib/verification/check";
import { openLink } from "@/lib/verification/check";
import { verificationOfToken } from "@/lib/verification/secrets";
import { getVerification } from "@/lib/verification/view";

/** How opening a link ended, as its page says it. */
export type LinkOutcome =
  | { state: "confirmed"; redirectUrl: string | null }
  | { state: "used" | "expired" | "unknown" | "too_many" | "canceled" | "delayed" };

const STATES: Partial<Record<ProblemCode, Exclude<LinkOutcome["state"], "confirmed">>> = {
  already_used: "used",
  expired: "expired",
  canceled: "canceled",
  max_checks_reached: "too_many",
  check_delayed: "delayed",
};

/** Opens a link, as a person. Nothing in it signs in the browser that opened it. */
export async function openAsPerson(token: string): Promise<LinkOutcome> {
  const result = await openLink(token);
  if (!isApproved(result)) return { state: unconfirmed(result) };
  const id = verificationOfToken(token);
  const verification = id ? await getVerification(id) : null;
  return { state: "confirmed", redirectUrl: verification?.redirectUrl ?? null };
}

function isApproved(result: CheckResult | Refusal): boolean {
  return !isRefusal(result) && result.status === "approved";
}

function unconfirmed(result: CheckResult | Refusal) {
  if (isRefusal(result)) return STATES[result.problem] ?? "unknown";
  // A token that names a verification and is none of its messages': as unknown as any other.
  return result.status === "max_checks_reached" ? "too_many" : "unknown";
}
