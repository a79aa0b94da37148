"use client";

import { Button, SubmitButton } from "../ui/button";
import { LocalTime } from "../ui/local-time";
import { Notice } from "../ui/notice";
import { useServerForm } from "../ui/use-server-form";
import { Fact } from "./fact";
import { LinkResult, type LinkResultProps } from "./link-result";

export interface ConfirmState {
  outcome: LinkResultProps["outcome"] | null;
}

interface ConfirmFormProps {
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>;
  token: string;
  brand: string;
  /** The browser that asked on the login page; null where a program asked, or the link is not known. */
  asked: Asked | null;
}

interface Asked {
  /** In words: `Chrome on Android`. */
  device: string;
  at: Date;
  /** Part of an address. */
  from: string | null;
}

/** What a link shows to whoever may not be who asked for it: two buttons, and nothing decided until one is pressed. */
export function ConfirmForm({ action, token, brand, asked }: ConfirmFormProps) {
  const { state, pending, form } = useServerForm(action, { outcome: null });
  if (state.outcome) return <LinkResult outcome={state.outcome} />;
  return (
    <Notice title="Is it you who is signing in?">
      <title>Confirm · OTP Insights</title>
      <p>Somebody asked {brand} for this link with your number.</p>
      {asked && <AskedFor {...asked} />}
      <p>
        {asked
          ? "Say yes only if that was you: that browser is then signed in as you. This one is not."
          : "Say yes only if that was you."}
      </p>
      <form {...form} className="flex flex-wrap gap-3">
        <input type="hidden" name="token" value={token} />
        <SubmitButton look="primary" pending={pending} pendingLabel="One moment …" name="answer" value="yes">
          Yes, it is me
        </SubmitButton>
        <Button type="submit" name="answer" value="no" aria-disabled={pending || undefined}>
          No, that was not me
        </Button>
      </form>
    </Notice>
  );
}

function AskedFor({ device, at, from }: Asked) {
  return (
    <dl className="w-full divide-y divide-line rounded-8 border border-line bg-panel">
      <Fact term="Browser">{device}</Fact>
      <Fact term="Asked">
        <LocalTime at={at} date seconds />
      </Fact>
      <Fact term="From the address">{from ?? "not known"}</Fact>
    </dl>
  );
}
