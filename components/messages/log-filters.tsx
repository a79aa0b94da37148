import { FLAG_NAMES, FLAGS, type DimensionName } from "@/lib/terms/dimensions";
import { valuesOf, type ViewParams } from "../ui/view-url";
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
  // One of each: what the selects say is what the log is filtered by.
  const chosen = (name: DimensionName) => valuesOf(params, name)[0] ?? "";
  const fate = FATES.find(({ name, side }) => chosen(name) === side)?.value ?? "";
  return (
    <ViewForm
      params={params}
      without={[...FLAG_NAMES, "status", "errorCode"]}
      className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 pb-3 print:hidden"
    >
      <Labelled label="Outcome">
        <select key={fate} name={field.fate} defaultValue={fate} className={CONTROL}>
          <option value="">Any</option>
          {FATES.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="Status">
        <select
          key={chosen("status")}
          name={field.filter("status")}
          defaultValue={chosen("status")}
          className={CONTROL}
        >
          <option value="">Any</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {status.charAt(0).toUpperCase() + status.slice(1)}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="Error">
        <select
          key={chosen("errorCode")}
          name={field.filter("errorCode")}
          defaultValue={chosen("errorCode")}
          className={`${CONTROL} max-w-64`}
        >
          <option value="">Any</option>
          {errors.map(({ code, words }) => (
            <option key={code} value={code}>
              {code} {words}
            </option>
          ))}
        </select>
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

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-12 text-ink-soft">{label}</span>
      {children}
    </label>
  );
}

const CONTROL = "h-8 min-w-0 rounded-6 border border-edge bg-panel px-2 text-13";
