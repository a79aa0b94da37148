import type { ReactNode } from "react";
import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { formatMoment } from "../dashboard/moments";
import { RowMenu } from "../dashboard/row-menu";
import { onlyAndWithout, viewUrl, type ViewParams } from "../ui/view-url";
import { Flag, flagSheet } from "../ui/flag";
import { countryName, formatMoney, formatSpan } from "../ui/format";
import { formatNumbersOf } from "../ui/phone-number";
import { PlaceBadge, type StateLine } from "../ui/place-badge";
import { ABOVE_ROW_LINK, RowLink } from "../ui/row-link";
import { Outcome } from "./outcome";
import { ACTIONS } from "@/lib/terms/actions";
import { FEEDBACK_STATES } from "@/lib/terms/statuses";
import { ordinal } from "./words";

interface MessageTableProps {
  rows: readonly LoggedMessage[];
  /** Says what the rows are. */
  caption: string;
  tz: string;
  /** When they were read. */
  at: Date;
  /** What was requested before this can no longer be confirmed in time. */
  matureUntil: Date;
  params: ViewParams;
  /** What becomes of messages to each one's place now, where that is known. */
  states?: (row: LoggedMessage) => StateLine;
  /** Whether all are to one number: its network is said once, beside the table. */
  toOneNumber?: boolean;
}

/** Messages, one row each, on a phone one card. The roles are said, since browsers drop them from a table that is none to the eye. */
export function MessageTable(props: MessageTableProps) {
  const { rows, caption, tz, at, matureUntil, params, states, toOneNumber = false } = props;
  const flags = flagSheet([...new Set(rows.map(({ country }) => country))]);
  return (
    <table role="table" className="w-full text-13 max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-md:hidden">
        <tr role="row" className="border-b border-line text-12 text-ink-soft">
          <Head>Requested</Head>
          <Head>To</Head>
          {!toOneNumber && <Head className="max-lg:hidden lg:min-w-36">Network</Head>}
          <Head>Action</Head>
          <Head className="w-1/3">Outcome</Head>
          <Head className="text-right whitespace-nowrap">Answered after</Head>
          <Head className="text-right max-lg:hidden">Price</Head>
          <Head className="max-lg:hidden">Feedback</Head>
          <td className="w-11" />
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            state={states?.(row)}
            flags={flags}
            tz={tz}
            at={at}
            matureUntil={matureUntil}
            withNetwork={!toOneNumber}
            href={viewUrl(`/messages/${row.id}`, params)}
            filters={filtersOf(row, params)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  row: LoggedMessage;
  state: StateLine | undefined;
  flags: string;
  tz: string;
  at: Date;
  matureUntil: Date;
  withNetwork: boolean;
  href: string;
  filters: { name: string; only: string; without: string };
}

/** The views of only, and without, the messages of its network, or of its country where that is not known. */
function filtersOf({ country, network }: LoggedMessage, params: ViewParams): RowProps["filters"] {
  const inCountry = { country, "country!": null };
  return network === null
    ? { name: countryName(country), ...onlyAndWithout("/messages", params, "country", country) }
    : {
        name: `${network}, ${countryName(country)}`,
        only: onlyAndWithout("/messages", params, "network", network, inCountry).only,
        without: onlyAndWithout("/messages", params, "network", network).without,
      };
}

function Row({ row, state, flags, tz, at, matureUntil, withNetwork, href, filters }: RowProps) {
  const { acceptedAt, confirmedAt, price, priceUnit, feedback } = row;
  return (
    <tr
      role="row"
      className="relative border-line not-last:border-b hover:bg-wash max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3"
    >
      <th
        role="rowheader"
        scope="row"
        className="py-2 text-left font-normal max-md:order-2 max-md:p-0 max-md:text-right md:pl-4"
      >
        <RowLink
          href={href}
          only={filters.only}
          without={filters.without}
          className="whitespace-nowrap underline decoration-line underline-offset-4 hover:decoration-edge"
        >
          <time dateTime={row.requestedAt.toISOString()}>
            {formatMoment(row.requestedAt, tz, at, { seconds: true })}
          </time>
        </RowLink>
      </th>
      <Cell className="max-md:order-1">
        <span className="flex items-center gap-2">
          <Flag country={row.country} sheet={flags} />
          <span className="whitespace-nowrap">{formatNumbersOf(row.block)}</span>
          <span className="truncate text-ink-soft max-md:sr-only xl:max-w-40">
            {countryName(row.country)}
          </span>
          {/* Of each of many messages that its place is open need not be said. */}
          {state && state.is !== "open" && <PlaceBadge line={state} className={ABOVE_ROW_LINK} />}
        </span>
      </Cell>
      {withNetwork && (
        <Cell className="self-center max-lg:hidden max-md:order-5 max-md:block">
          <span className="text-ink-soft">{row.network ?? "Not known"}</span>
        </Cell>
      )}
      <Cell className="whitespace-nowrap max-md:order-4 max-md:text-right">
        {ACTIONS[row.action].words}
        {row.attempt > 1 && (
          <span className="text-ink-soft">
            , {ordinal(row.attempt)}
            <span className="md:max-2xl:sr-only"> message</span>
          </span>
        )}
      </Cell>
      <Cell className="max-md:order-3">
        <Outcome message={row} matureUntil={matureUntil} />
        {row.errorWords && (
          <span className="block text-12 text-ink-soft">
            {row.errorWords}
            {"\u00a0"}
            <span className="font-mono">{row.errorCode}</span>
          </span>
        )}
      </Cell>
      <Cell className="text-right whitespace-nowrap max-md:hidden">
        {acceptedAt && confirmedAt ? formatSpan(acceptedAt, confirmedAt) : "–"}
      </Cell>
      <Cell className="text-right max-lg:hidden">
        {price === null || !priceUnit ? "–" : formatMoney(price, priceUnit)}
      </Cell>
      <Cell className="max-lg:hidden">
        <span className={feedback?.state === "refused" ? "font-medium text-bad" : "text-ink-soft"}>
          {feedback ? FEEDBACK_STATES[feedback.state] : "–"}
        </span>
      </Cell>
      <td
        role="cell"
        className={`pr-2 max-md:order-6 max-md:col-start-2 max-md:-mr-1.5 max-md:justify-self-end max-md:p-0 ${ABOVE_ROW_LINK}`}
      >
        <RowMenu {...filters} titled />
      </td>
    </tr>
  );
}

function Head({ className = "", children }: { className?: string; children: ReactNode }) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={`px-3 py-2 text-left font-medium first:pl-4 last:pr-4 ${className}`}
    >
      {children}
    </th>
  );
}

function Cell({ className = "", children }: { className?: string; children: ReactNode }) {
  return (
    <td role="cell" className={`py-2 max-md:p-0 md:px-3 ${className}`}>
      {children}
    </td>
  );
}
