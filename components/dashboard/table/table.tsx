import type { ReactNode } from "react";
import { DESTINATION_COLUMNS, type DestinationColumn, type ColumnName } from "./columns";

interface TableProps {
  head: ReactNode;
  children: ReactNode;
}

/** A table of destinations; below a width of its own, cards. */
export function Table({ head, children }: TableProps) {
  return (
    <table
      role="table"
      aria-labelledby="destinations"
      className="w-full table-fixed border-collapse max-lg:block"
    >
      <colgroup className="max-lg:hidden">
        {DESTINATION_COLUMNS.map(({ name, width }) => (
          <col key={name} className={width} />
        ))}
      </colgroup>
      {head}
      <tbody role="rowgroup" className="max-lg:block">
        {children}
      </tbody>
    </table>
  );
}

/** On phones a card: name, finding and menu, the plot, four figures. */
const CARD =
  "max-lg:grid max-lg:grid-cols-[repeat(4,minmax(0,1fr))] max-lg:items-center max-lg:gap-x-2 max-lg:gap-y-1 max-lg:px-4 max-lg:py-2.5";

/** What a row says in a column; one without content is for no reader. */
interface CellContent {
  content?: ReactNode;
  className?: string;
}

export type RowCells = Readonly<Partial<Record<ColumnName, CellContent>>>;

export function Row({ className, cells }: { className: string; cells: RowCells }) {
  return (
    <tr role="row" className={`border-t border-line print:break-inside-avoid ${CARD} ${className}`}>
      {DESTINATION_COLUMNS.map((column) => (
        <Cell key={column.name} column={column} {...cells[column.name]} />
      ))}
    </tr>
  );
}

function Cell({ column, content, className = "" }: CellContent & { column: DestinationColumn }) {
  const { kind, place, head, shownOnCard } = column;
  if (kind === "name") {
    return (
      <th role="rowheader" scope="row" className={`${place} ${className}`}>
        {content}
      </th>
    );
  }
  if (kind === "drawing" || content === undefined) {
    return (
      <td aria-hidden="true" className={`${place} ${className}`}>
        {content}
      </td>
    );
  }
  if (kind === "words") {
    return (
      <td role="cell" className={`${place} ${className}`}>
        {content}
      </td>
    );
  }
  return (
    <td role="cell" className={`px-2 py-2 text-right max-lg:p-0 max-lg:text-left ${place} ${className}`}>
      <span className={`lg:hidden ${shownOnCard ? "block text-12 font-normal text-ink-soft" : "sr-only"}`}>
        {head}
      </span>
      {content}
    </td>
  );
}
