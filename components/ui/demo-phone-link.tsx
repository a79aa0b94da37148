import type { ReactNode } from "react";
import { TEXT_LINK } from "./text-link";

/** Opens the demo's phone, always in the one tab of its own. */
export function DemoPhoneLink({ className = "", children }: { className?: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line nextjs/no-html-link-for-pages -- another tab has no router of this page's
    <a href="/phone" target="otp-demo-phone" className={`${TEXT_LINK} ${className}`}>
      {children}
      <span className="sr-only"> (new tab)</span>
    </a>
  );
}
