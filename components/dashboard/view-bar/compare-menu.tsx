import { namesOf } from "@/lib/terms/names";
import type { Compare, RangeName } from "@/lib/terms/ranges";
import type { Comparison, Range } from "@/lib/insights/asking/range";
import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { faultId, FieldFault } from "./field-fault";
import { openedPlace, placeOf, type ViewFault } from "./faults";
import { Choice, hereUrl } from "./links";
import { Menu } from "./menu";
import { DayField } from "./moment-fields";
import { compareWords, dateIn } from "./range-words";
import { field } from "./view-form";
import { ViewForm } from "./view-form-frame";

interface CompareProps {
  compare: Comparison;
  /** Which range that is; where it is none, what it would be. */
  compared: Range;
  range: Range;
  rangeName: RangeName | null;
  params: ViewParams;
  faults: readonly ViewFault[];
}

export function CompareMenu(props: CompareProps) {
  const { compare, range, rangeName, faults } = props;
  const summary = (
    <>
      <span className="text-ink-soft">{compare === "none" ? "Not compared" : "Compared with"}</span>
      {compare !== "none" && <span>{compareWords(compare, range, rangeName)}</span>}
      <Icon name="chevronDown" className="-mr-1 text-ink-soft" />
    </>
  );
  return (
    <Menu summary={summary} width="sm:w-88" opened={openedPlace(faults) === "compare"}>
      <CompareChoices {...props} id="compare-days" />
    </Menu>
  );
}

/** What there is to compare with by name, and any other range by its days. */
export function CompareChoices({
  compare,
  compared,
  range,
  rangeName,
  params,
  faults,
  id,
}: CompareProps & { id: string }) {
  const words: Record<Compare, string> = {
    previous: `The time right before: ${compareWords("previous", range, rangeName)}`,
    week: `The same weekdays: ${compareWords("week", range, rangeName)}`,
    none: "Nothing",
  };
  const fault = faults.find((each) => placeOf(each) === "compare");
  const faulty = fault ? ({ invalid: true, describedBy: faultId(id) } as const) : {};
  return (
    <>
      <ul>
        {namesOf(words).map((each) => (
          <Choice
            key={each}
            href={hereUrl(params, { compare: each === "previous" ? null : each })}
            current={each === compare}
          >
            {words[each]}
          </Choice>
        ))}
        {typeof compare !== "string" && (
          <Choice href={hereUrl(params, {})} current>
            {compareWords(compare, range, rangeName)}
          </Choice>
        )}
      </ul>
      <ViewForm
        params={params}
        without={["compare"]}
        className="mt-2 grid grid-cols-2 gap-2 border-t border-line px-2 pt-3 pb-1"
      >
        <DayField
          label="From the day"
          name={field.compareFirst}
          value={dateIn(range.tz, compared.from)}
          {...faulty}
        />
        <DayField
          label="To the day"
          name={field.compareLast}
          value={dateIn(range.tz, new Date(compared.to.getTime() - 1))}
          {...faulty}
        />
        <span className="col-span-2 empty:hidden">
          <FieldFault id={id} fault={fault} />
        </span>
        <button
          type="submit"
          className="col-span-2 h-8 rounded-6 border border-edge font-medium hover:bg-wash"
        >
          Compare with these days
        </button>
      </ViewForm>
    </>
  );
}
