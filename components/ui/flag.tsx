/** A country's flag; always beside the country's name, which is what screen readers read. */
export function Flag({ country }: { country: string }) {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="14"
      viewBox="0 0 20 14"
      preserveAspectRatio="none"
      className="outline-ink/15 shrink-0 overflow-hidden rounded-[2px] outline outline-1 -outline-offset-1"
    >
      <use href={`/flags.svg#${country}`} width="20" height="14" />
    </svg>
  );
}
