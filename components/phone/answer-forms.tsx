"use client";

import { Button } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";
import { Icon } from "../ui/icon";
import { UNANSWERED, type AnswerState } from "./phone-view";

type AnswerAction = (state: AnswerState, form: FormData) => Promise<AnswerState>;

interface AnswerFormsProps {
  /** E.164. */
  number: string;
  reply: AnswerAction;
  call: AnswerAction;
}

/** The two answers a tracked message may ask for, one press each. */
export function AnswerForms({ number, reply, call }: AnswerFormsProps) {
  const yes = useServerForm(reply, UNANSWERED);
  const ring = useServerForm(call, UNANSWERED);
  return (
    <div>
      <div className="grid grid-cols-2 gap-2">
        <form {...yes.form}>
          <input type="hidden" name="handset" value={number} />
          <input type="hidden" name="body" value="YES" />
          <AnswerButton icon="reply" label="Reply YES" pending={yes.pending} />
        </form>
        <form {...ring.form}>
          <input type="hidden" name="handset" value={number} />
          <AnswerButton icon="call" label="Call sender" pending={ring.pending} />
        </form>
      </div>
      <p role="status" className="pt-1.5 text-12 font-medium text-bad empty:hidden">
        {yes.state.problem ?? ring.state.problem}
      </p>
    </div>
  );
}

function AnswerButton({ icon, label, pending }: { icon: "reply" | "call"; label: string; pending: boolean }) {
  return (
    <Button type="submit" size="small" className="w-full" aria-disabled={pending || undefined}>
      <Icon name={icon} />
      {label}
    </Button>
  );
}
