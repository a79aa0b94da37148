interface FlagProps {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** The file it is in, for a page that shows many: `flagSheet` of them all. */
  sheet?: string;
}

/** A country's flag; always beside the country's name, which is what screen readers read. */
export function Flag({ country, sheet = flagSheet([country]) }: FlagProps) {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="14"
      viewBox="0 0 20 14"
      preserveAspectRatio="none"
      className="shrink-0 overflow-hidden rounded-[2px] outline outline-1 -outline-offset-1 outline-ink/15"
    >
      <use href={`${sheet}#${country}`} width="20" height="14" />
    </svg>
  );
}

/** The address of a file with these countries' flags; the same for the same countries in any order. */
export function flagSheet(countries: readonly string[]): string {
  return `/flags.svg?of=${[...countries].sort().join(",")}`;
}
