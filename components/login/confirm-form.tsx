"use client";

import { SubmitButton } from "../ui/button";
import { Notice } from "../ui/notice";
import { useServerForm } from "../ui/use-server-form";
import { LinkResult, type LinkResultProps } from "./link-result";

export interface ConfirmState {
  outcome: LinkResultProps["outcome"] | null;
}

interface ConfirmFormProps {
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>;
  token: string;
  brand: string;
}

/** What a link shows to whoever may be no person: a button, and nothing confirmed until it is pressed. */
export function ConfirmForm({ action, token, brand }: ConfirmFormProps) {
  const { state, pending, form } = useServerForm(action, { outcome: null });
  if (state.outcome) return <LinkResult outcome={state.outcome} />;
  return (
    <Notice title="Is it you who is signing in?">
      <title>Confirm · OTP Insights</title>
      <p>
        Somebody asked {brand} for this link with your number. If that was you, confirm it; if not, close this
        page, and nothing happens.
      </p>
      <form {...form}>
        <input type="hidden" name="token" value={token} />
        <SubmitButton look="primary" pending={pending} pendingLabel="Confirming …">
          Yes, it’s me
        </SubmitButton>
      </form>
    </Notice>
  );
}
