import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export const metadata: Metadata = { title: "Page not found · OTP Insights" };

export default function NotFound() {
  return (
    <Notice title="There is no page at this address">
      <p>Check the address, or go on from the overview.</p>
      <ButtonLink href="/" look="primary">
        Go to the overview
      </ButtonLink>
    </Notice>
  );
}
