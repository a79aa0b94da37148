"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import type { MessageOutcome, MessageRow } from "@/lib/insights/messages";
import { formatSpan } from "../ui/format";

const OUTCOMES: Record<MessageOutcome, string> = {
  confirmed: "Confirmed",
  late: "Confirmed late",
  error: "Not delivered",
  delivered: "Delivered, no answer yet",
  in_flight: "On its way",
  canceled: "Canceled",
  refused: "Refused by Twilio",
  unknown: "No answer from Twilio",
};

/** A sign beside each word, by what became of the message. */
const SIGNS: Record<MessageOutcome, { d: string; look: string }> = {
  confirmed: { d: "m2 6.5 2.5 2.5L10 3.5", look: "stroke-good" },
  late: { d: "M6 2.5V6l2.5 2M1.5 6a4.5 4.5 0 1 0 9 0 4.5 4.5 0 0 0-9 0", look: "stroke-watch" },
  error: { d: "m3 3 6 6m0-6-6 6", look: "stroke-bad" },
  refused: { d: "m3 3 6 6m0-6-6 6", look: "stroke-bad" },
  unknown: { d: "m3 3 6 6m0-6-6 6", look: "stroke-bad" },
  delivered: { d: "M1.5 6a4.5 4.5 0 1 0 9 0 4.5 4.5 0 0 0-9 0", look: "stroke-ink-soft" },
  in_flight: { d: "M1.5 6a4.5 4.5 0 1 0 9 0 4.5 4.5 0 0 0-9 0", look: "stroke-ink-soft" },
  canceled: { d: "M2.5 6h7", look: "stroke-ink-soft" },
};

export interface MessageLine extends Pick<
  MessageRow,
  | "id"
  | "to"
  | "network"
  | "attempt"
  | "outcome"
  | "errorWords"
  | "errorCode"
  | "acceptedAt"
  | "deliveredAt"
  | "confirmedAt"
> {
  /** When, in words: a browser's own could differ. */
  requested: string;
}

interface NewestMessagesProps {
  rows: readonly MessageLine[];
}

/** The newest messages, numbers masked. */
export function NewestMessages({ rows }: NewestMessagesProps) {
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
            className="border-t border-line first:border-t-0 hover:bg-wash max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3"
          >
            <td
              role="cell"
              className="px-4 py-2 whitespace-nowrap max-sm:order-2 max-sm:p-0 max-sm:text-ink-soft"
            >
              {row.requested}
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
              <Outcome row={row} />
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

function Outcome({ row }: { row: MessageLine }) {
  const { outcome, errorWords, errorCode, acceptedAt, confirmedAt } = row;
  const { d, look } = SIGNS[outcome];
  const failed = outcome === "error" || outcome === "refused";
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <svg
        aria-hidden="true"
        width="12"
        height="12"
        viewBox="0 0 12 12"
        fill="none"
        strokeWidth="1.75"
        className={`shrink-0 translate-y-px ${look}`}
      >
        <path d={d} />
      </svg>
      <span>
        {failed && errorWords ? errorWords : OUTCOMES[outcome]}
        {failed && errorCode !== null && (
          <span className="font-mono text-12 text-ink-soft"> {errorCode}</span>
        )}
        {confirmedAt && acceptedAt && (
          <span className="text-ink-soft"> in {formatSpan(acceptedAt, confirmedAt)}</span>
        )}
      </span>
    </span>
  );
}
