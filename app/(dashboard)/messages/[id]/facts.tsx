import Link from "next/link";
import type { ReactNode } from "react";
import { CopyText } from "@/components/messages/copy-text";
import { consoleUrl, errorUrl } from "@/components/messages/twilio-links";
import { countryName, formatMoney } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { formatNumbersOf } from "@/components/ui/phone-number";
import { PlaceBadge, type StateLine } from "@/components/ui/place-badge";
import { languageWords, senderWords } from "@/components/ui/sent-words";
import { viewUrl, type ViewParams } from "@/components/ui/view-url";
import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { ACTIONS } from "@/lib/terms/actions";
import { CHANNELS } from "@/lib/terms/channels";

interface FactsProps {
  message: LoggedMessage;
  /** How many messages its verification has. */
  of: number;
  params: ViewParams;
  /** What becomes of messages there now. */
  state: StateLine;
}

/** What is known of a message; what others share with it leads to all of them. */
export function Facts({ message, of, params, state }: FactsProps) {
  const { country, network, block, action, attempt, sender, channel, sentFrom, locale } = message;
  const { sid, status, price, priceUnit, segments } = message;
  const filtered = (change: Record<string, string>) => viewUrl("/messages", params, change);
  const facts: [string, ReactNode][] = [
    ["Country", <Only key="country" href={filtered({ country })} words={countryName(country)} />],
    ["Now", <PlaceBadge key="state" line={state} said />],
    [
      "Network",
      <Only
        key="network"
        href={filtered({ network: network ?? "unknown" })}
        words={network ?? "Not known"}
      />,
    ],
    ["Block", <Only key="block" href={filtered({ block })} words={formatNumbersOf(block)} />],
    ["Action", ACTIONS[action].words],
    ["Of its sign-in", `Message ${attempt} of ${of}`],
    ["Sender", <Only key="sender" href={filtered({ sender })} words={senderWords(sender)} />],
    ...(sentFrom === null ? [] : [["Sent from", senderWords(sentFrom)] as [string, ReactNode]]),
    ["Channel", <Only key="channel" href={filtered({ channel })} words={CHANNELS[channel].words} />],
    [
      "Language",
      <Only key="locale" href={filtered({ locale: locale ?? "unknown" })} words={languageWords(locale)} />,
    ],
    ["Status", status ? status.charAt(0).toUpperCase() + status.slice(1) : "–"],
    ["Price", price === null || !priceUnit ? "Not known yet" : formatMoney(price, priceUnit)],
    ["Segments", segments ?? "–"],
    ["SID", sid ? <Sid key="sid" sid={sid} /> : "–"],
    ...errorFact(message),
    ...verificationFact(message),
  ];
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-y-2 text-13">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The key that Twilio knows it by, to be taken there. */
function Sid({ sid }: { sid: string }) {
  return (
    <span className="flex flex-col items-start gap-1.5">
      <code className="font-mono text-12 break-all">{sid}</code>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <CopyText text={sid}>Copy SID</CopyText>
        <AtTwilio href={consoleUrl(sid)}>Twilio’s console</AtTwilio>
      </span>
    </span>
  );
}

function errorFact({ errorCode, errorWords }: LoggedMessage): [string, ReactNode][] {
  if (errorCode === null) return [];
  return [
    [
      "Error",
      <span key="error" className="flex flex-wrap gap-x-3">
        {errorWords}
        <AtTwilio href={errorUrl(errorCode)}>{`${errorCode} in Twilio’s documentation`}</AtTwilio>
      </span>,
    ],
  ];
}

/** For whoever may know it. */
function verificationFact({ verificationId }: LoggedMessage): [string, ReactNode][] {
  if (verificationId === null) return [];
  return [
    [
      "Verification",
      <span key="verification" className="flex flex-col items-start gap-1.5">
        <code className="font-mono text-12 break-all">{verificationId}</code>
        <CopyText text={verificationId}>Copy id</CopyText>
      </span>,
    ],
  ];
}

/** A page of Twilio's, in a tab of its own. */
function AtTwilio({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
    >
      {children}
      <Icon name="newTab" className="size-3.5 text-ink-soft" />
      <span className="sr-only">(opens a new tab)</span>
    </a>
  );
}

/** A fact that leads to the messages that share it. */
function Only({ href, words }: { href: string; words: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
    >
      {words}
    </Link>
  );
}
