import Link from "next/link";
import type { ComponentProps } from "react";

export const TEXT_LINK =
  "rounded-[2px] font-medium text-accent underline decoration-1 underline-offset-4 transition-colors hover:text-accent-strong";

/** A link within text. */
export function TextLink({ className = "", ...props }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} className={`${TEXT_LINK} ${className}`} {...props} />;
}
