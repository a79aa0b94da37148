import type { Direction } from "./order";

/** Beside the head of the column that a table is ordered by. */
export function OrderMark({ direction }: { direction: Direction }) {
  if (!direction) return null;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 8 8"
      width="7"
      height="7"
      className="ml-1 inline fill-current print:hidden"
    >
      <path d={direction === "descending" ? "M0 1h8L4 7Z" : "M4 1 8 7H0Z"} />
    </svg>
  );
}
