"use client";

import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";
import { ShownSecret } from "./shown-secret";

export interface TryState {
  /** What came of it, in words; null before. */
  said: string | null;
}

export interface SecretState {
  /** What its webhooks are signed with now; null before it was asked for. */
  secret: string | null;
  problem: string | null;
}

type Renew = (state: SecretState, form: FormData) => Promise<SecretState>;

interface TargetActionsProps {
  id: string;
  /** Tells it that this is a test. */
  tryOut: (state: TryState, form: FormData) => Promise<TryState>;
  /** Gives it another secret; null where it has none. */
  renew: Renew | null;
  remove: (form: FormData) => Promise<void>;
}

/** Tries a target out, gives it another secret, or takes it away. */
export function TargetActions({ id, tryOut, renew, remove }: TargetActionsProps) {
  const { state, pending, form } = useServerForm<TryState>(tryOut, { said: null });
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 print:hidden">
      <span aria-live="polite" className="text-13 text-ink-soft">
        {state.said}
      </span>
      <form {...form}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton size="small" pending={pending} pendingLabel="Trying …">
          Try it
        </SubmitButton>
      </form>
      {renew && <SecretForm id={id} renew={renew} />}
      <form action={remove}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton size="small" pending={false} pendingLabel="">
          Remove
        </SubmitButton>
      </form>
    </div>
  );
}

function SecretForm({ id, renew }: { id: string; renew: Renew }) {
  const { state, pending, form } = useServerForm<SecretState>(renew, { secret: null, problem: null });
  const { secret, problem } = state;
  return (
    <>
      <form {...form}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton size="small" pending={pending} pendingLabel="Changing …">
          New secret
        </SubmitButton>
      </form>
      {secret !== null && (
        <div className="order-last basis-full">
          <ShownSecret secret={secret}>
            This secret is shown only now. For a day both it and the one before sign:
          </ShownSecret>
        </div>
      )}
      <p aria-live="polite" className="order-last basis-full text-13 text-bad empty:hidden">
        {problem}
      </p>
    </>
  );
}
