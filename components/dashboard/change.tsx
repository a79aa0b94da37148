interface ChangeProps {
  /** The difference, with its sign and unit. */
  text: string;
  difference: number | null;
  /** Whether chance does not explain it. */
  beyondNoise: boolean;
}

/** A difference: in ink with a triangle where it is one, grey where it is within noise. No red or green: up is not always good. */
export function Change({ text, difference, beyondNoise }: ChangeProps) {
  if (difference === null) return <span className="text-ink-mute">–</span>;
  if (!beyondNoise) {
    return (
      <span className="whitespace-nowrap text-ink-mute">
        {text}
        <span className="sr-only"> (within noise)</span>
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1 font-medium whitespace-nowrap text-ink">
      <svg aria-hidden="true" viewBox="0 0 8 8" width="7" height="7" className="shrink-0 fill-current">
        <path d={difference > 0 ? "M4 1 8 7H0Z" : "M0 1h8L4 7Z"} />
      </svg>
      {text}
    </span>
  );
}
