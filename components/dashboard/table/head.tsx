import { PlotAxis } from "../conversion-plot";
import { Defined } from "../defined";
import { headOrder } from "../order";
import { OrderMark } from "../order-mark";
import type { Definitions } from "../words";
import { DEFAULT_SORT, DESTINATION_COLUMNS, onlyWhereWide, type DestinationColumn } from "./columns";

interface OrderProps {
  /** As in the URL. */
  sort: string;
  /** The address with another order. */
  sortUrl: (sort: string | null) => string;
  definitions: Definitions;
}

interface TableHeadProps extends OrderProps {
  /** The line's range in words: `28 days`. */
  lineName: string;
}

export function TableHead({ lineName, ...order }: TableHeadProps) {
  return (
    <thead role="rowgroup" className="max-sm:hidden">
      <tr role="row" className="text-12 text-ink-soft">
        {DESTINATION_COLUMNS.map((column) => {
          const { name } = column;
          if (column.head !== undefined) return <Head key={name} column={column} {...order} />;
          if (name === "plot") {
            return (
              <td key={name} aria-hidden="true" className="px-4 pb-1.5 align-bottom lg:px-5">
                <PlotAxis />
              </td>
            );
          }
          if (name === "line") {
            return (
              <td
                key={name}
                aria-hidden="true"
                className="px-2 py-1.5 text-right align-bottom font-normal max-lg:hidden"
              >
                {lineName}
              </td>
            );
          }
          return <td key={name} aria-hidden="true" />;
        })}
      </tr>
    </thead>
  );
}

/** Of a folded table, whose columns are the first one's to the eye. */
export function PlainHead() {
  return (
    <thead role="rowgroup" className="sr-only">
      <tr role="row">
        {DESTINATION_COLUMNS.map((column) =>
          column.head === undefined ? (
            <td key={column.name} aria-hidden="true" className={onlyWhereWide(column)} />
          ) : (
            <th key={column.name} role="columnheader" scope="col" className={onlyWhereWide(column)}>
              {column.head}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

/** A column's name orders by it; again, the other way round. */
function Head({ column, sort, sortUrl, definitions }: OrderProps & { column: DestinationColumn }) {
  const { name, head = "", first = name, align = "right", definition } = column;
  const { direction, next } = headOrder(first, sort);
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={direction}
      className={`py-1.5 align-bottom font-medium ${onlyWhereWide(column)} ${name === "country" ? "pl-4" : "px-2"} ${align === "left" ? "text-left" : "text-right"} ${direction ? "text-ink" : ""}`}
    >
      <Defined
        name={head}
        definition={definition?.(definitions) ?? ""}
        align={align}
        href={sortUrl(next === DEFAULT_SORT ? null : next)}
      />
      <OrderMark direction={direction} />
    </th>
  );
}
