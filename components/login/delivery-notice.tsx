import { TWILIO_CODES } from "@/lib/terms/twilio-codes";
import type { VerificationMessage } from "@/lib/verification/verification";

interface DeliveryNoticeProps {
  message: VerificationMessage;
  /** What is in it, or it is itself. */
  what: "code" | "link" | "message";
}

/** What is known of the newest message when it will not arrive, or may not; nothing while all is well. */
export function DeliveryNotice({ message, what }: DeliveryNoticeProps) {
  const words = inWords(message, what);
  if (!words) return null;
  return (
    <div className="rounded-8 border border-l-[3px] border-line border-l-watch bg-watch-wash px-4 py-3">
      <p className="font-semibold">{words.title}</p>
      <p className="text-13">{words.text}</p>
    </div>
  );
}

function inWords(
  { status, errorCode }: VerificationMessage,
  what: string,
): { title: string; text: string } | null {
  switch (status) {
    case "unknown":
      return {
        title: "We don’t know yet whether the message was sent.",
        text: `It may still arrive, and then it works. If nothing comes, ask for another one.`,
      };
    case "failed":
    case "undelivered":
      return {
        title: "The network could not deliver our message.",
        text: [
          errorCode === null ? null : TWILIO_CODES[errorCode]?.failure,
          `Check the number, then ask for another ${what}.`,
          errorCode && `(Twilio error ${errorCode})`,
        ]
          .filter(Boolean)
          .join(" "),
      };
    case "refused":
      return {
        title: "The newest message could not be sent.",
        text: `A ${what} that arrived before still works. Check the number, or ask for another one.`,
      };
    default:
      return null;
  }
}
