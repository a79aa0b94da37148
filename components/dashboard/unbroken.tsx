/** Words as they are, but that none is broken at its hyphen: `sign-` alone at a line's end is read as another word. */
export function Unbroken({ children }: { children: string }) {
  return children.split(/(\S*-\S*)/).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <span key={i} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );
}
