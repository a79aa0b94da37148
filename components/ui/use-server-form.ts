"use client";

import { startTransition, useActionState, useEffect, useRef, type SubmitEvent } from "react";

/**
 * A form that posts to a server action: natively before scripts have loaded, in place afterwards.
 *
 * It is submitted here rather than by React, which would empty its fields after each answer, and once at a time.
 *
 * @returns what the action last answered, whether it is under way, and the form's props
 */
export function useServerForm<State>(
  action: (state: Awaited<State>, form: FormData) => Promise<State>,
  initial: Awaited<State>,
) {
  const [state, dispatch, pending] = useActionState(action, initial);
  const underWay = useRef(false);
  useEffect(() => {
    if (!pending) underWay.current = false;
  }, [pending, state]);

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (underWay.current) return;
    underWay.current = true;
    // With the button that was pressed, whose value may say what for.
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => dispatch(form));
  }

  return { state, pending, form: { action: dispatch, onSubmit } };
}
