import type { ComponentProps } from "react";
import { Icon } from "./icon";

/** A list to choose from that looks as the controls beside it do in every browser: the arrow is ours. */
export function Select({ className = "", children, ...attributes }: ComponentProps<"select">) {
  return (
    <span className="relative flex min-w-0">
      <select className={`w-full appearance-none truncate pr-8 ${className}`} {...attributes}>
        {children}
      </select>
      <Icon
        name="chevronDown"
        className="pointer-events-none absolute inset-y-0 right-2 my-auto text-ink-soft"
      />
    </span>
  );
}
