import { LocalTime } from "../ui/local-time";
import { CopyCode } from "./copy-code";
import type { PhoneMessage } from "./inbox";

/** One message as the phone shows it, with its code made to stand out. */
export function MessageBubble({ message }: { message: PhoneMessage }) {
  const { body, code, at } = message;
  return (
    <article className="flex max-w-[88%] flex-col items-start gap-1.5 self-start">
      <div className="rounded-18 rounded-bl-4 bg-share px-3.5 py-2.5 text-13 break-words whitespace-pre-wrap">
        {code ? <CodeMarked body={body} code={code} /> : body}
      </div>
      <div className="flex items-center gap-3 pl-1 text-12 text-ink-soft">
        <LocalTime at={new Date(at)} />
        {code && <CopyCode code={code} />}
      </div>
    </article>
  );
}

function CodeMarked({ body, code }: { body: string; code: string }) {
  const start = body.indexOf(code);
  return (
    <>
      {body.slice(0, start)}
      <strong className="text-14 font-semibold">{code}</strong>
      {body.slice(start + code.length)}
    </>
  );
}
