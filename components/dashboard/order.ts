/** What a head of a table asks for, and how the table stands to it. */

/** As `aria-sort` says it; undefined of a column that the table is not ordered by. */
export type Direction = "ascending" | "descending" | undefined;

export interface HeadOrder {
  direction: Direction;
  /** What following the head orders by: `first`, and when it is that already, the other way round. */
  next: string;
}

/**
 * @param first the order that its head asks for first, as the URL calls it: `-` is the greatest first
 * @param sort the table's, as in the URL
 */
export function headOrder(first: string, sort: string): HeadOrder {
  const by = nameIn(sort) === nameIn(first);
  const reversed = first.startsWith("-") ? first.slice(1) : `-${first}`;
  return {
    direction: by ? (sort.startsWith("-") ? "descending" : "ascending") : undefined,
    next: by && sort === first ? reversed : first,
  };
}

function nameIn(order: string): string {
  return order.replace("-", "");
}
