import type { FeedbackHealth } from "@/lib/feedback/due";
import type { ConversionReport } from "@/lib/insights/conversion-by-destination";
import { formatCount, formatRate } from "../ui/format";
import { Defined } from "./defined";
import { NAMES, type Definitions } from "./words";

interface TilesProps {
  totals: ConversionReport["totals"];
  feedback: FeedbackHealth;
  definitions: Definitions;
}

/** The totals of all destinations: each a figure, and in words what it is of. */
export function Tiles({ totals, feedback, definitions }: TilesProps) {
  const { attempted, statusOk, errors, inFlight, confirmed, late, refused, unknown, conversion } = totals;
  return (
    <dl className="grid grid-cols-2 rounded-8 border border-line bg-panel sm:grid-cols-3 xl:auto-cols-fr xl:grid-flow-col xl:grid-cols-none">
      <Tile
        name={NAMES.conversion}
        definition={definitions.conversion}
        figure={formatRate(conversion)}
        note={`${formatCount(confirmed)} of ${formatCount(attempted)}`}
      />
      <Tile
        name={NAMES.attempted}
        definition={definitions.attempted}
        figure={formatCount(attempted)}
        note="taken by Twilio"
        align="right-on-phones"
      />
      <Tile
        name={NAMES.statusOk}
        definition={definitions.statusOk}
        figure={formatCount(statusOk)}
        note={list([`of ${formatCount(attempted)}`, some(errors, "failed"), some(inFlight, "in flight")])}
      />
      <Tile
        name={NAMES.confirmed}
        definition={definitions.confirmed}
        figure={formatCount(confirmed)}
        note={list([`of ${formatCount(attempted)}`, some(late, "late")])}
        align="right-on-phones"
      />
      <Tile
        name={NAMES.feedback}
        definition={definitions.feedback}
        figure={formatCount(feedback.reported)}
        note={list([
          `of ${formatCount(confirmed)}`,
          some(feedback.pending, "waiting"),
          some(feedback.refused, "refused"),
        ])}
      />
      {refused + unknown > 0 && (
        <Tile
          name={NAMES.notSent}
          definition={definitions.notSent}
          figure={formatCount(refused + unknown)}
          note={list([some(refused, "refused"), some(unknown, "unknown")])}
          align="right-on-phones"
        />
      )}
    </dl>
  );
}

interface TileProps {
  name: string;
  definition: string;
  figure: string;
  note: string;
  align?: "right-on-phones";
}

/** Between the tiles, in rows of two, of three, or all in one. */
const HAIRLINES =
  "max-sm:even:border-l max-sm:nth-[n+3]:border-t sm:max-xl:not-nth-[3n+1]:border-l sm:max-xl:nth-[n+4]:border-t xl:not-first:border-l";

function Tile({ name, definition, figure, note, align }: TileProps) {
  return (
    <div className={`flex flex-col gap-1 border-line p-4 ${HAIRLINES}`}>
      <dt className="text-13 text-ink-soft">
        <Defined name={name} definition={definition} align={align} />
      </dt>
      <dd className="text-28 font-medium tracking-tight">{figure}</dd>
      <dd className="text-12 text-ink-soft">{note}</dd>
    </div>
  );
}

/** `3 late`; nothing when there are none. */
function some(count: number, what: string): string | null {
  return count === 0 ? null : `${formatCount(count)} ${what}`;
}

/** Breaks between its parts, never in one. */
function list(parts: (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map((part) => part.replaceAll(" ", "\u00a0"))
    .join("\u00a0· ");
}
