/**
 * The metrics, each defined once: in words for people, and as one function of counts. SQL returns counts; only these
 * functions divide.
 */
export const METRICS = {
  attempted: "Messages that have a SID, that is those Twilio took.",
  statusOk: "Attempted messages whose status is sent, delivered or read.",
  confirmed: "Attempted messages whose own code came back right, as Twilio is told; late ones included.",
  conversion: "Confirmed ÷ attempted.",
} as const;

/** A rate from 0 to 1; null when there is nothing to divide by: 0 of 0 is no rate, least of all 0 %. */
export type Rate = number | null;

/** OTP conversion: confirmed ÷ attempted. */
export function conversion({ attempted, confirmed }: { attempted: number; confirmed: number }): Rate {
  return attempted === 0 ? null : confirmed / attempted;
}
