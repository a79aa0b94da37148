import Link from "next/link";
import type { ReactNode } from "react";
import { countryName, formatMoney } from "@/components/ui/format";
import { viewUrl, type ViewParams } from "@/components/ui/view-url";
import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { ACTIONS } from "@/lib/terms/actions";

interface FactsProps {
  message: LoggedMessage;
  /** How many messages its verification has. */
  of: number;
  params: ViewParams;
}

/** What is known of a message; what others share with it leads to all of them. */
export function Facts({ message, of, params }: FactsProps) {
  const { country, network, block, action, attempt, sid, status, price, priceUnit, segments } = message;
  const filtered = (change: Record<string, string>) => viewUrl("/messages", params, change);
  const facts: [string, ReactNode][] = [
    ["Country", <Only key="country" href={filtered({ country })} words={countryName(country)} />],
    [
      "Network",
      <Only
        key="network"
        href={filtered({ network: network ?? "unknown" })}
        words={network ?? "Not known"}
      />,
    ],
    ["Block", <Only key="block" href={filtered({ block })} words={`${block}…`} />],
    ["Action", ACTIONS[action].words],
    ["Of its sign-in", `Message ${attempt} of ${of}`],
    ["Status", status ? status.charAt(0).toUpperCase() + status.slice(1) : "–"],
    ["Price", price === null || !priceUnit ? "Not known yet" : formatMoney(price, priceUnit)],
    ["Segments", segments ?? "–"],
    [
      "SID",
      sid ? (
        <code key="sid" className="font-mono text-12 break-all">
          {sid}
        </code>
      ) : (
        "–"
      ),
    ],
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
