/**
 * A forgotten password: a temporary one by SMS, with which a new one is set. Whether a number has an account, and one with a
 * password, cannot be learned: without one the same verification is written, on the same limits, and the same tries counted; only it has no
 * message.
 */
import { refusal, type Refusal } from "../errors";
import type { Asker } from "../protection/asker";
import type { CheckResult } from "../verification/check";
import type { Recipient } from "../verification/recipient";
import { seal, unseal } from "../secrets";
import { prepareVerification } from "../verification/start";
import { hasPassword, resetPassword } from "./password";
import { OPENS_WITHIN_SECONDS } from "./session";

/** A reset somebody asked for, whether or not there is anything to reset. */
export interface Reset {
  /** Of the verification. */
  id: string;
  /** E.164. */
  number: string;
  expiresAt: Date;
}

/** Who resets: only the browser that began can finish. */
type ResettingBrowser = Asker & Required<Pick<Asker, "browser">>;

type ResetRequest = ResettingBrowser & { recipient: Recipient };

/** A reset that was begun. `afterAnswer` is to be done once that is answered, since sending takes time that would tell. */
export type BegunReset = { outcome: "begun"; reset: Reset; afterAnswer: () => Promise<void> } | Refusal;

/**
 * Begins a reset.
 *
 * @returns a refusal is `destination_refused`, `too_many_starts` or `resend_too_soon`, for any number alike
 */
export async function beginReset(request: ResetRequest): Promise<BegunReset> {
  const { number } = request.recipient;
  const prepared = await prepareVerification(
    { ...request, action: "temporary_password" },
    await hasPassword(number),
  );
  if (prepared.outcome === "refused") return prepared;
  const { id, expiresAt, send } = prepared;
  return { outcome: "begun", reset: { id, number, expiresAt }, afterAnswer: send };
}

/**
 * Sets a new password with a temporary one. Another browser than the one that began is told that it expired, and nothing is counted.
 *
 * @param temporaryPassword as `normalizePassword` left it
 * @returns as `checkVerification`
 */
export async function finishReset(
  reset: Reset,
  asker: ResettingBrowser,
  temporaryPassword: string,
  newPassword: string,
): Promise<CheckResult> {
  // As long as an approval signs this browser in: until then it may ask again for an answer that was lost.
  const request = { ...asker, starter: { browser: asker.browser }, againWithin: OPENS_WITHIN_SECONDS };
  const result = await resetPassword(reset.id, temporaryPassword, newPassword, request);
  const isAnothers = result.outcome === "refused" && result.problem === "not_found";
  return isAnothers ? refusal("expired") : result;
}

/** A reset as text for the browser to keep. Sealed, since its id would tell: what a verification stands at can be asked. */
export function sealReset({ id, number, expiresAt }: Reset): string {
  return seal("reset", [id, number, expiresAt.getTime()].join("~"));
}

/** The reset a text was sealed of; null for any other text. */
export function unsealReset(sealed: string): Reset | null {
  const [id, number, expiresAt] = unseal("reset", sealed)?.split("~") ?? [];
  if (id === undefined || number === undefined || expiresAt === undefined) return null;
  return { id, number, expiresAt: new Date(Number(expiresAt)) };
}
