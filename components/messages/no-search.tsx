/** Why there is no search by number. */
export function NoSearch({ signedIn }: { signedIn: boolean }) {
  return (
    <p className="text-12 text-ink-soft print:hidden">
      {signedIn
        ? "Finding a number’s messages is for operators, and this number is none: OPERATORS has theirs."
        : "Finding a number’s messages is for operators: sign in with one of the numbers in OPERATORS."}
    </p>
  );
}
