/** Why there is no search. */
export function NoSearch({ signedIn }: { signedIn: boolean }) {
  return (
    <p className="text-12 text-ink-soft print:hidden">
      {signedIn
        ? "Finding a number’s messages is for operators, as is finding a SID or a verification; this number is none of theirs, which OPERATORS has."
        : "Finding a number’s messages is for operators, as is finding a SID or a verification: sign in with one of the numbers in OPERATORS."}
    </p>
  );
}
