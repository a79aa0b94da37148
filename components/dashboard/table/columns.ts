/**
 * The columns of the table of destinations, in their order: what its head, rows, cards and folds walk. A new column is one line here
 * and its content in each kind of row.
 */
import type { Definitions } from "../words";

interface ColumnTerms {
  name: string;
  /** `name` heads its row, `figure` says what it is where rows are cards, `drawing` is for the eye alone, `words` are as they are. */
  kind: "name" | "figure" | "drawing" | "words";
  /** Its fixed width, so that the folded tables' columns stand under the first one's; the axis takes what is left. */
  width?: string;
  /** Its cells: a column, and a part of a card. */
  place: string;
  /** Whether there is only room for it on a desk, and on a card. */
  wide?: boolean;
  /** What its head says, and a card before the figure. */
  head?: string;
  /** Whether a card says so to the eye, too. */
  shownOnCard?: boolean;
  align?: "left";
  /** The order that its head asks for first, as the URL calls it: `-` is the greatest first. */
  first?: string;
  /** The same where rows are cards, and orders are chosen from a list. */
  order?: string;
  definition?: (definitions: Definitions) => string;
}

const COLUMNS = [
  {
    name: "country",
    kind: "name",
    width: "w-36 md:w-44 xl:w-56",
    place:
      "py-2 pl-4 pr-2 text-left font-medium max-sm:col-span-2 max-sm:col-start-1 max-sm:row-start-1 max-sm:p-0",
    head: "Destination",
    align: "left",
    first: "country",
    order: "Country code",
    definition: () => "The country of the number. Its name opens the destination.",
  },
  {
    name: "attempted",
    kind: "figure",
    width: "w-22",
    place: "relative max-sm:col-start-1 max-sm:row-start-3",
    head: "Attempted",
    shownOnCard: true,
    first: "-attempted",
    order: "Most attempted",
    definition: ({ attempted }) => attempted,
  },
  {
    name: "conversion",
    kind: "figure",
    width: "w-21",
    place:
      "whitespace-nowrap max-sm:col-start-4 max-sm:row-start-1 max-sm:text-right max-sm:text-16 max-sm:font-medium",
    head: "Conversion",
    first: "conversion",
    order: "Lowest conversion",
    definition: ({ conversion }) =>
      `${conversion} Drawn with its 95 % interval, and a tick where it was in the range compared with.`,
  },
  {
    name: "plot",
    kind: "drawing",
    place:
      "px-4 py-0 sm:h-px lg:px-5 max-sm:col-span-4 max-sm:col-start-1 max-sm:row-start-2 max-sm:pr-12 max-sm:pl-2",
  },
  {
    name: "change",
    kind: "figure",
    width: "w-21",
    place: "max-sm:col-start-2 max-sm:row-start-3",
    head: "Change",
    shownOnCard: true,
    first: "change",
    order: "Largest fall",
    definition: ({ change }) => change,
  },
  {
    name: "timeToConfirm",
    kind: "figure",
    wide: true,
    width: "w-18",
    place: "whitespace-nowrap max-sm:col-start-3 max-sm:row-start-3",
    head: "Confirm",
    shownOnCard: true,
    first: "-timeToConfirm",
    order: "Slowest",
    definition: ({ timeToConfirm }) => timeToConfirm,
  },
  {
    name: "spend",
    kind: "figure",
    wide: true,
    width: "w-24",
    place: "whitespace-nowrap max-sm:col-start-4 max-sm:row-start-3",
    head: "Spend",
    shownOnCard: true,
    first: "-spend",
    order: "Most spent",
    definition: ({ spend }) => spend,
  },
  { name: "line", kind: "drawing", wide: true, width: "w-24", place: "px-2 max-sm:hidden" },
  {
    name: "lost",
    kind: "words",
    wide: true,
    width: "w-22",
    place: "px-2 py-1 text-left max-sm:col-start-3 max-sm:row-start-1 max-sm:p-0 max-sm:text-right",
    head: "Finding",
    align: "left",
    first: "-lost",
    order: "Most lost",
    definition: ({ lost }) => `Drops that watching has found. Ordered by lost confirmations: ${lost}`,
  },
  {
    name: "menu",
    kind: "words",
    width: "w-10",
    place:
      "relative z-2 w-10 pr-2 has-[[open]]:z-3 max-sm:col-start-4 max-sm:row-start-2 max-sm:w-auto max-sm:justify-self-end max-sm:pr-0",
  },
] as const satisfies readonly ColumnTerms[];

export type ColumnName = (typeof COLUMNS)[number]["name"];

/** One of them, with what it may have. */
export type DestinationColumn = ColumnTerms & { name: ColumnName };

export const DESTINATION_COLUMNS: readonly DestinationColumn[] = COLUMNS;

/** Of a column, and all of its cells. */
export function onlyWhereWide({ wide = false }: DestinationColumn): string {
  return wide ? "sm:max-lg:hidden" : "";
}

/** As the URL says it. */
export const DEFAULT_SORT = "-attempted";

/**
 * The widths again for a fold, which is a link and no row: those up to the axis, and the others taken together. Tailwind finds only
 * whole names, so a test holds them to the list.
 */
export const FOLD_COLUMNS =
  "lg:grid-cols-[11rem_5.5rem_5.25rem_minmax(0,1fr)_29.75rem] xl:grid-cols-[14rem_5.5rem_5.25rem_minmax(0,1fr)_29.75rem]";
