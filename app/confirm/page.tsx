import type { Metadata } from "next";
import { headers } from "next/headers";
import { deviceName } from "@/components/account/device";
import { ConfirmForm } from "@/components/login/confirm-form";
import { FinishForm } from "@/components/login/finish-form";
import { LinkResult } from "@/components/login/link-result";
import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";
import { answerLink, finishLink } from "./actions";
import { NAVIGATION_HEADER } from "./navigation-header";
import { openLinkPage } from "./outcome";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Where a link leads. */
export default async function ConfirmPage({ searchParams }: PageProps<"/confirm">) {
  const { id } = await searchParams;
  const token = typeof id === "string" ? id : "";
  if (token === "") return <LinkResult outcome={{ state: "unknown" }} />;
  const opened = await openLinkPage(token, (await headers()).get(NAVIGATION_HEADER) === "person");
  switch (opened.page) {
    case "result":
      return <LinkResult outcome={opened.outcome} />;
    case "finish":
      return <Finish token={token} />;
    case "ask": {
      const { askedBy } = opened;
      const asked = askedBy && { ...askedBy, device: deviceName(askedBy.userAgent) };
      return <ConfirmForm action={answerLink} token={token} brand={env().BRAND_NAME} asked={asked} />;
    }
  }
}

/** Confirmed, and this browser not signed in yet: a page may set no cookie, so a form does. */
function Finish({ token }: { token: string }) {
  return (
    <Notice title="Your number is confirmed">
      <title>Your number is confirmed · OTP Insights</title>
      <p>You asked for this link in this browser, which is being signed in.</p>
      <FinishForm action={finishLink} fields={{ token }} />
    </Notice>
  );
}
