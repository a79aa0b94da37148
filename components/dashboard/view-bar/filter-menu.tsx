import type { ReactNode } from "react";
import { ACTIONS } from "@/lib/terms/actions";
import { CHANNELS } from "@/lib/terms/channels";
import type { DimensionName } from "@/lib/terms/dimensions";
import type { ViewParams } from "../../ui/view-url";
import { CountryInput } from "./country-input";
import { faultOf, openedPlace, type ViewFault } from "./faults";
import { CONTROL, FieldFault, faultyField } from "./field-fault";
import { activeFilters } from "./filters";
import { Menu } from "./menu";
import { NetworkInput } from "./network-input";
import { field } from "./view-form";
import { ViewForm } from "./view-form-frame";
import { Select } from "../../ui/select";

interface FilterMenuProps {
  params: ViewParams;
  faults: readonly ViewFault[];
  /** Whether the page is of one country, which then is no filter. */
  ofCountry: boolean;
  /** The networks of the view's country. */
  networks: readonly string[];
  /** What stands in the bar where there is room, and here on phones. */
  children: ReactNode;
}

/** A form that adds filters; on phones a sheet with everything else of the bar, and the number of filters on its button. */
export function FilterMenu({ params, faults, ofCountry, networks, children }: FilterMenuProps) {
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
  const of = (name: DimensionName) => ({
    id: `filter-${name}`,
    name: field.filter(name),
    fault: faultOf(faults, name),
  });
  const [block, sender, locale] = [of("block"), of("sender"), of("locale")];
  return (
    <Menu summary={summary} align="left" opened={openedPlace(faults) === "filter"}>
      <div className="flex flex-col gap-3 sm:hidden">{children}</div>
      <ViewForm params={params} className="flex flex-col gap-3 p-2 sm:w-72">
        {!ofCountry && (
          <Labelled label="Country, by name or code" {...of("country")}>
            <CountryInput {...of("country")} />
          </Labelled>
        )}
        <Labelled label="Network, by name, or “unknown”" {...of("network")}>
          <NetworkInput {...of("network")} networks={networks} />
        </Labelled>
        <Labelled label="1k block: a number without its last three digits" {...block}>
          <input
            id={block.id}
            name={block.name}
            inputMode="tel"
            autoComplete="off"
            placeholder="+5511987654"
            // A whole number would have more digits, and does not belong into an address.
            pattern="[+ ]*(\d[ ]?){3,12}"
            key={block.fault?.value}
            defaultValue={block.fault?.value}
            className={CONTROL}
            {...faultyField(block.id, block.fault)}
          />
        </Labelled>
        <OneOf label="Action" table={ACTIONS} {...of("action")} />
        <Labelled label="Sender: a number, a name or a Messaging Service" {...sender}>
          <input
            id={sender.id}
            name={sender.name}
            autoComplete="off"
            placeholder="+15005550006"
            key={sender.fault?.value}
            defaultValue={sender.fault?.value}
            className={CONTROL}
            {...faultyField(sender.id, sender.fault)}
          />
        </Labelled>
        <OneOf label="Channel" table={CHANNELS} {...of("channel")} />
        <Labelled label="Language, by code, or “unknown”" {...locale}>
          <input
            id={locale.id}
            name={locale.name}
            autoComplete="off"
            placeholder="pt"
            key={locale.fault?.value}
            defaultValue={locale.fault?.value}
            className={CONTROL}
            {...faultyField(locale.id, locale.fault)}
          />
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

interface OneOfProps {
  label: string;
  table: Readonly<Record<string, { words: string }>>;
  id: string;
  name: string;
  fault: ViewFault | undefined;
}

/** One of a table's values, or any. */
function OneOf({ label, table, id, name, fault }: OneOfProps) {
  return (
    <Labelled label={label} id={id} fault={fault}>
      <Select id={id} name={name} defaultValue="" className={CONTROL} {...faultyField(id, fault)}>
        <option value="">Any</option>
        {Object.entries(table).map(([value, { words }]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}

interface LabelledProps {
  label: string;
  id: string;
  fault: ViewFault | undefined;
  children: ReactNode;
}

function Labelled({ label, id, fault, children }: LabelledProps) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-12 text-ink-soft">
        {label}
      </label>
      {children}
      <FieldFault id={id} fault={fault} />
    </div>
  );
}
