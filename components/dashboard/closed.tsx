import { ButtonLink } from "../ui/button";
import { Notice } from "../ui/notice";

/** What stands in for the dashboard while it may not be read; not one figure of it. */
export function Closed() {
  return (
    <Notice title="The dashboard is closed">
      <p>
        It is for operators, and signing in as one is not built yet. To open it for reading to whoever reaches
        this address, start the server with
      </p>
      <pre className="w-full rounded-6 border border-line bg-panel p-3 font-mono text-13">
        DASHBOARD_ACCESS=open
      </pre>
      <p className="text-ink-soft">Nobody can change anything there, whatever this is set to.</p>
      <ButtonLink href="/login">Go to the demo login</ButtonLink>
    </Notice>
  );
}
