"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Inbox, InboxAnswer } from "./inbox";
import { MessageBubble } from "./message-bubble";

/** Between two tries while the simulator, or our own server, does not answer. */
const RETRY_MS = 2_000;

interface LiveInboxProps {
  /** E.164. */
  number: string;
  /** As the page was made. */
  initial: Inbox;
  /** How the number is written. */
  label: string;
}

/** The messages of a handset, as they arrive. Without scripts, as they were when the page was loaded. */
export function LiveInbox({ number, initial, label }: LiveInboxProps) {
  const inbox = useInbox(number, initial);
  if (inbox.state === "unreachable") {
    return (
      <ScreenNote title="The simulator doesn’t answer">
        <p>
          It carries the messages of this demo, and runs with <code className="font-mono">npm run demo</code>.
        </p>
        <p className="noscript:hidden">This phone keeps trying.</p>
        <p className="hidden noscript:block">Reload the page to try again.</p>
      </ScreenNote>
    );
  }
  if (inbox.messages.length === 0) {
    return (
      <ScreenNote title="No messages yet">
        <p>Enter {label} at the demo login: the code arrives here within seconds.</p>
      </ScreenNote>
    );
  }
  return (
    // Reversed twice: newest first in the document, as new ones are announced, and at the bottom for the eye, in view.
    <div
      role="log"
      aria-label="Messages"
      tabIndex={0}
      className="flex grow flex-col-reverse gap-4 overflow-y-auto overscroll-contain px-3 py-4 focus-visible:-outline-offset-2"
    >
      {inbox.messages.map((message) => (
        <MessageBubble key={message.sid} message={message} />
      ))}
    </div>
  );
}

function ScreenNote({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div
      role="status"
      className="flex grow flex-col items-center justify-center gap-2 px-8 text-center text-13 text-ink-soft"
    >
      <p className="text-14 font-semibold text-ink">{title}</p>
      {children}
    </div>
  );
}

/** Asks for messages for as long as the page is open, each time until there are newer ones. */
function useInbox(number: string, initial: Inbox): Inbox {
  const router = useRouter();
  const [inbox, setInbox] = useState(initial);

  useEffect(() => {
    const closed = new AbortController();
    let newest = initial.state === "open" ? (initial.messages[0]?.sid ?? null) : null;
    let wake = new AbortController();

    async function follow() {
      while (!closed.signal.aborted) {
        wake = new AbortController();
        const signal = AbortSignal.any([closed.signal, wake.signal]);
        const answer = await ask(number, newest, signal);
        if (closed.signal.aborted) return;
        if (wake.signal.aborted) continue;
        if (answer.state === "moved") return router.refresh();
        setInbox(answer);
        if (answer.state === "open") newest = answer.messages[0]?.sid ?? null;
        else await sleep(RETRY_MS, signal);
      }
    }

    // Whoever comes back from the login tab may hold another handset by now: ask at once instead of waiting on.
    const onVisible = () => {
      if (document.visibilityState === "visible") wake.abort();
    };
    document.addEventListener("visibilitychange", onVisible);
    void follow();
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      closed.abort();
    };
    // `initial` is what the page began with; what came since is newer.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [number, router]);

  return inbox;
}

async function ask(number: string, after: string | null, signal: AbortSignal): Promise<InboxAnswer> {
  try {
    const response = await fetch("/phone/inbox", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ number, after }),
      signal,
    });
    return response.ok ? ((await response.json()) as InboxAnswer) : { state: "unreachable" };
  } catch {
    return { state: "unreachable" };
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
