import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "../../ui/icon";
import { PendingMark } from "../../ui/pending-mark";
import { viewUrl, type ParamChange, type ViewParams } from "../../ui/view-url";

/** A link to this page with its view changed. It has no path, so that the bar is the same on every page. */
export function hereUrl(params: ViewParams, change: ParamChange): string {
  return viewUrl("", params, change) || "?";
}

/** A link that changes the view and leaves the page where it was scrolled to. */
export function ViewLink({ children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link prefetch={false} scroll={false} {...props}>
      {children}
      <PendingMark />
    </Link>
  );
}

interface ChoiceProps {
  href: string;
  current: boolean;
  children: ReactNode;
}

/** One of a menu's choices. */
export function Choice({ href, current, children }: ChoiceProps) {
  return (
    <li>
      <ViewLink
        href={href}
        aria-current={current ? "true" : undefined}
        className="flex items-center gap-2 rounded-6 px-2 py-1.5 hover:bg-wash aria-[current]:font-medium"
      >
        <span className="w-4">{current && <Icon name="check" />}</span>
        {children}
      </ViewLink>
    </li>
  );
}
