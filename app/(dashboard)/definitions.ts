import type { Definitions } from "@/components/dashboard/words";
import { METRICS } from "@/lib/insights/metrics";

/** What the overview's figures mean: the metrics in the words of lib/insights, and the two that only it shows. */
export const DEFINITIONS: Definitions = {
  ...METRICS,
  feedback: "Confirmed messages whose Message Feedback “confirmed” Twilio has taken.",
  notSent: "Messages that Twilio refused, or whose answer from Twilio was lost. They are not attempted.",
};
