import { RANGE_NAMES, RANGES, type RangeName } from "@/lib/terms/ranges";
import type { Range } from "@/lib/insights/asking/range";
import { beginsDay } from "../../ui/days";
import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { faultId, FieldFault } from "./field-fault";
import { openedPlace, placeOf, type ViewFault } from "./faults";
import { Choice, hereUrl } from "./links";
import { Menu } from "./menu";
import { DayField, TimeField } from "./moment-fields";
import { dateIn, rangeDates, rangeTitle, timeIn } from "./range-words";
import { dayBefore, field } from "./view-form";
import { ViewForm } from "./view-form-frame";

interface RangeMenuProps {
  range: Range;
  rangeName: RangeName | null;
  at: Date;
  params: ViewParams;
  faults: readonly ViewFault[];
}

const FIELDS = "range-days";

/** The ranges by name, and any other by its days and times. */
export function RangeMenu({ range, rangeName, at, params, faults }: RangeMenuProps) {
  const summary = (
    <>
      <span className="font-medium">{rangeTitle(range, rangeName)}</span>
      <span className="text-ink-soft max-lg:hidden">{rangeDates(range, at)}</span>
      <Icon name="chevronDown" className="-mr-1 text-ink-soft" />
    </>
  );
  const fault = faults.find((each) => placeOf(each) === "range");
  const faulty = fault ? ({ invalid: true, describedBy: faultId(FIELDS) } as const) : {};
  const shown = typedEnds(faults, range.tz) ?? endsOf(range, rangeName);
  return (
    <Menu summary={summary} width="sm:w-88" opened={openedPlace(faults) === "range"}>
      <p className="px-2 pb-1 text-12 text-ink-soft lg:hidden">{rangeDates(range, at)}</p>
      <ul className="grid grid-cols-2">
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
        className="mt-2 grid grid-cols-[minmax(0,1fr)_7.5rem] gap-2 border-t border-line px-2 pt-3 pb-1"
      >
        <DayField label="First day" name={field.first} value={shown.first} {...faulty} />
        <TimeField label="From, if not all day" name={field.firstTime} value={shown.firstTime} />
        <DayField label="Last day" name={field.last} value={shown.last} {...faulty} />
        <TimeField label="Until" name={field.lastTime} value={shown.lastTime} />
        <span className="col-span-2 empty:hidden">
          <FieldFault id={FIELDS} fault={fault} />
        </span>
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

interface Ends {
  first: string;
  firstTime: string;
  last: string;
  lastTime: string;
}

/** Times are of ends within a day that somebody chose: a range by name ends whenever it is asked for. */
function endsOf({ from, to, tz }: Range, rangeName: RangeName | null): Ends {
  const time = (end: Date) => (rangeName || beginsDay(end, tz) ? "" : timeIn(tz, end));
  return {
    first: dateIn(tz, from),
    firstTime: time(from),
    last: dateIn(tz, new Date(to.getTime() - 1)),
    lastTime: time(to),
  };
}

/** What was typed, where that is what is wrong. */
function typedEnds(faults: readonly ViewFault[], tz: string): Ends | null {
  const [from, to] = ["from", "to"].map((end) => faults.find(({ field: name }) => name === end)?.value);
  const [first, last] = [endIn(from, tz), endIn(to, tz)];
  if (!first || !last) return null;
  return {
    first: first.day,
    firstTime: first.time,
    last: last.time === "" ? dayBefore(last.day) : last.day,
    lastTime: last.time,
  };
}

function endIn(text: string | undefined, tz: string): { day: string; time: string } | null {
  if (text === undefined) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { day: text, time: "" };
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : { day: dateIn(tz, moment), time: timeIn(tz, moment) };
}
