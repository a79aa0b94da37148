import { CHANNELS } from "@/lib/terms/channels";
import { CopyCode } from "./copy-code";
import type { CallEntry, TextEntry } from "./phone-view";

interface BubbleProps {
  entry: TextEntry;
  /** When, in words. */
  time: string;
  /** Whether it is the one the eye should find. */
  newest: boolean;
}

/**
 * One message on the screen. Its own language decides which side a line begins on, each for itself: the last one of an Arabic text may be for
 * browsers, `@host #code`, and would be turned round.
 */
export function Bubble({ entry: { direction, channel, body, secret, at }, time, newest }: BubbleProps) {
  const received = direction === "received";
  const lines = body.split("\n");
  const telling = lines.findIndex((line) => secret !== null && line.includes(secret));
  const look = received
    ? `rounded-bl-4 ${newest ? "bg-share" : "bg-wash"}`
    : "rounded-br-4 bg-accent text-on-accent";
  return (
    <article
      aria-label={`${received ? "Received" : "Sent"} ${time}`}
      className={`flex max-w-[86%] flex-col gap-1 ${received ? "items-start self-start" : "items-end self-end"}`}
    >
      <p className={`max-w-full rounded-18 px-3.5 py-2 text-13 wrap-anywhere whitespace-pre-wrap ${look}`}>
        {lines.map((line, i) => (
          <span key={i} dir="auto" className="block">
            <Marked line={line} secret={i === telling ? secret : null} />
            {"\n"}
          </span>
        ))}
      </p>
      <p className="flex min-h-6 items-center gap-3 px-1 text-12 text-ink-soft">
        <time dateTime={at}>{time}</time>
        {channel !== "sms" && <span>{CHANNELS[channel].words}</span>}
        {secret && <CopyCode code={secret} />}
      </p>
    </article>
  );
}

/** A call, and what was said: on a screen it can only be read. */
export function CallNote({ entry: { answered, spoken, at }, time }: { entry: CallEntry; time: string }) {
  return (
    <article
      aria-label={`Call ${time}`}
      className="flex max-w-[90%] flex-col items-center gap-1 self-center text-center text-12"
    >
      <p className="text-ink-soft">
        {answered ? "You called" : "Your call was not answered"} <time dateTime={at}>{time}</time>
      </p>
      {spoken.length > 0 && (
        <p dir="auto" className="rounded-18 border border-line px-3.5 py-2 text-13">
          “{spoken.join(" ")}”
        </p>
      )}
    </article>
  );
}

const LINK = /(https?:\/\/[^\s<>"]+)/;

/** The text with its secret made to stand out and its links to be opened, as a person's own visit and telling no referrer. */
function Marked({ line, secret }: { line: string; secret: string | null }) {
  if (!secret) {
    return line.split(LINK).map((part, index) =>
      LINK.test(part) ? (
        <a key={index} href={part} target="_blank" rel="noreferrer" className="underline underline-offset-2">
          {part}
          <span className="sr-only"> (new tab)</span>
        </a>
      ) : (
        part
      ),
    );
  }
  const start = line.indexOf(secret);
  return (
    <>
      {line.slice(0, start)}
      <strong className="text-14 font-semibold">{secret}</strong>
      {line.slice(start + secret.length)}
    </>
  );
}
