interface WordsWaitingProps {
  /** How many letters the sentence has, about. */
  sentence: number;
  /** The same of each line under it. */
  lines?: readonly number[];
}

/**
 * What stands in a sentence's place until it comes. Its words are not known by then, but about how many: as long ones that are not to be seen
 * break into as many lines at any width, so that what is below hardly moves.
 */
export function WordsWaiting({ sentence, lines = [] }: WordsWaitingProps) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading</span>
      <p aria-hidden="true" className="invisible max-w-[64rem] text-16 sm:text-20">
        {wordsOf(sentence)}
      </p>
      <div aria-hidden="true" className="invisible mt-2 flex flex-col gap-1 text-13">
        {lines.map((letters, i) => (
          <p key={i}>{wordsOf(letters)}</p>
        ))}
      </div>
    </div>
  );
}

function wordsOf(letters: number): string {
  return "came back ".repeat(letters).slice(0, letters);
}
