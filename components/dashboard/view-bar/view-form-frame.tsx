"use client";

import { usePathname, useRouter } from "next/navigation";
import { startTransition, type SubmitEvent, type ReactNode } from "react";
import type { ViewParams } from "../../ui/view-url";
import { field, VIEW_FORM_PATH, viewOfForm } from "./view-form";

interface ViewFormProps {
  params: ViewParams;
  /** Parameters that the form has fields of its own for. */
  without?: readonly string[];
  className?: string;
  children: ReactNode;
}

/** A form that changes the view and keeps what it does not ask for. Without scripts a redirect leads there. */
export function ViewForm({ params, without = [], className, children }: ViewFormProps) {
  const router = useRouter();
  const page = usePathname();
  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    const fields = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
    const to = viewOfForm(new URLSearchParams(fields));
    event.currentTarget.reset();
    startTransition(() => router.push(to));
  }
  const kept = Object.entries(params).flatMap(([name, values]) =>
    without.includes(name) ? [] : [values ?? []].flat().map((value) => [name, value] as const),
  );
  return (
    <form method="get" action={VIEW_FORM_PATH} onSubmit={onSubmit} className={className}>
      <input type="hidden" name={field.page} value={page} />
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
