import type { Definitions } from "@/components/dashboard/words";
import { METRICS } from "@/lib/terms/metrics";

/** What the overview's figures mean: the metrics in the words of lib/insights, and what only it shows. */
export const DEFINITIONS: Definitions = {
  ...METRICS,
  conversion: "Confirmed ÷ attempted.",
  statusOk: "Messages whose status is sent, delivered or read ÷ attempted.",
  timeToConfirm: "The median time from Twilio’s acceptance of a message until its code came back in time.",
  change: "The conversion less that of the range compared with, in percentage points.",
  noise: "A difference that chance alone explains, at 95 % confidence. It is grey.",
};
