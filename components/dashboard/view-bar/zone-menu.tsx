import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { BrowserZone } from "./browser-zone";
import { openedPlace, placeOf, type ViewFault } from "./faults";
import { CONTROL, FieldFault, faultyField } from "./field-fault";
import { Choice, hereUrl } from "./links";
import { Menu } from "./menu";
import { offsetWords, zoneName } from "./range-words";
import { ViewForm } from "./view-form-frame";

interface ZoneProps {
  tz: string;
  at: Date;
  params: ViewParams;
  faults: readonly ViewFault[];
}

/** Some zones of every part of the world; any other has a field. */
const COMMON_ZONES = [
  "UTC",
  "America/Los_Angeles",
  "America/New_York",
  "America/Sao_Paulo",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Singapore",
  "Asia/Tokyo",
  "Australia/Sydney",
];

export function ZoneMenu(props: ZoneProps) {
  const { tz, at, faults } = props;
  const summary = (
    <>
      {offsetWords(tz, at)}
      <Icon name="chevronDown" className="-mr-1 text-ink-soft" />
    </>
  );
  return (
    <Menu
      summary={summary}
      label={`Time zone: ${offsetWords(tz, at)}, ${zoneName(tz)}`}
      opened={openedPlace(faults) === "zone"}
    >
      <ZoneChoices {...props} id="zone" />
    </Menu>
  );
}

export function ZoneChoices({ tz, at, params, faults, id }: ZoneProps & { id: string }) {
  const fault = faults.find((each) => placeOf(each) === "zone");
  const zones = COMMON_ZONES.includes(tz) ? COMMON_ZONES : [tz, ...COMMON_ZONES];
  return (
    <>
      <ul>
        <BrowserZone params={params} known={zones} />
        {zones.map((zone) => (
          <Choice
            key={zone}
            href={hereUrl(params, { tz: zone === "UTC" ? null : zone })}
            current={zone === tz}
          >
            <span className="grow">{zoneName(zone)}</span>
            <span className="text-ink-soft">{offsetWords(zone, at)}</span>
          </Choice>
        ))}
      </ul>
      <ViewForm params={params} without={["tz"]} className="mt-2 border-t border-line px-2 pt-3 pb-1">
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="text-12 text-ink-soft">
            Any other, by its IANA name
          </label>
          <span className="flex gap-2">
            <input
              id={id}
              name="tz"
              key={fault?.value}
              defaultValue={fault?.value}
              required
              placeholder="Africa/Nairobi"
              autoComplete="off"
              spellCheck={false}
              className={`${CONTROL} min-w-0 grow`}
              {...faultyField(id, fault)}
            />
            <button type="submit" className="h-8 rounded-6 border border-edge px-3 font-medium hover:bg-wash">
              Set
            </button>
          </span>
          <FieldFault id={id} fault={fault} />
        </div>
      </ViewForm>
    </>
  );
}
