import type { ReactNode } from "react";
import { PlotAxis } from "../conversion-plot";
import { DESTINATION_COLUMNS, onlyWhereWide, type DestinationColumn, type ColumnName } from "./columns";

interface TableProps {
  head: ReactNode;
  children: ReactNode;
}

/** A table of destinations; on phones cards, with the axis of all of them above the first. */
export function Table({ head, children }: TableProps) {
  return (
    <>
      <div aria-hidden="true" className="pr-16 pl-6 sm:hidden">
        <PlotAxis />
      </div>
      <table
        role="table"
        aria-labelledby="destinations"
        className="w-full table-fixed border-collapse max-sm:block"
      >
        <colgroup className="max-sm:hidden">
          {DESTINATION_COLUMNS.map((column) => (
            <col key={column.name} className={`${column.width ?? ""} ${onlyWhereWide(column)}`} />
          ))}
        </colgroup>
        {head}
        <tbody role="rowgroup" className="max-sm:block">
          {children}
        </tbody>
      </table>
    </>
  );
}

/** On phones a card: name, finding and menu, the plot, four figures. */
const CARD =
  "max-sm:grid max-sm:grid-cols-[repeat(4,minmax(0,1fr))] max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-1 max-sm:px-4 max-sm:py-2.5";

/** What a row says in a column; one without content is for no reader. */
interface CellContent {
  content?: ReactNode;
  className?: string;
}

export type RowCells = Readonly<Partial<Record<ColumnName, CellContent>>>;

export function Row({ className, cells }: { className: string; cells: RowCells }) {
  return (
    <tr role="row" className={`relative border-t border-line print:break-inside-avoid ${CARD} ${className}`}>
      {DESTINATION_COLUMNS.map((column) => (
        <Cell key={column.name} column={column} {...cells[column.name]} />
      ))}
    </tr>
  );
}

function Cell({ column, content, className = "" }: CellContent & { column: DestinationColumn }) {
  const { kind, head, shownOnCard } = column;
  const place = `${column.place} ${onlyWhereWide(column)}`;
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
    <td role="cell" className={`px-2 py-2 text-right max-sm:p-0 max-sm:text-left ${place} ${className}`}>
      <span className={`sm:hidden ${shownOnCard ? "block text-12 font-normal text-ink-soft" : "sr-only"}`}>
        {head}
      </span>
      {content}
    </td>
  );
}
