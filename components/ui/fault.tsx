"use client";

import { Button } from "./button";
import { Notice } from "./notice";

interface FaultProps {
  title: string;
  error: unknown;
  retry: () => void;
}

/** What an error boundary shows: that it is our fault, and a way to try again. */
export function Fault({ title, error, retry }: FaultProps) {
  return (
    <Notice title={title}>
      <title>{`${title} · OTP Insights`}</title>
      <p role="alert">
        The fault is on our side, perhaps for a moment only: the database may be restarting. Nothing you
        entered has been changed.
      </p>
      <Button look="primary" onClick={retry}>
        Try again
      </Button>
      <Reference error={error} />
    </Notice>
  );
}

/** The digest under which the server's log has the error; its message never comes here. */
function Reference({ error }: { error: unknown }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  if (!digest) return null;
  return (
    <p className="text-12 text-ink-soft">
      For the log: <span className="font-mono">{digest}</span>
    </p>
  );
}
