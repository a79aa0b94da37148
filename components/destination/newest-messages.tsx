"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { Outcome } from "../messages/outcome";
import { OUTCOMES } from "@/lib/terms/statuses";
import { formatSpan } from "../ui/format";
import { RowLink } from "../ui/row-link";

export interface MessageLine extends Pick<
  LoggedMessage,
  | "id"
  | "network"
  | "attempt"
  | "outcome"
  | "requestedAt"
  | "errorWords"
  | "errorCode"
  | "acceptedAt"
  | "deliveredAt"
  | "confirmedAt"
> {
  /** Its number, masked and grouped: how numbers are grouped is known on the server only. */
  to: string;
  /** When, in words: a browser's own could differ. */
  requested: string;
  /** Its page. */
  href: string;
}

interface NewestMessagesProps {
  rows: readonly MessageLine[];
  /** What was requested before this can no longer be confirmed in time. */
  matureUntil: Date;
}

/** The newest messages, numbers masked. */
export function NewestMessages({ rows, matureUntil }: NewestMessagesProps) {
  return (
    <table role="table" aria-label="Newest messages" className="w-full text-13 max-sm:block">
      <thead role="rowgroup" className="max-sm:hidden">
        <tr role="row" className="border-b border-line text-12 text-ink-soft">
          {["Requested", "To", "Network", "Send", "What became of it", "Delivered in"].map((name, i) => (
            <th
              key={name}
              role="columnheader"
              scope="col"
              className={`px-4 py-2 font-medium ${i === 5 ? "text-right max-lg:hidden" : "text-left"} ${i === 3 ? "max-md:hidden" : ""}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={row.id}
            role="row"
            className="relative border-t border-line first:border-t-0 hover:bg-wash max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3"
          >
            <td
              role="cell"
              className="px-4 py-2 whitespace-nowrap max-sm:order-2 max-sm:p-0 max-sm:text-right max-sm:text-ink-soft"
            >
              <RowLink
                href={row.href}
                className="underline decoration-line underline-offset-4 hover:decoration-edge"
              >
                {row.requested}
              </RowLink>
            </td>
            <td
              role="cell"
              className="px-4 py-2 whitespace-nowrap max-sm:order-1 max-sm:p-0 max-sm:font-medium"
            >
              {row.to}
            </td>
            <td
              role="cell"
              className="px-4 py-2 max-sm:order-4 max-sm:p-0 max-sm:text-right max-sm:text-ink-soft"
            >
              {row.network ?? "Unknown"}
            </td>
            <td role="cell" className="px-4 py-2 max-md:hidden">
              {row.attempt}
            </td>
            <td role="cell" className="px-4 py-2 max-sm:order-3 max-sm:p-0">
              <Ended row={row} matureUntil={matureUntil} />
            </td>
            <td role="cell" className="px-4 py-2 text-right whitespace-nowrap max-lg:hidden">
              {row.acceptedAt && row.deliveredAt ? formatSpan(row.acceptedAt, row.deliveredAt) : "–"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ended({ row, matureUntil }: { row: MessageLine; matureUntil: Date }) {
  const { outcome, errorWords, errorCode, acceptedAt, confirmedAt } = row;
  const failed = (outcome === "error" || outcome === "refused") && errorWords;
  return (
    <Outcome message={row} matureUntil={matureUntil}>
      {failed ? (
        <span>
          {errorWords}{" "}
          {errorCode !== null && <span className="font-mono text-12 text-ink-soft">{errorCode}</span>}
        </span>
      ) : confirmedAt && acceptedAt ? (
        <span>
          {OUTCOMES[outcome]} <span className="text-ink-soft">in {formatSpan(acceptedAt, confirmedAt)}</span>
        </span>
      ) : undefined}
    </Outcome>
  );
}
