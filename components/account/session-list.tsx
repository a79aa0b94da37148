import type { SessionView } from "@/lib/account/session";
import { Button } from "../ui/button";
import { LocalTime } from "../ui/local-time";
import { deviceName } from "./device";

interface SessionListProps {
  sessions: SessionView[];
  /** The id of the one this page is seen in. */
  current: string;
  end: (form: FormData) => Promise<void>;
}

/** The browsers one is signed in with, each with a way to end it. */
export function SessionList({ sessions, current, end }: SessionListProps) {
  return (
    <ul className="divide-y divide-line rounded-8 border border-line bg-panel">
      {sessions.map(({ id, userAgent, createdAt, seenAt }) => {
        const name = deviceName(userAgent);
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 grow">
              <p className="font-medium">
                {name}
                {id === current && (
                  <span className="ml-2 rounded-4 bg-good-wash px-1.5 py-0.5 text-12 font-medium text-good">
                    This browser
                  </span>
                )}
              </p>
              <p className="text-13 text-ink-soft">
                Signed in <LocalTime at={createdAt} date />, last seen <LocalTime at={seenAt} date />
              </p>
            </div>
            {id !== current && (
              <form action={end}>
                <input type="hidden" name="session" value={id} />
                <Button type="submit" size="small">
                  Sign out<span className="sr-only"> {name}</span>
                </Button>
              </form>
            )}
          </li>
        );
      })}
    </ul>
  );
}
