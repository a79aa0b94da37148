/**
 * The dimensions messages are filtered by. From this table come the API's and the pages' parameters, the conditions in SQL and
 * the chips.
 */
import { namesOf } from "./names";

export type Table = "cell" | "message" | "verification";

export interface DimensionTerms {
  /** What a chip calls it. */
  words: string;
  /**
   * A `place` is what is watched for drops as a whole, a `part` divides one, and a `fate` is what became of a message: of
   * messages chosen by it the conversion says nothing.
   */
  about: "place" | "part" | "fate";
  /** Its column, in every table that has it; null of what is told from several, or from another table. */
  column: string | null;
  /** `name`: a text, whatever its case. `flag`: whether something holds of it. */
  type: "text" | "name" | "enum" | "integer" | "flag";
  /** Whether its column in message and verification may be empty, which is a value of its own. */
  nullable: boolean;
  /** Which tables have it. Where cells have it not, messages are counted; verifications without it are chosen by their messages. */
  tables: readonly Table[];
  /** Whether an index finds a message by it. */
  indexed: boolean;
  /** Whether messages can be left out by it, with the parameter `name!`. */
  negatable: boolean;
}

export const DIMENSIONS = {
  country: {
    words: "Country",
    about: "place",
    column: "country",
    type: "text",
    nullable: false,
    tables: ["cell", "message", "verification"],
    indexed: true,
    negatable: true,
  },
  network: {
    words: "Network",
    about: "part",
    column: "network",
    type: "name",
    nullable: true,
    tables: ["cell", "message", "verification"],
    indexed: false,
    negatable: true,
  },
  block: {
    words: "Block",
    about: "part",
    column: "block",
    type: "text",
    nullable: false,
    tables: ["message", "verification"],
    indexed: true,
    negatable: true,
  },
  action: {
    words: "Action",
    about: "part",
    column: "action",
    type: "enum",
    nullable: false,
    tables: ["cell", "message", "verification"],
    indexed: false,
    negatable: true,
  },
  sender: {
    words: "Sender",
    about: "part",
    column: "sender",
    type: "text",
    nullable: false,
    tables: ["cell", "message", "verification"],
    indexed: false,
    negatable: true,
  },
  channel: {
    words: "Channel",
    about: "part",
    column: "channel",
    type: "enum",
    nullable: false,
    tables: ["cell", "message", "verification"],
    indexed: false,
    negatable: true,
  },
  locale: {
    words: "Language",
    about: "part",
    column: "locale",
    type: "text",
    nullable: true,
    tables: ["cell", "message", "verification"],
    indexed: false,
    negatable: true,
  },
  status: {
    words: "Status",
    about: "fate",
    column: "status",
    type: "enum",
    nullable: true,
    tables: ["message"],
    indexed: false,
    negatable: true,
  },
  errorCode: {
    words: "Error",
    about: "fate",
    column: "error_code",
    type: "integer",
    nullable: true,
    tables: ["message"],
    indexed: true,
    negatable: true,
  },
  confirmed: {
    words: "Outcome",
    about: "fate",
    column: null,
    type: "flag",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
  failed: {
    words: "Outcome",
    about: "fate",
    column: null,
    type: "flag",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
  late: {
    words: "Outcome",
    about: "fate",
    column: null,
    type: "flag",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
  resent: {
    words: "Outcome",
    about: "fate",
    column: null,
    type: "flag",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
  unreported: {
    words: "Outcome",
    about: "fate",
    column: null,
    type: "flag",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
  feedback: {
    words: "Feedback",
    about: "fate",
    column: null,
    type: "text",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
  feedbackError: {
    words: "Feedback’s fault",
    about: "fate",
    column: null,
    type: "text",
    nullable: false,
    tables: ["message"],
    indexed: false,
    negatable: false,
  },
} as const satisfies Record<string, DimensionTerms>;

type Dimensions = typeof DIMENSIONS;

export type DimensionName = keyof Dimensions;

/** Those whose rows can be left out. */
export type NegatableName = {
  [Name in DimensionName]: Dimensions[Name]["negatable"] extends true ? Name : never;
}[DimensionName];

/** Those that hold or do not, and have no values. */
export type FlagName = {
  [Name in DimensionName]: Dimensions[Name]["type"] extends "flag" ? Name : never;
}[DimensionName];

/** Those with values, of which one may be asked for. */
export type ValueName = Exclude<DimensionName, FlagName>;

/** Those that a table has. */
export type DimensionOf<T extends Table> = {
  [Name in DimensionName]: T extends Dimensions[Name]["tables"][number] ? Name : never;
}[DimensionName];

/** What a table of destinations can have a row for: countries, or within each what is named. */
export const BREAKDOWNS = [
  "country",
  "network",
  "sender",
  "channel",
  "locale",
] as const satisfies DimensionOf<"cell">[];

export type Breakdown = (typeof BREAKDOWNS)[number];

/** The parameters that filter: each dimension's, and `name!` of what can be left out. */
export type FilterParameter = DimensionName | `${NegatableName}!`;

/** In the order they are documented in. */
export const DIMENSION_NAMES = namesOf(DIMENSIONS);

/** Those without values, in the order they are offered in. */
export const FLAG_NAMES: readonly FlagName[] = DIMENSION_NAMES.filter(isFlag);

export const FILTER_PARAMETERS: readonly FilterParameter[] = DIMENSION_NAMES.flatMap((name) =>
  isNegatable(name) ? [name, `${name}!` as const] : [name],
);

export function isNegatable(name: DimensionName): name is NegatableName {
  return DIMENSIONS[name].negatable;
}

export function isFlag(name: DimensionName): name is FlagName {
  return DIMENSIONS[name].type === "flag";
}

/** Whether a table has the dimension. */
export function isIn(table: Table, name: DimensionName): boolean {
  const { tables }: DimensionTerms = DIMENSIONS[name];
  return tables.includes(table);
}

/** The dimension that a parameter filters by, and whether it leaves messages out; undefined for other parameters. */
export function filterOf(parameter: string): { name: DimensionName; not: boolean } | undefined {
  const not = parameter.endsWith("!");
  const name = DIMENSION_NAMES.find((each) => each === (not ? parameter.slice(0, -1) : parameter));
  return name && (!not || isNegatable(name)) ? { name, not } : undefined;
}
