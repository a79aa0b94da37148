import { RANGE_NAMES, RANGES, type RangeName } from "@/lib/terms/ranges";
import type { Range } from "@/lib/insights/asking/range";
import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { Choice, hereUrl } from "./links";
import { Menu } from "./menu";
import { dateIn, rangeDates, rangeTitle } from "./range-words";
import { field } from "./view-form";
import { ViewForm } from "./view-form-frame";

interface RangeMenuProps {
  range: Range;
  rangeName: RangeName | null;
  at: Date;
  params: ViewParams;
}

/** The ranges that end now, and any other by its dates. */
export function RangeMenu({ range, rangeName, at, params }: RangeMenuProps) {
  const summary = (
    <>
      <span className="font-medium">{rangeTitle(range, rangeName)}</span>
      <span className="text-ink-soft max-lg:hidden">{rangeDates(range, at)}</span>
      <Icon name="chevronDown" className="-mr-1 text-ink-soft" />
    </>
  );
  return (
    <Menu summary={summary}>
      <p className="px-2 pb-1 text-12 text-ink-soft lg:hidden">{rangeDates(range, at)}</p>
      <ul>
        {RANGE_NAMES.map((name) => (
          <Choice
            key={name}
            href={hereUrl(params, { range: name, from: null, to: null, interval: null })}
            current={name === rangeName}
          >
            {RANGES[name].words}
            {name === "1h" && <span className="text-ink-soft">live</span>}
          </Choice>
        ))}
      </ul>
      <ViewForm
        params={params}
        without={["range", "from", "to", "live", "interval"]}
        className="mt-2 grid grid-cols-2 gap-2 border-t border-line px-2 pt-3 pb-1"
      >
        <DateField label="First day" name={field.first} value={dateIn(range.tz, range.from)} />
        <DateField
          label="Last day"
          name={field.last}
          value={dateIn(range.tz, new Date(range.to.getTime() - 1))}
        />
        <button
          type="submit"
          className="col-span-2 h-8 rounded-6 border border-edge font-medium hover:bg-wash"
        >
          Show these days
        </button>
      </ViewForm>
    </Menu>
  );
}

function DateField({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <label className="flex flex-col gap-1">
      <span className="text-12 text-ink-soft">{label}</span>
      <input
        // Made anew with the view, since what was typed stays in a field otherwise.
        key={value}
        type="date"
        name={name}
        defaultValue={value}
        required
        className="h-8 w-36 max-w-full rounded-6 border border-edge bg-panel px-2 max-sm:w-full"
      />
    </label>
  );
}
