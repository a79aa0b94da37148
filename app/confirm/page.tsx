import type { Metadata } from "next";
import { headers } from "next/headers";
import { ConfirmForm } from "@/components/login/confirm-form";
import { LinkResult } from "@/components/login/link-result";
import { env } from "@/lib/env";
import { confirmLink } from "./actions";
import { NAVIGATION_HEADER } from "./navigation-header";
import { openAsPerson } from "./outcome";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Where a link leads: confirms when a person navigated here, and has a button for everything else. */
export default async function ConfirmPage({ searchParams }: PageProps<"/confirm">) {
  const { id } = await searchParams;
  const token = typeof id === "string" ? id : "";
  if (token === "") return <LinkResult outcome={{ state: "unknown" }} />;
  if ((await headers()).get(NAVIGATION_HEADER) === "person") {
    return <LinkResult outcome={await openAsPerson(token)} />;
  }
  return <ConfirmForm action={confirmLink} token={token} brand={env().BRAND_NAME} />;
}
