/**
 * Tells Twilio that a message led to its user's action.
 */
import { twilioClient } from "./client";
import { callFault } from "./fault";

/**
 * - `reported`: Twilio has it.
 * - `refused`: Twilio answered no; `code` is its error code, `status` the HTTP status.
 * - `unanswered`: no answer, or a fault of Twilio's. Posting again is safe: the outcome recorded is the same.
 */
export type FeedbackResult =
  | { outcome: "reported" }
  | { outcome: "refused"; status: number; code: number | null }
  | { outcome: "unanswered"; error: string };

/** Posts Message Feedback with the outcome `confirmed`. Never throws for what Twilio or the network did. */
export async function reportConfirmed(messageSid: string): Promise<FeedbackResult> {
  try {
    // The outcome is optional in Twilio's description, and its default is not ours to rely on.
    await twilioClient().messages(messageSid).feedback.create({ outcome: "confirmed" });
    return { outcome: "reported" };
  } catch (error) {
    const fault = callFault(error);
    if (fault.kind === "refused") return { outcome: "refused", status: fault.status, code: fault.code };
    return { outcome: "unanswered", error: fault.error };
  }
}
