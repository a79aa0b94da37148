/**
 * Which messages a report is about.
 */
import { empty, join, raw, sql, type Sql } from "../db";

export type Dimension = "country" | "network" | "action";

/** Values one of which a message must have, and values it must not have; an empty list asks for nothing. */
export interface Condition {
  in: string[];
  notIn: string[];
}

/** One condition per dimension; a message must meet all of them. */
export interface Filters {
  /** ISO 3166-1 alpha-2. */
  country?: Condition;
  /** The range holder's name; "" for those whose holder is not known. */
  network?: Condition;
  action?: Condition;
  /** 1k blocks, as in +5511987654. These have no cells: the messages are counted. */
  block?: Condition;
}

/** The widest scope whose cells tell apart what is filtered or grouped by. */
export function scopeOf(filters: Filters, by: readonly Dimension[]): "world" | "country" | "network" {
  if (filters.network || by.includes("network")) return "network";
  return filters.country || by.includes("country") ? "country" : "world";
}

/** `and …` for rows of cells, deltas and tallies. */
export function countFilters({ country, network, action }: Filters, alias: "c" | "d"): Sql {
  return sql`${condition(raw(`${alias}.country`), country)} ${condition(raw(`${alias}.network`), network)}
    ${condition(raw(`${alias}.action::text`), action)}`;
}

/** `and …` for rows of message and verification, by columns that their indexes have. */
export function messageFilters({ country, network, action, block }: Filters, alias: "m" | "v"): Sql {
  return sql`${condition(raw(`${alias}.country`), country)} ${condition(raw(`coalesce(${alias}.network, '')`), network)}
    ${condition(raw(`${alias}.action::text`), action)} ${condition(raw(`${alias}.block`), block)}`;
}

function condition(column: Sql, { in: included, notIn }: Condition = { in: [], notIn: [] }): Sql {
  const list = (values: string[]) => join(values.map((value) => sql`${value}`));
  return sql`${included.length ? sql`and ${column} in (${list(included)})` : empty}
    ${notIn.length ? sql`and ${column} not in (${list(notIn)})` : empty}`;
}
