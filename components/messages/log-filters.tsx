import { FLAG_NAMES, type DimensionName } from "@/lib/terms/dimensions";
import { FLAGS } from "@/lib/terms/flags";
import { Icon } from "../ui/icon";
import { Select } from "../ui/select";
import { valuesOf, type ViewParams } from "../ui/view-url";
import { ClosingDetails } from "../ui/closing-details";
import { field } from "../dashboard/view-bar/view-form";
import { ViewForm } from "../dashboard/view-bar/view-form-frame";

/** What became of messages, as choices. */
const FATES = FLAG_NAMES.flatMap((name) =>
  FLAGS[name].choices.map((holds) => ({
    name,
    side: String(holds),
    value: `${name}=${holds}`,
    words: holds ? FLAGS[name].holds : FLAGS[name].not,
  })),
);

interface LogFiltersProps {
  params: ViewParams;
  /** All delivery statuses. */
  statuses: readonly string[];
  /** Twilio's codes of the view's messages, the most frequent first, with their words. */
  errors: readonly { code: number; words: string }[];
}

/** Adds what only the log filters by. */
export function LogFilters({ params, statuses, errors }: LogFiltersProps) {
  // One of each but of statuses: what the selects say is what the log is filtered by.
  const chosen = (name: DimensionName) => valuesOf(params, name)[0] ?? "";
  const fate = FATES.find(({ name, side }) => chosen(name) === side)?.value ?? "";
  return (
    <ViewForm
      params={params}
      without={[...FLAG_NAMES, "status", "errorCode"]}
      className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 pb-3 print:hidden"
    >
      <Labelled label="Outcome" className="max-sm:grow">
        <Select key={fate} name={field.fate} defaultValue={fate} className={CONTROL}>
          <option value="">Any</option>
          {FATES.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Labelled>
      <Statuses all={statuses} chosen={valuesOf(params, "status")} />
      <Labelled label="Error" className="max-sm:grow max-sm:basis-40 sm:max-w-64">
        <Select
          key={chosen("errorCode")}
          name={field.filter("errorCode")}
          defaultValue={chosen("errorCode")}
          className={CONTROL}
        >
          <option value="">Any</option>
          {errors.map(({ code, words }) => (
            <option key={code} value={code}>
              {code} {words}
            </option>
          ))}
        </Select>
      </Labelled>
      <button
        type="submit"
        className="h-8 rounded-6 border border-edge px-3 text-13 font-medium hover:bg-wash"
      >
        Filter
      </button>
    </ViewForm>
  );
}

/** Any of several, as boxes to tick: what failed has two statuses. */
function Statuses({ all, chosen }: { all: readonly string[]; chosen: readonly string[] }) {
  const words = all.filter((status) => chosen.includes(status)).map(capitalised);
  return (
    <ClosingDetails name="log-status" className="relative min-w-0">
      <summary className="flex list-none flex-col gap-1 [&::-webkit-details-marker]:hidden">
        <span className="text-12 text-ink-soft">Status</span>
        <span className={`${CONTROL} flex min-w-24 items-center justify-between gap-2`}>
          <span className="max-w-48 truncate">{words.length === 0 ? "Any" : words.join(", ")}</span>
          <Icon name="chevronDown" className="-mr-1 text-ink-soft" />
        </span>
      </summary>
      <fieldset
        key={chosen.join()}
        className="absolute top-full left-0 z-10 mt-1 grid grid-cols-2 gap-x-3 rounded-8 border border-edge bg-panel p-2 text-13 whitespace-nowrap"
      >
        <legend className="sr-only">Status, any of these</legend>
        {all.map((status) => (
          <label key={status} className="flex items-center gap-2 rounded-6 px-2 py-1 hover:bg-wash">
            <input
              type="checkbox"
              name={field.filter("status")}
              value={status}
              defaultChecked={chosen.includes(status)}
              className="size-4 accent-accent"
            />
            {capitalised(status)}
          </label>
        ))}
      </fieldset>
    </ClosingDetails>
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

interface LabelledProps {
  label: string;
  className: string;
  children: React.ReactNode;
}

function Labelled({ label, className, children }: LabelledProps) {
  return (
    <label className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <span className="text-12 text-ink-soft">{label}</span>
      {children}
    </label>
  );
}

const CONTROL = "h-8 min-w-0 rounded-6 border border-edge bg-panel px-2 text-13";
