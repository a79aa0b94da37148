import { currentBrowser } from "@/app/cookies/browser";
import { partialAddress } from "@/lib/client-address";
import type { ProblemCode } from "@/lib/errors";
import { openLink } from "@/lib/verification/check";
import { denyLink, findLink, type SentLink } from "@/lib/verification/link";
import { getVerification } from "@/lib/verification/verification";

/** How opening a link ended, as its page says it. */
export type LinkOutcome =
  | { state: "confirmed"; redirectUrl: string | null }
  | { state: "denied" | "used" | "expired" | "unknown" | "too_many" | "canceled" | "delayed" };

/** Who asked for a link, as far as its page says it. */
export interface AskedBy {
  userAgent: string | null;
  at: Date;
  /** Part of an address. */
  from: string | null;
}

/** What the page of a link shows. */
export type LinkPage =
  | { page: "result"; outcome: LinkOutcome }
  // It is confirmed, and this browser, which asked for it, is still to be signed in.
  | { page: "finish" }
  | { page: "ask"; askedBy: AskedBy | null };

/**
 * Opens a link.
 *
 * What a program asked for is confirmed by a person's navigation. What was asked for on our login page signs the browser in that asked:
 * so it is confirmed by itself in that browser only, and everybody else is asked, scanners that look like people, too. Once it has
 * expired nobody is let in any more, and being opened by a person says that it arrived, wherever that is.
 */
export async function openLinkPage(token: string, isPerson: boolean): Promise<LinkPage> {
  const link = await findLink(token, await currentBrowser());
  if (!link) return isPerson ? { page: "result", outcome: { state: "unknown" } } : ask(null);
  const { asker, status } = link;
  if (!isPerson || (status === "pending" && asker && !asker.isOpener)) return ask(link);
  if (asker?.isOpener && status === "approved") return { page: "finish" };
  const outcome = await confirm(token, link);
  return asker?.isOpener && outcome.state === "confirmed" ? { page: "finish" } : { page: "result", outcome };
}

function ask(link: SentLink | null): LinkPage {
  const asker = link?.asker;
  if (!asker) return { page: "ask", askedBy: null };
  const { userAgent, askedAt, address } = asker;
  return { page: "ask", askedBy: { userAgent, at: askedAt, from: partialAddress(address) } };
}

/**
 * "Yes, it is me".
 *
 * @returns with the outcome, the verification that this browser may be signed in by, where it is the one that asked: also when the link
 *   was confirmed before, since the answer to that may have been lost
 */
export async function sayYes(token: string): Promise<{ outcome: LinkOutcome; signsIn: string | null }> {
  const link = await findLink(token, await currentBrowser());
  if (!link) return { outcome: { state: "unknown" }, signsIn: null };
  const outcome = await confirm(token, link);
  const isConfirmed = outcome.state === "confirmed" || outcome.state === "used";
  const signsIn = link.asker?.isOpener && isConfirmed ? link.verificationId : null;
  return { outcome, signsIn };
}

/** "No, that was not me". */
export async function sayNo(token: string): Promise<LinkOutcome> {
  const denial = await denyLink(token);
  return { state: denial.outcome === "denied" ? "denied" : (STATES[denial.problem] ?? "unknown") };
}

const STATES: Partial<Record<ProblemCode, Exclude<LinkOutcome["state"], "confirmed">>> = {
  already_used: "used",
  expired: "expired",
  canceled: "canceled",
  max_checks_reached: "too_many",
  check_delayed: "delayed",
};

async function confirm(token: string, { verificationId }: SentLink): Promise<LinkOutcome> {
  const result = await openLink(token);
  switch (result.outcome) {
    case "approved":
      return {
        state: "confirmed",
        redirectUrl: (await getVerification(verificationId))?.redirectUrl ?? null,
      };
    // A token that names a verification and is none of its messages': as unknown as any other.
    case "pending":
      return { state: "unknown" };
    case "max_checks_reached":
      return { state: "too_many" };
    case "refused":
      return { state: STATES[result.problem] ?? "unknown" };
  }
}
