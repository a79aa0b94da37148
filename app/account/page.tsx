import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Section } from "@/components/account/section";
import { SessionList } from "@/components/account/session-list";
import { Button } from "@/components/ui/button";
import { Flag } from "@/components/ui/flag";
import { countryName } from "@/components/ui/format";
import { formatNumber } from "@/components/ui/phone-number";
import { listSessions } from "@/lib/account/session";
import { currentViewer } from "@/app/cookies/session";
import { endOneSession, endTheOthers, signOutOfAccount } from "./actions";
import { currentReply } from "@/app/cookies/reply";
import { currentPasswordCode } from "@/app/cookies/password-code";
import { OwnPassword } from "./password";
import { Reply } from "./reply";

export const metadata: Metadata = { title: "Your account · OTP Insights" };

export default async function AccountPage() {
  const viewer = await currentViewer();
  if (!viewer) redirect("/login");
  const [sessions, reply, passwordCode] = await Promise.all([
    listSessions(viewer.accountId),
    currentReply(viewer),
    currentPasswordCode(viewer),
  ]);
  const { number, country, sessionId, hasPassword } = viewer;
  return (
    <div className="mx-auto flex w-full max-w-[40rem] flex-col gap-8 px-6 py-10">
      <h1 className="text-28 font-semibold tracking-tight">Your account</h1>
      <div className="flex flex-wrap items-center gap-3">
        <Flag country={country} />
        <div className="grow">
          <p className="font-medium">{formatNumber(number)}</p>
          <p className="text-13 text-ink-soft">{countryName(country)}</p>
        </div>
        <form action={signOutOfAccount}>
          <Button type="submit">Sign out</Button>
        </form>
      </div>
      <Section id="sessions" title="Where you’re signed in">
        <SessionList sessions={sessions} current={sessionId} end={endOneSession} />
        {sessions.length > 1 && (
          <form action={endTheOthers}>
            <Button type="submit">Sign out everywhere else</Button>
          </form>
        )}
      </Section>
      <Section id="password" title={hasPassword ? "Change your password" : "Set a password"}>
        <OwnPassword viewer={viewer} verification={passwordCode} />
      </Section>
      <Section id="reply" title="Confirm this number by reply">
        <Reply verification={reply} />
      </Section>
    </div>
  );
}
