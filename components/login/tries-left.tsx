import { Icon } from "../ui/icon";

/** More marks than this are not read at a glance. */
const MOST_MARKS = 10;

/** How many wrong codes may still be typed: a dot each, and a cross for each used. */
export function TriesLeft({ left, of }: { left: number; of: number }) {
  const used = of - left;
  const words = used === 0 ? `${left} of ${of} tries left` : `${used} of ${of} tries used`;
  return (
    <div className="flex items-center gap-2 text-13 text-ink-soft">
      {of <= MOST_MARKS && (
        <span aria-hidden="true" className="flex items-center gap-1.5">
          {Array.from({ length: left }, (_, index) => (
            <span key={index} className="size-1.5 rounded-full bg-ink-soft" />
          ))}
          {Array.from({ length: used }, (_, index) => (
            <Icon key={index} name="cross" className="-mx-1 w-3 text-bad" />
          ))}
        </span>
      )}
      <p>{words}</p>
    </div>
  );
}
