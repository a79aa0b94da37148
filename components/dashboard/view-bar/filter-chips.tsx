import { Flag } from "../../ui/flag";
import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { activeFilters, withoutFilters, type ActiveFilter } from "./filters";
import { hereUrl, ViewLink } from "./links";

/** What the view is filtered by, each to be taken out. */
export function FilterChips({ params, className = "" }: { params: ViewParams; className?: string }) {
  const filters = activeFilters(params);
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Filters" className={`flex min-w-0 flex-wrap items-center gap-1.5 ${className}`}>
      {filters.map((filter) => (
        <li key={`${filter.name} ${filter.not} ${filter.value}`} className="min-w-0">
          <Chip filter={filter} href={hereUrl(params, filter.without)} />
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <ViewLink
            href={hereUrl(params, withoutFilters(params))}
            className="flex h-8 items-center rounded-6 px-2 text-13 text-ink-soft underline decoration-line underline-offset-4 hover:text-ink print:hidden"
          >
            Clear all
          </ViewLink>
        </li>
      )}
    </ul>
  );
}

function Chip({ filter: { name, value, kind, words, not }, href }: { filter: ActiveFilter; href: string }) {
  return (
    <span className="flex h-8 max-w-80 items-center rounded-6 bg-wash pl-2.5 text-13">
      {name === "country" && (
        <span className="mr-1.5 flex">
          <Flag country={value} />
        </span>
      )}
      <span className="truncate">
        <span className="text-ink-soft">
          {kind}
          {not && " not"}{" "}
        </span>
        <span className="font-medium">{words}</span>
      </span>
      <ViewLink
        href={href}
        aria-label={`Remove the filter ${kind}${not ? " not" : ""} ${words}`}
        className="ml-0.5 flex size-8 shrink-0 items-center justify-center rounded-6 text-ink-soft hover:text-ink print:hidden"
      >
        <Icon name="cross" />
      </ViewLink>
    </span>
  );
}
