import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { servedRequest } from "@/lib/served";

/** What stands at an address that has no page. */
export function NotThere() {
  return (
    <Notice title="There is no page at this address">
      <p>Check the address, or go on from the overview.</p>
      <ButtonLink href="/" look="primary">
        Go to the overview
      </ButtonLink>
    </Notice>
  );
}

/**
 * For a page that finds nothing to show: a page that says so, with its status. What Next answers to its own `notFound` while it serves a page
 * is an empty document, which a script is to fill.
 */
export function notThere(): ReactNode {
  servedRequest()?.answerWith?.(404);
  return <NotThere />;
}
