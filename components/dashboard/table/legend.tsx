import Form from "next/form";
import Link from "next/link";
import { DEFAULT_SORT, DESTINATION_COLUMNS, type ColumnName } from "./columns";
import { Select } from "../../ui/select";

export const LINK = "rounded-[2px] text-ink underline decoration-edge underline-offset-4 hover:text-accent";

/** What the table is searched for. */
export interface Search {
  text: string;
  /** The other parameters of the view, but the order. */
  hidden: readonly [name: string, value: string][];
  clearUrl: string;
}

interface LegendProps {
  search: Search;
  /** As in the URL. */
  sort: string;
}

/** What the marks mean, the search, and on phones the order. */
export function Legend({ search: { text, hidden, clearUrl }, sort }: LegendProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 pb-3">
      <Form
        action="/"
        scroll={false}
        prefetch={false}
        role="search"
        className="flex items-center gap-2 print:hidden"
      >
        <Kept params={sort === DEFAULT_SORT ? hidden : [...hidden, ["sort", sort]]} />
        <label htmlFor="search" className="sr-only">
          Find a destination
        </label>
        <input
          id="search"
          type="search"
          name="q"
          defaultValue={text}
          key={text}
          placeholder="Find a destination"
          autoComplete="off"
          maxLength={100}
          className="h-8 w-44 rounded-6 border border-edge bg-panel px-2.5 placeholder:text-ink-mute"
        />
        <button type="submit" className="h-8 rounded-6 border border-edge px-3 font-medium hover:bg-wash">
          Find
        </button>
        {text && (
          <Link href={clearUrl} prefetch={false} scroll={false} className={LINK}>
            Show all
          </Link>
        )}
      </Form>
      <Form
        action="/"
        scroll={false}
        prefetch={false}
        className="flex items-center gap-2 lg:hidden print:hidden"
      >
        <Kept params={text ? [...hidden, ["q", text]] : hidden} />
        <label htmlFor="sort" className="sr-only">
          Order
        </label>
        <Select
          id="sort"
          name="sort"
          defaultValue={sort}
          key={sort}
          className="h-8 rounded-6 border border-edge bg-panel px-2"
        >
          {ORDERS.map(({ first, order }) => (
            <option key={first} value={first}>
              {order}
            </option>
          ))}
          {!ORDERS.some(({ first }) => first === sort) && <option value={sort}>As in the address</option>}
        </Select>
        <button type="submit" className="h-8 rounded-6 border border-edge px-3 font-medium hover:bg-wash">
          Sort
        </button>
      </Form>
      <Marks />
    </div>
  );
}

/** What a form does not ask for, and keeps. */
function Kept({ params }: { params: readonly (readonly [name: string, value: string])[] }) {
  return params.map(([name, value], i) => <input key={i} type="hidden" name={name} value={value} />);
}

/** The orders to choose from, in the order of use. */
const ORDERS = (
  [
    "attempted",
    "conversion",
    "change",
    "lost",
    "timeToConfirm",
    "spend",
    "country",
  ] as const satisfies ColumnName[]
).flatMap((name) => DESTINATION_COLUMNS.filter((column) => column.name === name));

function Marks() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-soft lg:ml-auto">
      <li className="flex items-center gap-1.5">
        <svg aria-hidden="true" width="26" height="10">
          <line x1="0" x2="26" y1="5" y2="5" strokeWidth="2" className="stroke-accent" />
          <circle cx="13" cy="5" r="3.5" className="fill-accent" />
        </svg>
        conversion, 95&nbsp;% interval
      </li>
      <li className="flex items-center gap-1.5">
        <svg aria-hidden="true" width="4" height="14">
          <line x1="2" x2="2" y1="0" y2="14" strokeWidth="1.5" className="stroke-ink" />
        </svg>
        before
      </li>
    </ul>
  );
}
