/** Why there is no button to try again. */
export function NoRetry({ signedIn }: { signedIn: boolean }) {
  return (
    <p className="text-12 text-ink-soft print:hidden">
      {signedIn
        ? "Retrying is for operators, and this number is none: OPERATORS has theirs."
        : "Retrying is for operators: sign in with one of the numbers in OPERATORS."}
    </p>
  );
}
