import type { VerificationMessage, Verification } from "@/lib/verification/verification";
import { formatSpan } from "../ui/format";
import { LocalTime } from "../ui/local-time";
import { formatNumber } from "../ui/phone-number";
import { Fact } from "./fact";

interface ConfirmedProps {
  verification: Verification;
  /** The message whose code came back. */
  message: VerificationMessage;
}

/** What happened, from the message to what Twilio was told. */
export function Confirmed({ verification, message }: ConfirmedProps) {
  return (
    <dl className="divide-y divide-line rounded-8 border border-line bg-panel">
      <Fact term="Number">{formatNumber(verification.to)}</Fact>
      {message.confirmedAt && (
        <Fact term="Confirmed">
          <LocalTime at={message.confirmedAt} seconds />
          {sinceArrival(message, message.confirmedAt)}
        </Fact>
      )}
      <Fact term="Message">
        <span className="font-mono text-12 break-all">
          {message.sid ?? (message.deliveredAt ? "none: this is a test number" : "not known yet")}
        </span>
      </Fact>
      <Fact term="Message feedback">{feedback(message)}</Fact>
    </dl>
  );
}

function sinceArrival({ deliveredAt, acceptedAt }: VerificationMessage, confirmedAt: Date): string {
  if (deliveredAt) return `, ${formatSpan(deliveredAt, confirmedAt)} after it arrived`;
  return acceptedAt ? `, ${formatSpan(acceptedAt, confirmedAt)} after it was sent` : "";
}

function feedback({ feedback, confirmedAt }: VerificationMessage): string {
  if (!feedback) return "none";
  switch (feedback.state) {
    case "reported":
      return feedback.reportedAt && confirmedAt
        ? `confirmed, reported ${formatSpan(confirmedAt, feedback.reportedAt)} later`
        : "confirmed, reported";
    case "pending":
      return feedback.error ? "confirmed, to be tried again" : "confirmed, being reported";
    case "refused":
      return `not taken: ${feedback.error ?? "no reason given"}`;
  }
}
