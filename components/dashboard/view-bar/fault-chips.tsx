import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { faultKind, faultWords, placeOf, type ViewFault } from "./faults";
import { hereUrl, ViewLink } from "./links";

interface FaultChipsProps {
  faults: readonly ViewFault[];
  params: ViewParams;
}

/** What of the address was left out, since it means nothing. The view's own parameters are without it, so that one link takes all of it out. */
export function FaultChips({ faults, params }: FaultChipsProps) {
  if (faults.length === 0) return null;
  return (
    <ul aria-label="Left out" className="flex min-w-0 flex-wrap items-center gap-1.5 print:hidden">
      {shown(faults).map((fault) => (
        <li
          key={`${fault.field} ${fault.value}`}
          className="flex min-h-8 items-center rounded-6 border border-bad px-2.5 py-1 text-13"
        >
          <span>
            <span className="text-ink-soft">Left out: </span>
            {placeOf(fault) ? (
              <>
                {faultKind(fault)} <span className="font-medium">{fault.value}</span>
              </>
            ) : (
              faultWords(fault)
            )}
          </span>
        </li>
      ))}
      <li>
        <ViewLink
          href={hereUrl(params, {})}
          className="flex size-8 items-center justify-center rounded-6 text-ink-soft hover:text-ink"
        >
          <Icon name="cross" />
          <span className="sr-only">Take out of the address what was left out</span>
        </ViewLink>
      </li>
    </ul>
  );
}

/** Both ends of a range are one mistake, unless each is one. */
function shown(faults: readonly ViewFault[]): readonly ViewFault[] {
  return faults.filter(
    ({ field, message }, i) =>
      field !== "to" ||
      !faults.slice(0, i).some((other) => other.field === "from" && other.message === message),
  );
}
