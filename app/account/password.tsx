import { OwnPasswordForm } from "@/components/account/password-form";
import { ReplyForm } from "@/components/account/reply-form";
import { DeliveryNotice } from "@/components/login/delivery-notice";
import { passwordHint, refusalInWords } from "@/components/login/words";
import { Icon } from "@/components/ui/icon";
import { LocalTime } from "@/components/ui/local-time";
import { PASSWORD_LENGTH } from "@/lib/account/password-rule";
import type { Viewer } from "@/lib/account/session";
import { env } from "@/lib/env";
import type { Verification } from "@/lib/verification/verification";
import { changePassword, requestPasswordCode } from "./password-actions";

interface OwnPasswordProps {
  viewer: Viewer;
  /** The code that was texted for it; null before one was asked for. */
  verification: Verification | null;
}

/** One's own password: first a code is texted, then it is set with that. */
export function OwnPassword({ viewer, verification }: OwnPasswordProps) {
  const status = verification?.status;
  const ended = status === "expired" || status === "max_checks_reached" ? status : null;
  return (
    <>
      {/* Always there, so that a change in it is announced. */}
      <div role="status" className="empty:hidden">
        {status === "approved" && (
          <p className="flex gap-2 font-medium text-good">
            <Icon name="check" className="mt-0.5" /> Your password is set. All other browsers are signed out.
          </p>
        )}
        {ended && <p>{refusalInWords({ problem: ended }).title} You can ask for another one.</p>}
      </div>
      <p className="text-ink-soft">
        {viewer.hasPassword
          ? "To change it, you need the one you have and a code that we text you. All other browsers are then signed out."
          : "To set one, you need a code that we text you. With it you can sign in without a text message."}
      </p>
      {verification?.status === "pending" && (
        <>
          <DeliveryNotice message={verification.messages.at(-1) ?? verification.messages[0]} what="code" />
          <OwnPasswordForm
            action={changePassword}
            number={viewer.number}
            hasPassword={viewer.hasPassword}
            codeLength={env().CODE_LENGTH}
            codeHint={
              <>
                We texted it to you. Works until <LocalTime at={verification.expiresAt} seconds />.
              </>
            }
            passwordHint={passwordHint(PASSWORD_LENGTH)}
            least={PASSWORD_LENGTH.least}
          />
        </>
      )}
      <ReplyForm
        action={requestPasswordCode}
        label={status === "pending" ? "Text me another code" : "Text me a code"}
      />
    </>
  );
}
