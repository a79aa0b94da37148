import Link from "next/link";
import { ClosingDetails } from "../ui/closing-details";

interface RowMenuProps {
  /** What the row is about. */
  name: string;
  /** The view of only that. */
  only: string;
  /** The view without it. */
  without: string;
  /** Whether the menu says what it is about: where the row is about more than one thing. */
  titled?: boolean;
}

/** What can be done with a row, behind a button that a keyboard reaches; it opens without scripts. */
export function RowMenu({ name, only, without, titled = false }: RowMenuProps) {
  const items = [
    { label: "Show only this", href: only },
    { label: "Hide from this view", href: without },
  ];
  return (
    <ClosingDetails name="row-menu" className="relative flex justify-end print:hidden">
      <summary className="flex size-7 list-none items-center justify-center rounded-6 text-ink-soft hover:bg-wash hover:text-ink [&::-webkit-details-marker]:hidden">
        <span className="sr-only">Filter by {name}</span>
        <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16" className="fill-current">
          <circle cx="3" cy="8" r="1.4" />
          <circle cx="8" cy="8" r="1.4" />
          <circle cx="13" cy="8" r="1.4" />
        </svg>
      </summary>
      <ul className="absolute top-full right-0 z-10 mt-1 rounded-8 border border-edge bg-panel py-1 text-13 whitespace-nowrap">
        {titled && <li className="px-3 py-1 text-12 text-ink-soft">{name}</li>}
        {items.map(({ label, href }) => (
          <li key={label}>
            <Link
              href={href}
              prefetch={false}
              scroll={false}
              className="block px-3 py-1.5 text-ink hover:bg-wash focus-visible:-outline-offset-2"
            >
              {label}
              <span className="sr-only">: {name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </ClosingDetails>
  );
}
