import Link from "next/link";
import type { ErrorRow } from "@/lib/insights/reports/errors";
import { formatCount, formatDifference } from "../ui/format";
import { PendingMark } from "../ui/pending-mark";
import { Change } from "./change";

export interface ErrorLine {
  row: ErrorRow;
  /** To the view of only the messages with this code, or back to that of all; none where Twilio gave no code. */
  href: string | null;
  selected: boolean;
  beyondNoise: boolean;
}

/** Why messages did not arrive: words first, then the code, on one scale. */
export function ErrorsList({ lines }: { lines: readonly ErrorLine[] }) {
  const most = Math.max(1, ...lines.map(({ row }) => row.messages));
  // One width for all, so that the bars begin at one line.
  const anyRefused = lines.some(({ row }) => row.kind === "refusal");
  return (
    <ol>
      {lines.map((line) => (
        <ErrorsRow
          key={`${line.row.kind} ${line.row.code}`}
          {...line}
          most={most}
          codeWidth={anyRefused ? "w-24" : "w-14"}
        />
      ))}
    </ol>
  );
}

function ErrorsRow({
  row,
  href,
  selected,
  beyondNoise,
  most,
  codeWidth,
}: ErrorLine & { most: number; codeWidth: string }) {
  const { kind, code, words, messages, previous } = row;
  const difference = previous === null ? null : messages - previous;
  return (
    <li className="border-t border-line px-4 py-2.5 text-13 first:border-t-0 print:break-inside-avoid">
      <p className="flex items-baseline gap-3">
        {href === null ? (
          <span>{words}</span>
        ) : (
          <Link
            href={href}
            prefetch={false}
            aria-current={selected ? "true" : undefined}
            className="rounded-[2px] decoration-edge underline-offset-4 hover:underline aria-[current]:font-medium"
          >
            {words}
            {selected && <span className="sr-only">, selected</span>}
            <PendingMark />
          </Link>
        )}
        <span className="ml-auto font-medium">{formatCount(messages)}</span>
      </p>
      <p className="mt-1 flex items-center gap-3 text-12 text-ink-soft">
        <span className={`shrink-0 whitespace-nowrap ${codeWidth}`}>
          <span className="font-mono">{code ?? "–"}</span>
          {kind === "refusal" && " refused"}
        </span>
        <svg aria-hidden="true" width="100%" height="4" className="block min-w-0">
          <rect width={`${((100 * messages) / most).toFixed(1)}%`} height="4" rx="2" className="fill-edge" />
        </svg>
        {difference !== null && (
          <span className="w-16 shrink-0 text-right">
            <Change text={formatDifference(difference)} difference={difference} beyondNoise={beyondNoise} />
          </span>
        )}
      </p>
    </li>
  );
}
