import type { ReactNode } from "react";
import { ACTIONS } from "@/lib/terms/actions";
import type { ViewParams } from "../../ui/view-url";
import { CountryInput } from "./country-input";
import { activeFilters } from "./filters";
import { Menu } from "./menu";
import { field } from "./view-form";
import { ViewForm } from "./view-form-frame";

interface FilterMenuProps {
  params: ViewParams;
  /** Whether the page is of one country, which then is no filter. */
  ofCountry: boolean;
  /** What stands in the bar where there is room, and here on phones. */
  children: ReactNode;
}

/** A form that adds filters; on phones a sheet with everything else of the bar, and the number of filters on its button. */
export function FilterMenu({ params, ofCountry, children }: FilterMenuProps) {
  const count = activeFilters(params).length;
  const summary = (
    <>
      <span className="max-sm:hidden">+ Filter</span>
      <span className="sm:hidden">Filters</span>
      {count > 0 && (
        <span className="min-w-5 rounded-full bg-ink px-1 text-center text-12 font-medium text-panel sm:hidden">
          {count}
        </span>
      )}
    </>
  );
  return (
    <Menu summary={summary} align="left">
      <div className="flex flex-col gap-3 sm:hidden">{children}</div>
      <ViewForm params={params} className="flex flex-col gap-3 p-2 sm:w-72">
        {!ofCountry && (
          <Labelled label="Country, by name or code">
            <CountryInput name={field.filter("country")} className={CONTROL} />
          </Labelled>
        )}
        <Labelled label="Network, by its exact name, or “unknown”">
          <input name={field.filter("network")} autoComplete="off" className={CONTROL} />
        </Labelled>
        <Labelled label="1k block: a number without its last three digits">
          <input
            name={field.filter("block")}
            inputMode="tel"
            autoComplete="off"
            placeholder="+5511987654"
            // A whole number would have more digits, and does not belong into an address.
            pattern="[+ ]*(\d[ ]?){3,12}"
            className={CONTROL}
          />
        </Labelled>
        <Labelled label="Action">
          <select name={field.filter("action")} defaultValue="" className={CONTROL}>
            <option value="">Any</option>
            {Object.entries(ACTIONS).map(([action, { words }]) => (
              <option key={action} value={action}>
                {words}
              </option>
            ))}
          </select>
        </Labelled>
        <div className="grid grid-cols-2 gap-2">
          <button
            type="submit"
            className="h-9 rounded-6 bg-accent font-medium text-on-accent hover:bg-accent-strong"
          >
            Only these
          </button>
          <button
            type="submit"
            name={field.not}
            value="!"
            className="h-9 rounded-6 border border-edge font-medium hover:bg-wash"
          >
            Leave these out
          </button>
        </div>
      </ViewForm>
    </Menu>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="flex flex-col gap-1">
      <span className="text-12 text-ink-soft">{label}</span>
      {children}
    </label>
  );
}

const CONTROL = "h-8 w-full rounded-6 border border-edge bg-panel px-2 placeholder:text-ink-mute";
