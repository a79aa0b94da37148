import type { ProblemCode } from "@/lib/errors";
import { openLink } from "@/lib/verification/check";
import { verificationOfToken } from "@/lib/verification/secrets";
import { getVerification } from "@/lib/verification/verification";

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
  switch (result.outcome) {
    case "approved":
      return { state: "confirmed", redirectUrl: await redirectUrlOf(token) };
    // A token that names a verification and is none of its messages': as unknown as any other.
    case "pending":
      return { state: "unknown" };
    case "max_checks_reached":
      return { state: "too_many" };
    case "refused":
      return { state: STATES[result.problem] ?? "unknown" };
  }
}

async function redirectUrlOf(token: string): Promise<string | null> {
  const id = verificationOfToken(token);
  const verification = id ? await getVerification(id) : null;
  return verification?.redirectUrl ?? null;
}
