import { countryName, formatCount, formatMoney } from "../ui/format";
import { Flag } from "../ui/flag";
import { PlaceBadge, type StateLine } from "../ui/place-badge";
import { TextLink } from "../ui/text-link";

export interface ExposedLine {
  /** A country, or `first`. */
  place: string;
  allowance: number;
  unanswered: number;
  price: number;
  perDay: number;
  /** What becomes of messages there now; not of all new ones together. */
  state?: StateLine;
}

/** What could be lost, a destination a line: how much of what may be unanswered is, as a bar. */
export function Exposed({ lines }: { lines: readonly ExposedLine[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-13">
        <thead>
          <tr className="border-b border-line text-left text-ink-soft">
            <th scope="col" className="px-4 py-2 font-medium">
              Destination
            </th>
            <th scope="col" className="px-2 py-2 text-right font-medium sm:w-2/5">
              Unanswered<span className="max-sm:sr-only">, of what may be</span>
            </th>
            <th scope="col" className="hidden px-2 py-2 text-right font-medium sm:table-cell">
              A message
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              At most a day
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ place, allowance, unanswered, price, perDay, state }) => (
            <tr key={place} className="border-line not-last:border-b">
              <th scope="row" className="px-4 py-2 text-left font-normal">
                {place === "first" ? (
                  <span title="Countries without a confirmation in two weeks, together">All new ones</span>
                ) : (
                  <span className="flex items-center gap-2">
                    <Flag country={place} />
                    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                      <TextLink href={`/destinations/${place}`}>{countryName(place)}</TextLink>
                      {state && <PlaceBadge line={state} />}
                    </span>
                  </span>
                )}
              </th>
              <td className="px-2 py-2">
                <span className="flex items-center justify-end gap-3">
                  <Part unanswered={unanswered} allowance={allowance} />
                  <span className="text-right whitespace-nowrap tabular-nums sm:min-w-20">
                    {formatCount(unanswered)}{" "}
                    <span className="text-ink-soft">of {formatCount(allowance)}</span>
                  </span>
                </span>
              </td>
              <td className="hidden px-2 py-2 text-right tabular-nums sm:table-cell">
                {formatMoney(price, "USD")}
              </td>
              <td className="px-4 py-2 text-right tabular-nums">{formatMoney(perDay, "USD")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How much of what may be unanswered is; all of it stands out. */
function Part({ unanswered, allowance }: Pick<ExposedLine, "unanswered" | "allowance">) {
  const part = allowance === 0 ? 0 : Math.min(1, unanswered / allowance);
  return (
    <svg aria-hidden="true" height="6" className="grow rounded-full max-sm:hidden">
      <rect width="100%" height="6" rx="3" className="fill-wash" />
      <rect
        width={`${(100 * part).toFixed(1)}%`}
        height="6"
        rx="3"
        className={part === 1 ? "fill-watch" : "fill-edge"}
      />
    </svg>
  );
}
